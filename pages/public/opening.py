"""`/open`: residents open a shelter with the sealed code (住民による開設), on any browser in the Wi-Fi of the box."""

from collections import Counter
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app.access.cookies import Cookies
from app.access.limits import TooSoon
from app.access.policies import Audience, Policy, policies
from app.access.principals import DeskPrincipal, current_principal
from app.language import _
from app.messages.languages import Language, speaking
from app.runtime import Box, Condition
from app.shelters.counting import Press
from app.shelters.nearby import nearby_shelters
from app.shelters.opening import RESIDENTS
from app.shelters.resident_session import DeskAct, OpeningProblem, OpeningRefused, ResidentSession
from app.shelters.safety_check import DANGERS, Answer, Question, next_question
from app.shelters.sealed_codes import CODE_LENGTH
from app.shelters.values import PersonClass
from app.storage.failures import StorageError
from components.plain_html import Html
from pages.public.frame import REFUSED_STATUS, language_of, problem, public_page
from pages.public.opening_views import (
    CLEAR,
    ERASE,
    OPEN,
    code_view,
    count_view,
    opened_view,
    question_view,
    stop_view,
    style,
    who_view,
)
from pages.public.opening_words import asked, problem_words
from pages.staff.forms import address_of, posted

COUNT = f'{OPEN}/count'
SHELTERS_NAMED = 3
TOO_SOON_STATUS, UNAVAILABLE_STATUS = 429, 503


def register(condition: Condition) -> None:
    """Open the page and the targets of its buttons, also to the tablets of the box."""
    cookies = Cookies(condition.settings.server.is_encrypted)
    acts: dict[str, Callable[[_Visit], Awaitable[Response]]] = {
        'code': _Visit.code,
        'answer': _Visit.answer,
        'again': _Visit.again,
        'start': _Visit.start,
        'count': _Visit.press,
    }
    for path in (OPEN, COUNT, *(f'{OPEN}/{act}' for act in acts)):
        policies.add(Policy(path=path, audience=Audience.PUBLIC, also_tablets=True))

    @app.get(OPEN, include_in_schema=False)
    async def now(request: Request) -> Response:
        return await _Visit(condition, cookies, request).guarded(_Visit.now)

    @app.get(COUNT, include_in_schema=False)
    async def count(request: Request) -> Response:
        return await _Visit(condition, cookies, request).guarded(_Visit.count)

    for name, act in acts.items():
        _take(condition, cookies, f'{OPEN}/{name}', act)


def _take(condition: Condition, cookies: Cookies, path: str, act: Callable[['_Visit'], Awaitable[Response]]) -> None:
    @app.post(path, include_in_schema=False)
    async def pressed(request: Request) -> Response:
        return await _Visit(condition, cookies, request).guarded(act)


class _Visit:
    """One request of one browser."""

    def __init__(self, condition: Condition, cookies: Cookies, request: Request) -> None:
        self._condition = condition
        self._cookies = cookies
        self._request = request
        self._token = request.cookies.get(cookies.residents, '')
        self._language: Language = language_of(request)

    async def guarded(self, act: Callable[['_Visit'], Awaitable[Response]]) -> Response:
        """Do it in the reader's language, and say in words what cannot be done."""
        with speaking(self._language):
            try:
                return await act(self)
            except OpeningRefused as refused:
                return self._code_page('', problem(*problem_words(refused.problem)), REFUSED_STATUS)
            except TooSoon as too_soon:
                words = _('{seconds}秒待って、もう一度入れてください。').format(seconds=round(too_soon.seconds) or 1)
                return self._code_page('', problem(_('間違いが続いています'), words), TOO_SOON_STATUS)
            except StorageError:
                words = problem(
                    _('いまは記録できません'), _('少し待って、もう一度押してください。紙に書いておくと安心です。')
                )
                return self._shown(_('避難所を開ける'), words, status=UNAVAILABLE_STATUS)

    async def now(self) -> Response:
        """Where this browser stands."""
        if not self._token:
            return self._code_page('')
        session = await self._box.shelters.opening.residents.session(self._token)
        if session is None:
            return self._code_page('', problem(*problem_words(OpeningProblem.ENDED)))
        return await self._step(session)

    async def code(self) -> Response:
        """A letter more or less, or the whole code."""
        form = await posted(self._request)
        typed = ''.join(form.get('code', '').split())[: CODE_LENGTH * 2]
        if form.get('act') in (ERASE, CLEAR):
            return self._code_page(typed[:-1] if form['act'] == ERASE else '')
        typed += form.get('add', '')[:1]
        if form.get('add') and len(typed) < CODE_LENGTH:
            return self._code_page(typed)
        try:
            begun = await self._box.shelters.opening.residents.begin(typed, address_of(self._request), _desk())
        except OpeningRefused as refused:
            kept = typed[:CODE_LENGTH] if refused.problem is OpeningProblem.MISTYPED else ''
            return self._code_page(kept, problem(*problem_words(refused.problem)), REFUSED_STATUS)
        response = RedirectResponse(OPEN, status_code=303)
        self._cookies.keep_residents(response, begun.token)
        return response

    async def answer(self) -> Response:
        """One answer of the check."""
        form = await posted(self._request)
        question, answer = form.get('question', ''), form.get('answer', '')
        if question in set(Question) and answer in set(Answer):
            residents = self._box.shelters.opening.residents
            await residents.answer(self._token, Question(question), Answer(answer))
        return RedirectResponse(OPEN, status_code=303)

    async def again(self) -> Response:
        """The check anew."""
        await self._box.shelters.opening.residents.check_again(self._token)
        return RedirectResponse(OPEN, status_code=303)

    async def start(self) -> Response:
        """Open it."""
        form = await posted(self._request)
        await self._box.shelters.opening.residents.open(self._token, form.get('name', ''), form.get('phone', ''))
        return RedirectResponse(OPEN, status_code=303)

    async def count(self) -> Response:
        """How many were counted."""
        session = await self._may(DeskAct.COUNT)
        found = await self._box.shelters.counts.reconcile(session.shelter, practice=session.practice)
        counted: Counter[PersonClass] = Counter()
        for (_area, person_class), people in found.counted.items():
            counted[person_class] += people
        view = count_view(counted, uuid4().hex)
        return self._shown(_('来た人を数える'), view, practice=session.practice, path=COUNT)

    async def press(self) -> Response:
        """One more, or one fewer; the same press twice is one."""
        session, form = await self._may(DeskAct.COUNT), await posted(self._request)
        person, change = form.get('person', ''), form.get('change', '')
        if person in set(PersonClass) and change in ('1', '-1'):
            press = Press(
                shelter=session.shelter,
                person_class=PersonClass(person),
                change=int(change),
                attempt=f'open:{session.id}:{form.get("attempt", "")[:40]}',
                practice=session.practice,
            )
            await self._box.shelters.counts.press(press, RESIDENTS, _desk())
        return RedirectResponse(COUNT, status_code=303)

    @property
    def _box(self) -> Box:
        return self._condition.require_box()

    async def _may(self, act: DeskAct) -> ResidentSession:
        session = await self._box.shelters.opening.residents.session(self._token) if self._token else None
        if session is None:
            raise OpeningRefused(OpeningProblem.ENDED)
        if not session.may(act):
            raise OpeningRefused(OpeningProblem.NOT_CHECKED)
        return session

    async def _step(self, session: ResidentSession) -> Response:
        practice = session.practice
        if session.opened_at is not None:
            view = opened_view(session, at_tablet=_desk() is not None)
            return self._shown(_('避難所が開きました'), view, practice=practice)
        if session.stopped:
            view = await self._stop(session)
            return self._shown(_('中に入らないでください'), view, practice=practice, danger=True)
        question = next_question(session.answers)
        if question is not None:
            return self._shown(asked(question).question, question_view(question), practice=practice)
        return self._shown(_('建物の確認が終わりました'), who_view(session), practice=practice)

    async def _stop(self, session: ResidentSession) -> Html:
        register = self._box.shelters.register
        here = await register.get(session.shelter)
        others = nearby_shelters(here, await register.all(), SHELTERS_NAMED) if here else []
        dangers = [question for question in DANGERS if session.answers.get(question) is Answer.YES]
        return stop_view(dangers, others)

    def _code_page(self, typed: str, trouble: Html | None = None, status: int = 200) -> Response:
        return self._shown(_('避難所を開ける'), *([trouble] if trouble else []), code_view(typed), status=status)

    def _shown(
        self,
        title: str,
        *content: Html,
        status: int = 200,
        practice: bool = False,
        path: str = OPEN,
        danger: bool = False,
    ) -> Response:
        settings = self._condition.settings
        return public_page(
            title,
            self._language,
            style(danger=danger),
            *content,
            path=path,
            place=settings.name,
            contact=settings.contact.text,
            status=status,
            practice=practice,
        )


def _desk() -> UUID | None:
    principal = current_principal()
    return principal.desk if isinstance(principal, DeskPrincipal) else None
