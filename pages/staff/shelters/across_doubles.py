"""What was received at the shelters of two boxes, as the pages of handing out and of headquarters show it."""

from collections.abc import Sequence
from uuid import UUID

from app.access.principals import Permission, current_principal, is_allowed
from app.language import _
from app.shelters.across.doubles import ClaimThere, DoubleAcross
from components.elements import box as element
from components.elements import text
from components.plain_table import Cell, Lines, Link, plain_table
from components.times import narrow_day_and_time
from pages.staff.addresses import EVACUEES
from pages.staff.shelters.handouts_words import answer_words


def draw_doubles_across(doubles: Sequence[DoubleAcross], own_box: UUID) -> None:
    """Both claims stand. Only headquarters read at which other shelter."""
    with element('section', 'section', aria_label=_('ほかの避難所の箱との二重の受取り')):
        text('h2', _('ほかの避難所の箱との二重の受取り'), 'section-title')
        note = _('どちらの記録も残ります。相手の避難所の名前は、災害対策本部の担当者だけに出ます。')
        text('p', note, 'quiet')
        names_all = is_allowed(current_principal(), Permission.COMMAND_SHELTERS)
        rows: list[list[Cell]] = [
            [
                Lines((one.item, _('世帯で受け取る物'))) if one.for_household else one.item,
                *(_claim(claim, own_box, names_all=names_all) for claim in (one.first, one.second)),
                answer_words()[one.answer],
            ]
            for one in doubles
        ]
        headings = (_('物'), _('はじめ'), _('あと'), _('きまり'))
        empty = (_('二重の受取りはありません'), _('ほかの箱から記録が届くと、ここに出ます。'))
        plain_table(headings, rows, empty=empty)


def _claim(claim: ClaimThere, own_box: UUID, *, names_all: bool) -> Cell:
    at = narrow_day_and_time(claim.at)
    if claim.box == own_box:
        return Link(claim.number, f'{EVACUEES}/{claim.evacuee}', below=(at, claim.shelter_name))
    return Lines((claim.number, at, claim.shelter_name) if names_all else (at, _('ほかの避難所')))
