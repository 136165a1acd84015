"""Taking over a list of alcohol detectors, row by row; what cannot be taken is said with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app import clock
from app.journal.line import Actor
from app.language import _
from app.vehicles.checker_values import CheckerInfo, CheckerTerms, differences
from app.vehicles.checkers import Checkers
from app.vehicles.listed import ListedRow, ListError, RefusedRow, day_in, number_in, rows_of, text_in

SERIAL, MODEL, DESK = '製造番号', '型式', '置く窓口'
STARTED, EXPIRES, LIMIT = '使用開始日', '使用期限', '測定回数の上限'
IN_USE, NO = '使用中', ('0', '×', '無', 'いいえ')
COLUMNS = (SERIAL, MODEL, STARTED, EXPIRES, LIMIT, DESK, IN_USE)
REQUIRED = (SERIAL,)
LONGEST = {SERIAL: 64, MODEL: 100, DESK: 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChecker:
    """A detector that the registry does not have."""

    serial: str
    model: str
    terms: CheckerTerms


@dataclass(frozen=True, slots=True)
class CheckerPlan:
    """What a list would change. Detectors that it does not name, and columns that it lacks, stay as they are."""

    added: tuple[NewChecker, ...]
    changed: tuple[tuple[CheckerInfo, CheckerTerms], ...]
    unchanged: int
    refused: tuple[RefusedRow, ...]


@dataclass(frozen=True, slots=True)
class KnownCheckers:
    """What a list is held against: detectors in use and retired by serial number, and desks by name."""

    in_use: Mapping[str, CheckerInfo]
    retired: Mapping[str, CheckerInfo]
    desks: Mapping[str, UUID]


class _Refused(ValueError):
    pass


def plan_checkers(content: bytes, known: KnownCheckers) -> CheckerPlan:
    """Hold a list against the registry. For a thread.

    Raises:
        ListError: it cannot be read at all, or holds no line.
    """
    lines: dict[str, int] = {}
    added: list[NewChecker] = []
    both: list[tuple[CheckerInfo, CheckerTerms]] = []
    refused: list[RefusedRow] = []
    for row in rows_of(content, COLUMNS, REQUIRED):
        serial = row.cells[SERIAL]
        try:
            _refuse_double(lines, row)
            checker = known.in_use.get(serial) or _retired_as_it_is(row, known)
            if checker is None:
                added.append(_new(row, known))
            else:
                both.append((checker, _changed(row, checker, known)))
        except ValueError as problem:
            refused.append(RefusedRow(row.line, serial, str(problem)))
    if not lines and not refused:
        raise ListError([_('検知器が一台も入っていません')])
    changed = [(checker, terms) for checker, terms in both if differences(checker.terms, terms)]
    return CheckerPlan(tuple(added), tuple(changed), len(both) - len(changed), tuple(refused))


async def take_checkers(checkers: Checkers, plan: CheckerPlan, actor: Actor) -> None:
    """Take the list over; each detector gets its own journal lines.

    Raises:
        CheckerUnknown: somebody retired one of them meanwhile; what was taken until then stands.
    """
    for new in plan.added:
        terms = new.terms
        checker = await checkers.add(
            new.serial,
            new.model,
            actor,
            started_on=terms.started_on,
            expires_on=terms.expires_on,
            measurement_limit=terms.measurement_limit,
        )
        await checkers.change(checker.id, terms, actor)
    for checker, terms in plan.changed:
        await checkers.change(checker.id, terms, actor)


def known_checkers(
    in_use: Sequence[CheckerInfo], retired: Sequence[CheckerInfo], desks: Mapping[str, UUID]
) -> KnownCheckers:
    """What a list is held against."""
    return KnownCheckers({one.serial: one for one in in_use}, {one.serial: one for one in retired}, desks)


def _refuse_double(lines: dict[str, int], row: ListedRow) -> None:
    serial = _text(row, SERIAL)
    if not serial:
        raise _Refused(_('{column}: 入っていません').format(column=SERIAL))
    first = lines.setdefault(serial, row.line)
    if first != row.line:
        raise _Refused(_('{first} 行目と同じ製造番号です').format(first=first))


def _retired_as_it_is(row: ListedRow, known: KnownCheckers) -> CheckerInfo | None:
    checker = known.retired.get(row.cells[SERIAL])
    is_ended = row.cells.get(IN_USE) in NO
    return checker if checker and is_ended and _changed(row, checker, known) == checker.terms else None


def _new(row: ListedRow, known: KnownCheckers) -> NewChecker:
    if row.cells[SERIAL] in known.retired:
        raise _Refused(_('使い終えた検知器です。検知器のページで「もう一度使う」を選んでください'))
    start = CheckerTerms(started_on=clock.today(), expires_on=None, measurement_limit=None)
    return NewChecker(serial=row.cells[SERIAL], model=_text(row, MODEL), terms=_terms(row, start, known))


def _changed(row: ListedRow, checker: CheckerInfo, known: KnownCheckers) -> CheckerTerms:
    if checker.serial in known.in_use and row.cells.get(IN_USE) in NO:
        raise _Refused(_('使用をやめるときは、検知器のページで「使い終えた」を選んでください'))
    model = _text(row, MODEL)
    if model and model != checker.model:
        words = _('型式が台帳の「{model}」と違います。製造番号を確かめてください')
        raise _Refused(words.format(model=checker.model))
    return _terms(row, checker.terms, known)


def _terms(row: ListedRow, before: CheckerTerms, known: KnownCheckers) -> CheckerTerms:
    terms = before
    if started := _day(row, STARTED):
        terms = replace(terms, started_on=started)
    if terms.started_on > clock.today():
        raise _Refused(_('{column}: これから先の日付です').format(column=STARTED))
    if EXPIRES in row.cells:
        terms = replace(terms, expires_on=_day(row, EXPIRES))
    if LIMIT in row.cells:
        terms = replace(terms, measurement_limit=_limit(row))
    if DESK in row.cells:
        terms = replace(terms, desk=_desk(row, known))
    return terms


def _text(row: ListedRow, column: str) -> str:
    try:
        return text_in(row.cells.get(column, ''), LONGEST[column])
    except ValueError as problem:
        raise _Refused(f'{column}: {problem}') from None


def _day(row: ListedRow, column: str) -> date | None:
    try:
        return day_in(row.cells.get(column, ''))
    except ValueError as problem:
        raise _Refused(f'{column}: {problem}') from None


def _limit(row: ListedRow) -> int | None:
    try:
        return number_in(row.cells[LIMIT])
    except ValueError as problem:
        raise _Refused(f'{LIMIT}: {problem}') from None


def _desk(row: ListedRow, known: KnownCheckers) -> UUID | None:
    name = _text(row, DESK)
    if name and name not in known.desks:
        raise _Refused(_('{column}: この名前の窓口はありません').format(column=DESK))
    return known.desks[name] if name else None
