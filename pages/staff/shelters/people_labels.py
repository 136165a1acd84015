"""Labels and wristbands of the people of a shelter: the next sheets, and once more those that were lost."""

from collections.abc import Mapping, Sequence

from app.documents.labels import PAPERS
from app.documents.sheet import SheetError
from app.journal.line import Actor
from app.language import _
from app.runtime import Box
from app.shelters.label_prints import LabelPrints, NumberRange
from app.shelters.people_list import PersonRow
from app.shelters.places import ShelterInfo
from app.shelters.printed_people import labels
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, plain_form, selection

LABELS, AGAIN = 'labels', 'labels_again'
PAPER = PAPERS['24']
MOST_SHEETS = 5


async def printed_labels(box: Box, rows: Sequence[PersonRow], form: Mapping[str, str], actor: Actor) -> bytes:
    """The chosen labels; their codes lead to the people once they are made.

    Raises:
        WrongRange: what was typed is no number.
        SheetError: nobody is within.
        ChildError: it could not be made now; every code is as before.
    """
    prints, again = LabelPrints(box.journal, box.shelters.tokens), form.get('what') == AGAIN
    within = NumberRange.typed(form.get('first', ''), form.get('last', '')).of(rows)
    if again and not form.get('first', '').strip():
        raise SheetError('nobody was named')
    wanted = within if again else await prints.unprinted(within)
    chosen = wanted[: _sheets(form) * PAPER.per_page]
    codes = prints.new_codes(chosen)
    content = await box.documents.render_labels(PAPER, labels(chosen, codes))
    await prints.bind(chosen, codes, actor, again=again)
    return content


def draw_labels(action: str, shelter: ShelterInfo) -> None:
    """The next sheets, the lost ones, and what to do without a printer."""
    hidden = {'shelter': str(shelter.id)}
    with element('section', 'section', aria_label=_('腕輪・ラベル(番号とQR)')):
        text('h2', _('腕輪・ラベル(番号とQR)'), 'section-title')
        text('p', _('まだ印刷していない方を、番号の順に印刷します。続けて押すと、次の用紙になります。'))
        with plain_form(action, _('次の用紙を作る'), classes='filter', hidden={**hidden, 'what': LABELS}):
            _draw_choice()
        text('h3', _('なくしたとき、うまく印刷できなかったとき'), 'section-title')
        text('p', _('範囲の方に新しいQRを作ります。前に印刷したQRは使えなくなります。番号は変わりません。'))
        with plain_form(
            action, _('もう一度印刷する'), classes='filter', hidden={**hidden, 'what': AGAIN}, careful=True
        ):
            _draw_choice()
        text('h3', _('プリンターが使えないとき'), 'section-title')
        text('p', _('番号を養生テープや紙の腕輪に手書きしてください。受付では、番号を入れるだけで確かめられます。'))


def _draw_choice() -> None:
    entry('first', _('最初の番号'), hint=_('例: KRM-0041-7'), most=20)
    entry('last', _('最後の番号'), most=20)
    sheets = {
        str(count): _('{count}枚({people}人まで)').format(count=count, people=count * PAPER.per_page)
        for count in range(1, MOST_SHEETS + 1)
    }
    selection('sheets', _('用紙の枚数'), sheets, str(MOST_SHEETS))


def _sheets(form: Mapping[str, str]) -> int:
    typed = form.get('sheets', '')
    return int(typed) if typed in map(str, range(1, MOST_SHEETS + 1)) else MOST_SHEETS
