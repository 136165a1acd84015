"""`/staff/alcohol/{check}/pictures`: what the cameras of the desk saw of one breath test."""

from uuid import UUID

from fastapi import Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app.access.policies import policies
from app.access.principals import Permission, StaffPrincipal, current_principal, is_allowed, require
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.alcohol_book import AlcoholBook, CheckEntry
from app.vehicles.breath_pictures import PictureInfo, PictureState, pictures_of
from components.elements import text
from components.plain_table import Cell, Link, plain_table
from pages.guarded import guarded_page
from pages.staff.addresses import ALCOHOL
from pages.staff.cars.check_rows import check_headings, check_row
from pages.staff.navigation import staff_page
from pages.staff.pictures import shown_picture

PATH = '/staff/alcohol/{check}/pictures'
SHOW = '/staff/alcohol/{check}/pictures/{picture}'
SHOWN_FOR = '酒気帯び確認の写真の閲覧'
FORBIDDEN_STATUS = 403


def register(condition: Condition) -> None:
    """Open the page of each test, and its pictures."""
    policies.register(SHOW, permission=Permission.READ_TRIPS)

    @guarded_page(PATH, permission=Permission.READ_TRIPS)
    async def pictures_page(check: UUID) -> Response | None:
        box = condition.require_box()
        found = await AlcoholBook(box.reading, box.vault).get(check)
        if found is None:
            return RedirectResponse(ALCOHOL, status_code=303)
        _draw(found, (await pictures_of([check])).get(check, ()))
        return None

    @app.get(SHOW, include_in_schema=False)
    async def show(check: UUID, picture: UUID) -> Response:
        return await _shown(condition.require_box(), check, picture)


async def _shown(box: Box, check: UUID, picture: UUID) -> Response:
    principal = require(current_principal(), Permission.READ_TRIPS)
    found = [each for each in (await pictures_of([check])).get(check, ()) if each.id == picture]
    if found and not _may_see(principal, found[0]):
        words = _('安全運転管理者だけが見られます。')
        return Response(words, FORBIDDEN_STATUS, media_type='text/plain; charset=utf-8')
    return await shown_picture(box, found[0].file if found else None, SHOWN_FOR, Permission.READ_TRIPS)


def _may_see(principal: StaffPrincipal, picture: PictureInfo) -> bool:
    """A face is for the safe-driving manager; the display of a checker for all who read the record."""
    return not picture.is_face or is_allowed(principal, Permission.INSTRUCT_DRIVERS)


def _draw(check: CheckEntry, pictures: tuple[PictureInfo, ...]) -> None:
    with staff_page(_('酒気帯び確認の写真'), ALCOHOL):
        text('p', _('開くと、だれがいつ見たかを記録簿に残します。'), 'quiet')
        plain_table(check_headings(), [check_row(check)], empty=('', ''))
        rows: list[list[Cell]] = [[_kind(picture), _state(check.id, picture)] for picture in pictures]
        empty = (_('写真はありません'), _('撮影は、窓口にカメラがあるときだけ行います。'))
        plain_table((_('写真'), _('状態')), rows, empty=empty)
        text('a', _('アルコール検知記録へ戻る'), '', href=ALCOHOL)


def _kind(picture: PictureInfo) -> str:
    return _('運転者の顔') if picture.is_face else _('検知器の表示')


def _state(check: UUID, picture: PictureInfo) -> Cell:
    if picture.state is PictureState.WANTED:
        return _('撮影中、または撮影の途中で本体が止まりました')
    if picture.state is PictureState.MISSING:
        return _('撮れませんでした(カメラか保存の故障)')
    principal = current_principal()
    if not isinstance(principal, StaffPrincipal) or not _may_see(principal, picture):
        return _('安全運転管理者だけが見られます。')
    return Link(_('写真を見る'), f'{ALCOHOL}/{check}/pictures/{picture.id}')
