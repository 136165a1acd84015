"""`/staff/evacuees/print`: lists, labels and blank forms on paper; each is written down in the journal."""

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import Request, Response

from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.documents.sheet import SheetError
from app.journal.line import Act, Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.label_prints import WrongRange
from app.shelters.people_list import PeopleFilter, PersonRow
from app.shelters.places import ShelterInfo
from app.shelters.printed_people import blank_form, form_labels, people_sheet, roll_call_sheets
from app.storage.transaction import transaction
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import plain_form, selection
from pages.guarded import drawn, guarded_post
from pages.staff.addresses import EVACUEES
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.chosen import chosen_shelter
from pages.staff.shelters.people_labels import AGAIN, LABELS, PAPER, draw_labels, printed_labels
from pages.staff.shelters.people_words import place_words

PRINT = '/staff/evacuees/print'
EXPORTED = 'shelters.people_printed'
MOST_PEOPLE = 5_000
FORMS = 20
BUSY_STATUS = 503


class _Nothing(Exception):
    pass


def register(condition: Condition) -> None:
    """Open the way to the files."""

    @guarded_post(PRINT, permission=Permission.READ_EVACUEES)
    async def download(request: Request) -> Response:
        box, form = condition.require_box(), await posted(request)
        what = form.get('what', 'people')
        actor = actor_of(require(current_principal(), Permission.READ_EVACUEES))
        chosen = await chosen_shelter(box, form.get('shelter', ''))
        try:
            if chosen is None or what not in what_words():
                raise _Nothing
            content = await _made(box, chosen, what, form, actor)
        except (_Nothing, SheetError):
            return drawn(request, lambda: _draw_problem(_('印刷するものがありません。')), 422)
        except WrongRange:
            return drawn(request, lambda: _draw_problem(_('番号を確かめてください。例: KRM-0041-7')), 422)
        except ChildError:
            return drawn(request, lambda: _draw_problem(_('いまは作れません。少し待ってください。')), BUSY_STATUS)
        await _note(box, chosen, what, actor)
        name = quote(f'{what_words()[what]}_{chosen.entry.name}.pdf')
        disposition = f'inline; filename="people.pdf"; filename*=UTF-8\'\'{name}'
        return Response(content, media_type='application/pdf', headers={'Content-Disposition': disposition})


def what_words() -> dict[str, str]:
    """What can be printed."""
    return {
        'people': _('避難者の一覧'),
        'roll_call': _('点呼の用紙'),
        LABELS: _('腕輪・ラベル(番号とQR)'),
        AGAIN: _('もう一度印刷する腕輪・ラベル'),
        'forms': _('登録票(QR付き、{count}枚)').format(count=FORMS),
        'form_labels': _('登録票やカードに貼るQRラベル'),
    }


def draw_prints(shelter: ShelterInfo) -> None:
    """The choice of what is printed, below the list."""
    with element('section', 'section', aria_label=_('印刷')):
        text('h2', _('印刷'), 'section-title')
        text('p', _('個人情報を含みます。だれがいつ印刷したかを記録簿に残します。'), 'quiet')
        with plain_form(PRINT, _('PDFを作る'), classes='filter', hidden={'shelter': str(shelter.id)}):
            choices = {what: words for what, words in what_words().items() if what not in (LABELS, AGAIN)}
            selection('what', _('書類'), choices, 'people')
    draw_labels(PRINT, shelter)


async def _made(box: Box, shelter: ShelterInfo, what: str, form: Mapping[str, str], actor: Actor) -> bytes:
    codes = box.shelters.tokens.codes
    if what == 'forms':
        return await box.documents.render_pdf([blank_form(shelter, codes.new_code()) for _form in range(FORMS)])
    if what == 'form_labels':
        printed = [codes.new_code() for _label in range(PAPER.per_page)]
        return await box.documents.render_labels(PAPER, form_labels(shelter, printed))
    if what == 'roll_call':
        return await _roll_call(box, shelter)
    rows = await _rows(box, shelter)
    if what in (LABELS, AGAIN):
        return await printed_labels(box, rows, form, actor)
    places = {str(place): words for place, words in place_words().items()}
    return await box.documents.render_pdf([people_sheet(shelter, rows, places)])


async def _rows(box: Box, shelter: ShelterInfo) -> list[PersonRow]:
    wanted = PeopleFilter(shelter=shelter.id, practice=shelter.practice, sees_protected=_sees_protected())
    rows, _total = await box.shelters.people.page(wanted, 0, MOST_PEOPLE)
    return rows


async def _roll_call(box: Box, shelter: ShelterInfo) -> bytes:
    open_now = next((call for call in await box.shelters.roll_calls.of(shelter.id) if call.closed_at is None), None)
    if open_now is None:
        raise _Nothing
    areas = await box.shelters.roll_calls.sheets(open_now, sees_protected=_sees_protected())
    return await box.documents.render_pdf(roll_call_sheets(shelter, areas))


def _sees_protected() -> bool:
    return is_allowed(current_principal(), Permission.SEE_PROTECTED)


async def _note(box: Box, shelter: ShelterInfo, what: str, actor: Actor) -> None:
    act = Act(kind=EXPORTED, actor=actor, subjects=(shelter.id,), payload={'what': what, 'practice': shelter.practice})
    await transaction(lambda tx: box.journal.append(tx, act))


def _draw_problem(problem: str) -> None:
    with staff_page(_('印刷'), EVACUEES):
        message_box(MessageKind.FAILURE, _('PDFを作れませんでした。'), problem)
        text('a', _('一覧へ戻る'), '', href=EVACUEES)
