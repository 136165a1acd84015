"""The figures of a report, to read and to put right."""

from collections.abc import Mapping

from app.language import _
from app.shelters.needs.facts import CONDITIONS, Condition, Fact
from app.shelters.needs.words import condition_word, unconfirmed
from app.shelters.reports.figures import KEYS, STATE, Figure, Value, definition_of, label_of, unit_of, value_words
from app.shelters.reports.values import Report, ReportRefused
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, many_lines, selection
from components.plain_table import plain_table
from components.times import day_and_time
from pages.staff.addresses import SHELTER_REPORTS

CONDITION_KEYS = frozenset(fact.value for fact in CONDITIONS)
LONGEST_WORDS = 1000


def changes_of(form: Mapping[str, str]) -> dict[str, Value]:
    """What was posted, by key; an empty field is 未確認.

    Raises:
        ReportRefused: names a figure that is no number.
    """
    return {key: _value(key, form[key].strip()) for key in KEYS if key in form}


def draw_form(report: Report) -> None:
    """All figures but the state, which follows the shelter; the words; and the two ways to go on."""
    with element('form', 'plain-form', method='post', action=f'{SHELTER_REPORTS}/{report.id}/act'):
        text('p', _('空のままの数は「未確認」として報告します。0とは違います。'), 'quiet')
        many_lines(
            'urgent', _('至急の要請'), report.urgent, most=LONGEST_WORDS, hint=_('人の名前は書かないでください。')
        )
        many_lines(
            'remarks', _('そのほか'), report.remarks, most=LONGEST_WORDS, hint=_('人の名前は書かないでください。')
        )
        with element('div', 'form-grid report-figures'):
            for figure in report.figures:
                if figure.key != STATE:
                    _draw_field(figure)
        with element('div', 'buttons'):
            text('button', _('署名する'), 'press press-main', type='submit', name='act', value='sign')
            text('button', _('保存だけする'), 'press press-quiet', type='submit', name='act', value='save')


def draw_figures(report: Report) -> None:
    """What was reported."""
    for title, words in ((_('至急の要請'), report.urgent), (_('そのほか'), report.remarks)):
        if words:
            text('h2', title, 'section-title')
            text('p', words, 'message-body')
    headings = (_('項目'), _('報告'), _('いつの時点か'), _('数え方'))
    rows = [
        (label_of(each.key), value_words(each), day_and_time(each.as_of), definition_of(each.key))
        for each in report.figures
    ]
    plain_table(headings, rows, empty=(_('報告がまだありません'), ''))


def _draw_field(figure: Figure) -> None:
    if figure.key in CONDITION_KEYS:
        words = {one.value: condition_word(Fact(figure.key), one) for one in Condition}
        selection(figure.key, label_of(figure.key), {'': unconfirmed(), **words}, str(figure.value or ''))
        return
    label = f'{label_of(figure.key)}({unit_of(figure.key)})'
    shown = '' if figure.value is None else f'{figure.value:.10g}' if not isinstance(figure.value, str) else ''
    entry(figure.key, label, shown, kind='number', step='any', most=10)


def _value(key: str, typed: str) -> Value:
    if not typed:
        return None
    if key in CONDITION_KEYS:
        return typed
    try:
        number = float(typed)
    except ValueError:
        raise ReportRefused(key) from None
    return int(number) if number.is_integer() else number
