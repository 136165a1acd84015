"""Breath tests in a table."""

from collections.abc import Container, Sequence
from uuid import UUID

from app.language import _
from app.vehicles.alcohol_book import CheckEntry
from app.vehicles.record_words import check_remarks, method_word, phase_word
from components.plain_table import Cell, Lines, Link
from components.times import narrow_day_and_time
from pages.staff.addresses import ALCOHOL, TRIPS
from pages.staff.cars.people import person_name


def check_headings(*, with_pictures: bool = False) -> tuple[str, ...]:
    """The columns of `check_row`."""
    columns = (
        _('確認の日時'),
        _('区分'),
        _('運転者'),
        _('車両'),
        _('確認者と方法'),
        _('測定値(mg/L)'),
        _('酒気帯び'),
        _('指示事項'),
        _('備考'),
    )
    return (*columns, _('写真')) if with_pictures else columns


def check_rows(checks: Sequence[CheckEntry], pictured: Container[UUID]) -> list[list[Cell]]:
    """Breath tests in a table; those with pictures lead to them."""
    words = _('写真を見る')
    return [
        [*check_row(check), Link(words, f'{ALCOHOL}/{check.id}/pictures') if check.id in pictured else '']
        for check in checks
    ]


def check_row(check: CheckEntry) -> list[Cell]:
    """A breath test in a table; it leads to its trip."""
    at = narrow_day_and_time(check.checked_at)
    return [
        Link(at, f'{TRIPS}/{check.trip}') if check.trip else at,
        phase_word(check.phase),
        person_name(check.driver),
        Lines((check.plate,), whole=True),
        Lines((person_name(check.confirmer), method_word(check.method))),
        f'{check.value:.2f}',
        _('有') if check.is_positive else _('無'),
        check.instruction,
        check_remarks(check),
    ]
