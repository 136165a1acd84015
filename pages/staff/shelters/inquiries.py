"""`/staff/shelters/inquiries`: taking inquiries about people's safety (安否情報の照会), and what was answered."""

from collections.abc import Mapping

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.inquiries.limits import Unusual
from app.shelters.inquiries.values import Identity, InquiryInfo, InquiryRefused, Question, Relation, Sought
from app.shelters.inquiries.words import (
    identity_words,
    outcome_words,
    problem_words,
    relation_words,
    sex_words,
)
from app.shelters.values import Sex
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, many_lines, plain_form, selection
from components.plain_table import ROWS_PER_PAGE, Cell, Lines, Link, offset_of, pager, plain_table
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import INQUIRIES
from pages.staff.cars.values import WrongValue, day_of
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.inquiry_answer import PUBLISHED

ASK = '/staff/shelters/inquiries/ask'
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the list with its form."""

    @guarded_page(INQUIRIES, permission=Permission.ANSWER_INQUIRIES)
    async def inquiries(page: int = 1) -> None:
        await _draw(condition.require_box(), {}, offset_of(page))

    @guarded_post(ASK, permission=Permission.ANSWER_INQUIRIES)
    async def ask(request: Request) -> Response:
        actor = actor_of(require(current_principal(), Permission.ANSWER_INQUIRIES))
        box, form = condition.require_box(), await posted(request)
        try:
            info = await box.shelters.inquiries.ask(_question(form), actor, practice=await is_practice(box))
        except (InquiryRefused, WrongValue) as error:
            problem = problem_words(error.problem) if isinstance(error, InquiryRefused) else str(error)
            found = await _found(box, 0)
            return drawn(request, lambda: _draw_page(found, form, 0, problem), REFUSED_STATUS)
        return RedirectResponse(f'{INQUIRIES}/{info.id}', status_code=303)


async def is_practice(box: Box) -> bool:
    """Whether the shelter that this box stands in is in a drill."""
    here = await box.shelters.register.here()
    return bool(here and here.practice)


def practice_mark(practice: bool) -> None:
    """The mark of a drill."""
    if practice:
        text('p', _('訓練'), 'practice-mark')


def _question(form: Mapping[str, str]) -> Question:
    identity, relation, sex = form.get('identity', ''), form.get('relation', ''), form.get('sex', '')
    return Question(
        inquirer_name=form.get('inquirer_name', '').strip(),
        inquirer_address=form.get('inquirer_address', '').strip(),
        identity=Identity(identity) if identity in set(Identity) else None,
        relation=Relation(relation) if relation in set(Relation) else Relation.ACQUAINTANCE,
        reason=form.get('reason', '').strip(),
        sought=Sought(
            name=form.get('name', '').strip(),
            kana=form.get('kana', '').strip(),
            birth_date=day_of(form.get('birth_date', ''), _('お尋ねの方の生年月日')),
            sex=Sex(sex) if sex in set(Sex) else None,
            address=form.get('address', '').strip(),
        ),
    )


Found = tuple[list[InquiryInfo], int, Unusual | None, bool]


async def _found(box: Box, offset: int) -> Found:
    infos, total = await box.shelters.inquiries.past(offset, ROWS_PER_PAGE)
    return infos, total, await box.shelters.inquiries.unusual(), await is_practice(box)


async def _draw(box: Box, form: Mapping[str, str], offset: int) -> None:
    _draw_page(await _found(box, offset), form, offset)


def _draw_page(found: Found, form: Mapping[str, str], offset: int, problem: str = '') -> None:
    infos, total, unusual, practice = found
    with staff_page(_('安否情報の照会'), INQUIRIES):
        practice_mark(practice)
        if unusual:
            words = _('同じ氏名を別々の人が尋ねています: {count}件').format(count=unusual.names)
            message_box(
                MessageKind.WARNING, words, _('24時間以内の照会です。理由と本人確認をもう一度確かめてください。')
            )
        _draw_form(form, problem)
        with element('section', 'section', aria_label=_('これまでの照会')):
            text('h2', _('これまでの照会'), 'section-title')
            headings = (_('受付'), _('お尋ねの方'), _('照会した人'), _('続柄など'), _('結果'))
            empty = (_('照会はまだありません'), _('受け付けると、ここに並びます。'))
            plain_table(headings, [_row(info) for info in infos], empty=empty)
            pager(INQUIRIES, {}, offset, total)
        _draw_publication()


def _draw_form(form: Mapping[str, str], problem: str) -> None:
    with element('section', 'section', aria_label=_('照会を受け付ける')):
        text('h2', _('照会を受け付ける'), 'section-title')
        text('p', _('先に照会する人が本人であることを確かめます。答えは次の画面に出ます。'), 'quiet')
        with plain_form(ASK, _('答えを見る'), error=problem):
            entry('inquirer_name', _('照会する人の氏名'), form.get('inquirer_name', ''), required=True, most=100)
            entry('inquirer_address', _('照会する人の住所'), form.get('inquirer_address', ''), required=True)
            chosen = {'': _('選んでください'), **identity_words()}
            selection('identity', _('本人の確かめ方'), chosen, form.get('identity', ''))
            default = form.get('relation', str(Relation.ACQUAINTANCE))
            selection('relation', _('お尋ねの方との続柄など'), relation_words(), default)
            entry('name', _('お尋ねの方の氏名'), form.get('name', ''), most=100)
            entry('kana', _('フリガナ'), form.get('kana', ''), most=100)
            entry('birth_date', _('お尋ねの方の生年月日'), form.get('birth_date', ''), kind='date')
            selection('sex', _('性別'), sex_words(), form.get('sex', ''))
            hint = _('分かるところまで。住所だけでは探しません。')
            entry('address', _('お尋ねの方の住所'), form.get('address', ''), hint=hint)
            many_lines('reason', _('照会の理由'), form.get('reason', ''), required=True, most=300)


def _draw_publication() -> None:
    with element('section', 'section', aria_label=_('氏名の公表')):
        text('h2', _('氏名の公表'), 'section-title')
        text('p', _('本人が公表に同意した方の氏名、町名までの住所、年齢だけを書き出します。'), 'quiet')
        with element('div', 'buttons'):
            text('a', _('CSV(UTF-8)'), 'press press-quiet', href=f'{PUBLISHED}?form=csv')
            text('a', _('PDF(印刷用)'), 'press press-quiet', href=f'{PUBLISHED}?form=pdf')


def _row(info: InquiryInfo) -> list[Cell]:
    question = info.question
    name = question.sought.name or question.sought.kana or _('廃棄済み')
    mark = _('訓練') if info.practice else ''
    return [
        Lines((day_and_time(info.asked_at), mark)),
        Link(name, f'{INQUIRIES}/{info.id}'),
        question.inquirer_name,
        relation_words()[question.relation],
        outcome_words(info.outcome),
    ]
