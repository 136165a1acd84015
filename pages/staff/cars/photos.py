"""Pictures of an accident, and the hold of a record in dispute, on the page of a trip."""

from collections.abc import Sequence
from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app import clock
from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.files.store import FileInfo, FileKind, NewFile
from app.language import _
from app.retention.holds import HoldInfo
from app.runtime import Box, Condition
from app.storage.vault import RecordClass
from app.vehicles.alcohol_book import AlcoholBook, CheckFilter
from app.vehicles.run_record import RunRecord
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import many_lines, plain_form
from components.times import day_and_time
from pages.guarded import guarded_post
from pages.staff import pictures
from pages.staff.addresses import TRIPS
from pages.staff.forms import posted
from pages.staff.pictures import (
    LARGEST_UPLOAD,
    TOO_MANY,
    Album,
    Told,
    draw_pictures,
    keep_picture,
    shown_picture,
    uploaded,
)

ADD = '/staff/trips/{trip}/photos'
SHOW = '/staff/trips/{trip}/photos/{file}'
HOLD = '/staff/trips/{trip}/hold'
MOST_PHOTOS = 30
LONGEST_REASON = 500
SHOWN_FOR = '事故の写真の閲覧'


def register(condition: Condition) -> None:
    """Open the ways to add and to see pictures, and to hold."""
    policies.register(SHOW, permission=Permission.READ_TRIPS)

    @guarded_post(ADD, permission=Permission.GUARD_CARS)
    async def add(request: Request, trip: UUID) -> Response:
        outcome = await _added(condition.require_box(), trip, await uploaded(request))
        return RedirectResponse(f'{TRIPS}/{trip}?done={quote(outcome)}', status_code=303)

    @app.get(SHOW, include_in_schema=False)
    async def show(trip: UUID, file: UUID) -> Response:
        box = condition.require_box()
        found = file if file in {photo.id for photo in await photos_of(box, trip)} else None
        return await shown_picture(box, found, SHOWN_FOR, Permission.READ_TRIPS)

    @guarded_post(HOLD, permission=Permission.APPROVE_DISPOSAL)
    async def hold(request: Request, trip: UUID) -> Response:
        box, form = condition.require_box(), await posted(request)
        actor = actor_of(require(current_principal(), Permission.APPROVE_DISPOSAL))
        found, reason = await RunRecord(box.reading, box.vault).get(trip), form.get('hold_reason', '').strip()
        checks = await AlcoholBook(box.reading, box.vault).all(CheckFilter(trip=trip))
        records = [trip, *(check.id for check in checks)]
        if form.get('release'):
            await box.holds.release(records, actor)
        elif found is not None and reason:
            await box.holds.hold(records, (found.trip.driver, RecordClass.VEHICLES), reason[:LONGEST_REASON], actor)
        return RedirectResponse(f'{TRIPS}/{trip}', status_code=303)

    policies.add(
        Policy(path=ADD, audience=Audience.STAFF, permission=Permission.GUARD_CARS, largest_body=LARGEST_UPLOAD)
    )


async def photos_of(box: Box, trip: UUID) -> list[FileInfo]:
    """The pictures of accidents on this trip."""
    return [file for file in await box.files.of(trip) if file.kind is FileKind.ACCIDENT]


def outcome_words(outcome: str) -> Told | None:
    """What became of an upload; None: the word is not one of ours."""
    return pictures.outcome_words(outcome, _('1回の運行に{most}枚までです。').format(most=MOST_PHOTOS))


def draw_photos(trip: UUID, photos: Sequence[FileInfo]) -> None:
    """The pictures, and the form of another one."""
    draw_pictures(
        Album(
            title=_('事故の写真'),
            address=f'{TRIPS}/{trip}/photos',
            pictures=photos,
            empty=(_('写真はありません'), _('事故のときは、下で追加します。')),
            may_add=is_allowed(current_principal(), Permission.GUARD_CARS),
        )
    )


def draw_hold(trip: UUID, hold: HoldInfo | None) -> None:
    """Whether the record is on hold, and what changes that."""
    if not is_allowed(current_principal(), Permission.APPROVE_DISPOSAL):
        return
    action = f'{TRIPS}/{trip}/hold'
    with element('section', 'section panel', aria_label=_('廃棄の保留')):
        text('h2', _('廃棄の保留'), 'section-title')
        if hold is None:
            text('p', _('争いがあるときは、保存期間を過ぎてもこの運行の記録と写真を残せます。'), 'quiet')
            with plain_form(action, _('保留にする')):
                many_lines('hold_reason', _('保留の理由'), required=True, most=LONGEST_REASON)
            return
        since, reason = day_and_time(hold.since), hold.reason or _('(消去済み)')
        message_box(MessageKind.NOTE, _('{since} から保留中: {reason}').format(since=since, reason=reason))
        with plain_form(action, _('保留を終える'), careful=True, hidden={'release': '1'}):
            pass


async def _added(box: Box, trip: UUID, content: bytes) -> str:
    found = await RunRecord(box.reading, box.vault).get(trip)
    if found is None:
        return ''
    if len(await photos_of(box, trip)) >= MOST_PHOTOS:
        return TOO_MANY
    new = NewFile(kind=FileKind.ACCIDENT, content=content, subject=found.trip.driver, record=trip, taken_at=clock.now())
    return await keep_picture(box, new, Permission.GUARD_CARS)
