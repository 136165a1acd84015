"""How the pages of alcohol detectors speak to people."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.language import _
from app.vehicles.checker_history import CheckerAct
from app.vehicles.checker_values import CheckerTerms, differences
from app.vehicles.checkers import CHECKER_CHANGED, CHECKER_TESTED
from pages.staff.cars.act_words import car_kinds

Changes = Mapping[str, Sequence[Any]]
"""Name of a term: its values before and after, as the journal tells them."""


def term_words() -> dict[str, str]:
    """What a car manager sets of a detector."""
    return {
        'started_on': _('使用開始日'),
        'expires_on': _('使用期限'),
        'measurement_limit': _('測定回数の上限'),
        'desk': _('置く窓口'),
    }


def change_words(changes: Changes, desks: Mapping[UUID, str]) -> str:
    """What changed, in one cell."""
    words = term_words()
    return '、'.join(
        f'{words.get(name, name)}: {_value(before, name, desks)} → {_value(after, name, desks)}'
        for name, (before, after) in changes.items()
    )


def set_words(terms: CheckerTerms, desks: Mapping[UUID, str]) -> str:
    """What is set of a new detector, in one cell."""
    nothing = CheckerTerms(started_on=terms.started_on, expires_on=None, measurement_limit=None)
    told = {'started_on': terms.started_on} | {
        name: after for name, (_before, after) in differences(nothing, terms).items()
    }
    words = term_words()
    return '、'.join(f'{words[name]}: {_value(value, name, desks)}' for name, value in told.items())


def act_words(act: CheckerAct, desks: Mapping[UUID, str]) -> str:
    """What was done with a detector."""
    done = car_kinds()[act.kind]
    if act.kind == CHECKER_CHANGED:
        return change_words(act.told.get('changes', {}), desks)
    if act.kind == CHECKER_TESTED:
        return f'{done}: {_("正常に動いた") if act.told.get("works") else _("動かない(使用をやめる)")}'
    return done


def _value(value: Any, name: str, desks: Mapping[UUID, str]) -> str:
    if value is None or value == '':
        return _('なし')
    return desks.get(UUID(str(value)), _('外した窓口')) if name == 'desk' else str(value)
