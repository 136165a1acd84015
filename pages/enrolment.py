"""Making the browser that opens an address with a code the tablet of a desk."""

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app.access.cookies import Cookies
from app.access.enrolment import EnrolmentRefused
from app.access.limits import TooSoon
from app.access.policies import Audience, Policy, policies
from app.language import _
from app.runtime import Condition
from components.frames import plain_frame
from components.messages import MessageKind, message_box
from pages.guarded import drawn
from pages.staff.access_words import enrolment_problem_words, wait_words
from pages.staff.forms import address_of

PATH = '/enrol/{code}'
KIOSK_PATH = '/kiosk'
REFUSED_STATUS = 403


def register(condition: Condition) -> None:
    """Open `/enrol/{code}`, also to a tablet that moves to another desk."""
    cookies = Cookies(condition.settings.server.is_encrypted)
    policies.add(Policy(path=PATH, audience=Audience.PUBLIC, also_tablets=True))

    @app.get(PATH, include_in_schema=False)
    async def enrol(request: Request, code: str) -> Response:
        if 'prefetch' in request.headers.get('sec-purpose', ''):
            return Response(status_code=REFUSED_STATUS)
        try:
            enrolled = await condition.require_box().access.enrolment.enrol(code, address_of(request))
        except EnrolmentRefused as refused:
            title, next_step = enrolment_problem_words(refused.problem)
            return drawn(request, lambda: _draw(title, next_step), REFUSED_STATUS)
        except TooSoon as too_soon:
            words = wait_words(too_soon)
            return drawn(request, lambda: _draw(_('登録できませんでした'), words), REFUSED_STATUS)
        response = RedirectResponse(KIOSK_PATH, status_code=303)
        cookies.keep_desk(response, enrolled.token)
        return response


def _draw(title: str, next_step: str) -> None:
    with plain_frame(_('端末の登録')):
        message_box(MessageKind.FAILURE, title, next_step)
