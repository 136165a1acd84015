"""Pictures that staff add to a record and look at: sealed files, opened only by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request, Response
from starlette.datastructures import UploadFile

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.files.store import FileGone, FileInfo, NewFile
from app.language import _
from app.runtime import Box
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind
from components.plain_forms import file_entry, plain_form
from components.plain_table import Cell, Link, plain_table
from components.times import day_and_time
from device_drivers.camera.picture_header import PictureError, PictureProblem

LARGEST_UPLOAD = 48 * 1024 * 1024
GONE_STATUS = 404
KEPT, TOO_MANY, BUSY = 'photo', 'too_many', 'busy'
Told = tuple[MessageKind, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """The pictures of one record on its page."""

    title: str
    address: str
    """Of the record's pictures; each is found below it by its id."""
    pictures: Sequence[FileInfo]
    empty: tuple[str, str]
    may_add: bool


async def uploaded(request: Request) -> bytes:
    """The picture that somebody chose; empty: none."""
    async with request.form(max_files=1, max_fields=4) as form:
        file = form.get('photo')
        return await file.read() if isinstance(file, UploadFile) else b''


async def keep_picture(box: Box, new: NewFile, permission: Permission) -> str:
    """Seal the picture; returns what `outcome_words` says in words."""
    actor = actor_of(require(current_principal(), permission))
    try:
        await box.files.keep(new, actor)
    except PictureError as error:
        return error.problem.value
    except ChildError:
        return BUSY
    return KEPT


async def shown_picture(box: Box, file: UUID | None, shown_for: str, permission: Permission) -> Response:
    """The picture itself, after the look was journaled; None: it is none of this record's."""
    actor = actor_of(require(current_principal(), permission))
    try:
        if file is None:
            raise FileGone
        opened = await box.files.open(file, actor, shown_for)
    except FileGone:
        return Response(_('この写真はありません。'), GONE_STATUS, media_type='text/plain; charset=utf-8')
    headers = {'Cache-Control': 'no-store', 'Content-Disposition': 'inline; filename="picture.jpg"'}
    return Response(opened.content, headers=headers, media_type=opened.info.media_type)


def outcome_words(outcome: str, too_many: str) -> Told | None:
    """What became of an upload; None: the word is not one of ours."""
    failures = {problem.value: picture_words(problem) for problem in PictureProblem}
    failures |= {BUSY: busy_words(), TOO_MANY: too_many}
    if outcome == KEPT:
        return MessageKind.DONE, _('写真を追加しました。'), _('撮影場所などの情報は取り除きました。')
    if outcome in failures:
        return MessageKind.FAILURE, _('写真を追加できませんでした。'), failures[outcome]
    return None


def busy_words() -> str:
    """The child that looks at pictures has too much to do."""
    return _('いまは確かめられません。少し待ってから、もう一度選んでください。')


def picture_words(problem: PictureProblem) -> str:
    """Why a picture is not taken, and what to do."""
    return {
        PictureProblem.TOO_MANY_BYTES: _('ファイルが大きすぎます。16 MB までの写真を選んでください。'),
        PictureProblem.TOO_MANY_PIXELS: _('画素が多すぎます。2000万画素までの大きさで撮るか、縮めてください。'),
        PictureProblem.TRUNCATED: _('写真が途中で切れています。もう一度コピーしてから選んでください。'),
        PictureProblem.DAMAGED: _('写真が壊れていて開けません。別の写真を選んでください。'),
        PictureProblem.UNKNOWN_FORMAT: _(
            'JPEG か PNG の写真を選んでください。iPhone の写真(HEIC)は JPEG にしてから選びます。'
        ),
    }[problem]


def draw_pictures(album: Album) -> None:
    """The pictures, and the form of another one."""
    with element('section', 'section', aria_label=album.title):
        text('h2', album.title, 'section-title')
        text('p', _('暗号化して保存します。開くと、だれがいつ見たかを記録簿に残します。'), 'quiet')
        rows: list[list[Cell]] = [
            [
                Link(_('写真を見る {number}').format(number=number), f'{album.address}/{picture.id}'),
                day_and_time(picture.kept_at),
            ]
            for number, picture in enumerate(album.pictures, 1)
        ]
        plain_table((_('写真'), _('追加した日時')), rows, empty=album.empty)
        if album.may_add:
            with plain_form(album.address, _('写真を追加する'), with_files=True):
                hint = _('JPEG か PNG、16 MB・2000万画素まで')
                file_entry('photo', _('写真'), hint=hint, accept='image/jpeg,image/png')
