"""Which licence is enough for which car (道路交通法85条; 限定条件: 平成16年法律第90号・平成27年法律第40号の附則)."""

import unicodedata
from collections.abc import Set as AbstractSet
from enum import StrEnum

LICENCE_CLASSES = (
    '普通', '準中型', '中型', '大型', '普通二輪', '普通二種', '中型二種', '大型二種', '大型特殊', 'けん引', '大型二輪',
)  # fmt: skip
"""The classes that somebody may see on a licence."""
CAR_CLASSES = ('普通', '準中型(5t)', '準中型', '中型(8t)', '中型', '大型', '普通二輪', '大型特殊')
"""What a car may ask for; (5t) and (8t): the limited licence is enough."""
_SIZES = {'普通': 1, '準中型(5t)': 2, '準中型': 3, '中型(8t)': 4, '中型': 5, '大型': 6}
_SECOND_CLASS = '二種'


class LicenceCondition(StrEnum):
    """限定条件 that a licence says of its classes."""

    MEDIUM_8T = 'medium_8t'
    """中型車は中型車(8t)に限る: the ordinary licence of before 2007-06-02."""
    SEMI_MEDIUM_5T = 'semi_medium_5t'
    """準中型車は準中型車(5t)に限る: the ordinary licence of before 2017-03-12."""
    AUTOMATIC = 'automatic'
    """AT車に限る: kept and shown, for the ledger does not say which car has a clutch."""


def may_drive(car_class: str, classes: AbstractSet[str], conditions: AbstractSet[str]) -> bool:
    """Whether a licence with these classes and conditions is enough for a car that asks for this class."""
    wanted = _plain(car_class)
    held = {_limited(_plain(one), conditions) for one in classes}
    held |= {one.removesuffix(_SECOND_CLASS) for one in held}
    if wanted in held or (wanted == '普通二輪' and '大型二輪' in held):
        return True
    largest = max((_SIZES.get(one, 0) for one in held), default=0)
    return wanted in _SIZES and _SIZES[wanted] <= largest


def _limited(held: str, conditions: AbstractSet[str]) -> str:
    if held.removesuffix(_SECOND_CLASS) == '中型' and LicenceCondition.MEDIUM_8T in conditions:
        return '中型(8t)'
    if held == '準中型' and LicenceCondition.SEMI_MEDIUM_5T in conditions:
        return '準中型(5t)'
    return held


def _plain(words: str) -> str:
    return unicodedata.normalize('NFKC', words).strip().removesuffix('免許')
