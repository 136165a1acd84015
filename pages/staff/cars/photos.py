"""Pictures of an accident, and the hold of a record in dispute, on the page of a trip."""

from collections.abc import Sequence
from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app
from starlette.datastructures import UploadFile

from app import clock
from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.files.store import FileGone, FileInfo, FileKind, NewFile
from app.language import _
from app.retention.holds import HoldInfo
from app.runtime import Box, Condition
from app.storage.vault import RecordClass
from app.vehicles.alcohol_book import AlcoholBook, CheckFilter
from app.vehicles.run_record import RunRecord
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import file_entry, many_lines, plain_form
from components.plain_table import Cell, Link, plain_table
from components.times import day_and_time
from device_drivers.camera.picture_header import PictureError, PictureProblem
from pages.guarded import guarded_post
from pages.staff.forms import posted
from pages.staff.navigation import TRIPS

ADD = '/staff/trips/{trip}/photos'
SHOW = '/staff/trips/{trip}/photos/{file}'
HOLD = '/staff/trips/{trip}/hold'
LARGEST_UPLOAD = 48 * 1024 * 1024
MOST_PHOTOS = 30
LONGEST_REASON = 500
SHOWN_FOR = '事故の写真の閲覧'
GONE_STATUS = 404


def register(condition: Condition) -> None:
    """Open the ways to add and to see pictures, and to hold."""
    policies.register(SHOW, permission=Permission.READ_TRIPS)

    @guarded_post(ADD, permission=Permission.GUARD_CARS)
    async def add(request: Request, trip: UUID) -> Response:
        box = condition.require_box()
        async with request.form(max_files=1, max_fields=4) as form:
            file = form.get('photo')
            content = await file.read() if isinstance(file, UploadFile) else b''
        outcome = await _added(box, trip, content)
        return RedirectResponse(f'{TRIPS}/{trip}?done={quote(outcome)}', status_code=303)

    @app.get(SHOW, include_in_schema=False)
    async def show(trip: UUID, file: UUID) -> Response:
        box, principal = condition.require_box(), require(current_principal(), Permission.READ_TRIPS)
        try:
            if file not in {photo.id for photo in await photos_of(box, trip)}:
                raise FileGone(str(file))
            opened = await box.files.open(file, actor_of(principal), SHOWN_FOR)
        except FileGone:
            return Response(_('この写真はありません。'), GONE_STATUS, media_type='text/plain; charset=utf-8')
        headers = {'Cache-Control': 'no-store', 'Content-Disposition': 'inline; filename="accident.jpg"'}
        return Response(opened.content, headers=headers, media_type=opened.info.media_type)

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


def outcome_words(outcome: str) -> tuple[MessageKind, str, str] | None:
    """What became of an upload; None: the word is not one of ours."""
    refused = _('写真を追加できませんでした。')
    other = _('JPEG か PNG の写真を選んでください。iPhone の写真(HEIC)は JPEG にしてから選びます。')
    steps = {
        PictureProblem.TOO_MANY_BYTES: _('ファイルが大きすぎます。16 MB までの写真を選んでください。'),
        PictureProblem.TOO_MANY_PIXELS: _('画素が多すぎます。2000万画素までの大きさで撮るか、縮めてください。'),
        PictureProblem.TRUNCATED: _('写真が途中で切れています。もう一度コピーしてから選んでください。'),
        PictureProblem.DAMAGED: _('写真が壊れていて開けません。別の写真を選んでください。'),
        PictureProblem.UNKNOWN_FORMAT: other,
    }
    failures = {problem.value: words for problem, words in steps.items()} | {
        'busy': _('いまは確かめられません。少し待ってから、もう一度選んでください。'),
        'too_many': _('1回の運行に{most}枚までです。').format(most=MOST_PHOTOS),
    }
    if outcome == 'photo':
        return MessageKind.DONE, _('写真を追加しました。'), _('撮影場所などの情報は取り除きました。')
    return (MessageKind.FAILURE, refused, failures[outcome]) if outcome in failures else None


def draw_photos(trip: UUID, photos: Sequence[FileInfo]) -> None:
    """The pictures, and the form of another one."""
    with element('section', 'section', aria_label=_('事故の写真')):
        text('h2', _('事故の写真'), 'section-title')
        text('p', _('暗号化して保存します。開くと、だれがいつ見たかを記録簿に残します。'), 'quiet')
        rows: list[list[Cell]] = [
            [
                Link(_('写真を見る {number}').format(number=number), f'{TRIPS}/{trip}/photos/{photo.id}'),
                day_and_time(photo.kept_at),
            ]
            for number, photo in enumerate(photos, 1)
        ]
        plain_table(
            (_('写真'), _('追加した日時')), rows, empty=(_('写真はありません'), _('事故のときは、下で追加します。'))
        )
        if is_allowed(current_principal(), Permission.GUARD_CARS):
            with plain_form(f'{TRIPS}/{trip}/photos', _('写真を追加する'), with_files=True):
                hint = _('JPEG か PNG、16 MB・2000万画素まで')
                file_entry('photo', _('写真'), hint=hint, accept='image/jpeg,image/png')


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
        return 'too_many'
    actor = actor_of(require(current_principal(), Permission.GUARD_CARS))
    new = NewFile(kind=FileKind.ACCIDENT, content=content, subject=found.trip.driver, record=trip, taken_at=clock.now())
    try:
        await box.files.keep(new, actor)
    except PictureError as error:
        return error.problem.value
    except ChildError:
        return 'busy'
    return 'photo'
