import unicodedata
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from types import MappingProxyType


class Unit(StrEnum):
    """Units in which checkers give their reading."""

    MG_PER_LITRE = 'mg/L'
    """Milligrams of alcohol in a litre of breath: what Japanese law counts in."""

    PERCENT_BAC = '%BAC'
    """Grams of alcohol in 100 ml of blood, estimated from breath."""


MG_PER_LITRE_OF_ONE_PERCENT = Decimal(5)
"""0.01 % in blood is about 0.05 mg/L in breath (`domain/vehicles_and_attendance.md 5.1`)."""

HIGHEST_MG_PER_LITRE = Decimal('3.00')
"""Above what a living person exhales (0.5 % in blood is 2.5 mg/L): a reading beyond it is a slip or a fault."""

UNIT_WORDS: Mapping[str, Unit] = MappingProxyType(
    {
        'mg/l': Unit.MG_PER_LITRE,
        'mgl': Unit.MG_PER_LITRE,
        '%bac': Unit.PERCENT_BAC,
        'bac%': Unit.PERCENT_BAC,
        '%': Unit.PERCENT_BAC,
    }
)
"""How checkers spell their units, in lower case and without spaces."""

_HUNDREDTH = Decimal('0.01')


def to_mg_per_litre(value: Decimal, unit: Unit) -> Decimal:
    """Breath alcohol in mg/L. Milligrams stay digit for digit; percent is converted and rounded half up to 0.01.

    Rounding belongs to the conversion: sensors that count in percent show a clean breath as a few ten-thousandths.
    """
    if unit is Unit.MG_PER_LITRE:
        return value
    return (value * MG_PER_LITRE_OF_ONE_PERCENT).quantize(_HUNDREDTH, ROUND_HALF_UP)


def is_possible(mg_per_litre: Decimal) -> bool:
    """Whether a person can have exhaled this."""
    return mg_per_litre.is_finite() and not mg_per_litre.is_signed() and mg_per_litre <= HIGHEST_MG_PER_LITRE


def unit_from(word: str) -> Unit | None:
    """The unit that a checker spelt out, full-width or not, or None for an unknown one."""
    plain = ''.join(unicodedata.normalize('NFKC', word).split())
    return UNIT_WORDS.get(plain.lower())
