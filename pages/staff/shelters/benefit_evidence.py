"""What somebody showed who applied for a benefit: pictures, sealed, and opened only by name."""

from collections.abc import Sequence
from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app
from starlette.datastructures import UploadFile

from app import clock
from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.files.store import FileGone, FileInfo, FileKind, NewFile
from app.language import _
from app.runtime import Box, Condition
from app.shelters.handouts.benefit_values import BenefitInfo, BenefitState
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind
from components.plain_forms import file_entry, plain_form
from components.plain_table import Cell, Link, plain_table
from components.times import day_and_time
from device_drivers.camera.picture_header import PictureError, PictureProblem
from pages.guarded import guarded_post
from pages.staff.shelters.handouts_frame import BENEFITS, seen_people

ADD, SHOW = f'{BENEFITS}/{{benefit}}/evidence', f'{BENEFITS}/{{benefit}}/evidence/{{file}}'
LARGEST_UPLOAD = 48 * 1024 * 1024
MOST_PICTURES = 10
SHOWN_FOR = '給付の確認書類の閲覧'
GONE_STATUS = 404


def register(condition: Condition) -> None:
    """Open the ways to add and to see pictures."""
    policies.register(SHOW, permission=Permission.READ_EVACUEES)

    @guarded_post(ADD, permission=Permission.READ_EVACUEES)
    async def add(request: Request, benefit: UUID) -> Response:
        box = condition.require_box()
        async with request.form(max_files=1, max_fields=4) as form:
            file = form.get('photo')
            content = await file.read() if isinstance(file, UploadFile) else b''
        outcome = await _added(box, benefit, content)
        return RedirectResponse(f'{BENEFITS}/{benefit}?done={quote(outcome)}', status_code=303)

    @app.get(SHOW, include_in_schema=False)
    async def show(benefit: UUID, file: UUID) -> Response:
        box, principal = condition.require_box(), require(current_principal(), Permission.READ_EVACUEES)
        try:
            if await _seen(box, benefit) is None or file not in {one.id for one in await evidence_of(box, benefit)}:
                raise FileGone(str(file))
            opened = await box.files.open(file, actor_of(principal), SHOWN_FOR)
        except FileGone:
            return Response(_('この写真はありません。'), GONE_STATUS, media_type='text/plain; charset=utf-8')
        headers = {'Cache-Control': 'no-store', 'Content-Disposition': 'inline; filename="evidence.jpg"'}
        return Response(opened.content, headers=headers, media_type=opened.info.media_type)

    policies.add(
        Policy(path=ADD, audience=Audience.STAFF, permission=Permission.READ_EVACUEES, largest_body=LARGEST_UPLOAD)
    )


async def evidence_of(box: Box, benefit: UUID) -> list[FileInfo]:
    """The pictures of this application."""
    return [file for file in await box.files.of(benefit) if file.kind is FileKind.EVIDENCE]


def outcome_words(outcome: str) -> tuple[MessageKind, str, str] | None:
    """What became of an upload or a decision; None: the word is not one of ours."""
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
        'too_many': _('1件の申請に{most}枚までです。').format(most=MOST_PICTURES),
    }
    done = {
        'photo': (_('写真を追加しました。'), _('撮影場所などの情報は取り除きました。')),
        'decided': (_('判断を記録しました。'), ''),
    }
    if outcome in done:
        return MessageKind.DONE, *done[outcome]
    return (MessageKind.FAILURE, refused, failures[outcome]) if outcome in failures else None


def draw_evidence(benefit: BenefitInfo, pictures: Sequence[FileInfo]) -> None:
    """The pictures, and the form of another one while nobody has decided."""
    with element('section', 'section', aria_label=_('確認書類')):
        text('h2', _('確認書類'), 'section-title')
        text('p', _('暗号化して保存します。開くと、だれがいつ見たかを記録簿に残します。'), 'quiet')
        rows: list[list[Cell]] = [
            [
                Link(_('写真を見る {number}').format(number=number), f'{BENEFITS}/{benefit.id}/evidence/{picture.id}'),
                day_and_time(picture.kept_at),
            ]
            for number, picture in enumerate(pictures, 1)
        ]
        empty = (_('写真はありません'), _('り災証明や本人確認書類の写真を追加します。'))
        plain_table((_('写真'), _('追加した日時')), rows, empty=empty)
        if benefit.state is BenefitState.APPLIED:
            with plain_form(f'{BENEFITS}/{benefit.id}/evidence', _('写真を追加する'), with_files=True):
                hint = _('JPEG か PNG、16 MB・2000万画素まで')
                file_entry('photo', _('写真'), hint=hint, accept='image/jpeg,image/png')


async def _seen(box: Box, benefit: UUID) -> BenefitInfo | None:
    info = await box.shelters.handouts.benefits.get(benefit)
    return info if info and await seen_people(box, [info.evacuee]) else None


async def _added(box: Box, benefit: UUID, content: bytes) -> str:
    info = await _seen(box, benefit)
    if info is None or info.state is not BenefitState.APPLIED:
        return ''
    if len(await evidence_of(box, benefit)) >= MOST_PICTURES:
        return 'too_many'
    actor = actor_of(require(current_principal(), Permission.READ_EVACUEES))
    new = NewFile(kind=FileKind.EVIDENCE, content=content, subject=info.evacuee, record=benefit, taken_at=clock.now())
    try:
        await box.files.keep(new, actor)
    except PictureError as error:
        return error.problem.value
    except ChildError:
        return 'busy'
    return 'photo'
