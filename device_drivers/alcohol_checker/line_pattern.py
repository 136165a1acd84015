import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from .interface import Measurement
from .units import Unit, is_possible, to_mg_per_litre, unit_from

LONGEST_LINE = 200
"""Bytes; no checker says more in one line, and it bounds what a pattern can cost on noise."""


class BadLinePattern(ValueError):
    """A pattern that can give no measurement."""


@dataclass(frozen=True, slots=True)
class LinePattern:
    """How one line of a checker reads: a regular expression for the whole line, and the unit if the line tells none.

    Named groups: `value` (a decimal number), and where present `unit` and `serial`. Raises `BadLinePattern`.
    """

    expression: re.Pattern[str]
    unit: Unit | None = None

    def __post_init__(self) -> None:
        groups = self.expression.groupindex
        if 'value' not in groups:
            raise BadLinePattern('the pattern has no group named "value"')
        if self.unit is None and 'unit' not in groups:
            raise BadLinePattern('the pattern has no group named "unit", and no unit is set')

    @classmethod
    def compile(cls, expression: str, unit: Unit | None = None) -> 'LinePattern':
        """A pattern as written in settings; raises `BadLinePattern` when it is no regular expression."""
        try:
            return cls(re.compile(expression, re.ASCII | re.IGNORECASE), unit)
        except re.error as error:
            raise BadLinePattern(f'not a regular expression: {error}') from error

    def read(self, line: bytes, measured_at: float) -> Measurement | None:
        """The measurement of a line, or None when it is none: other text, an unknown unit, an impossible value."""
        if len(line) > LONGEST_LINE or not line.isascii():
            return None
        raw = line.decode('ascii').strip()
        found = self.expression.fullmatch(raw)
        if found is None:
            return None
        groups = found.groupdict()
        unit = unit_from(groups['unit']) if groups.get('unit') else self.unit
        value = _decimal(groups['value'])
        if unit is None or value is None or not is_possible(to_mg_per_litre(value, unit)):
            return None
        return Measurement(
            value_mg_per_litre=to_mg_per_litre(value, unit),
            raw=raw,
            unit=unit,
            measured_at=measured_at,
            serial=groups.get('serial') or None,
        )


def _decimal(text: str | None) -> Decimal | None:
    try:
        value = Decimal(text or '')
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 100 else None


PATTERNS: Mapping[str, LinePattern] = MappingProxyType(
    {
        'plain': LinePattern.compile(r'(?P<value>\d{1,2}\.\d{1,4})\s*(?P<unit>mg/l|%bac|%)?', Unit.MG_PER_LITRE),
        'tanita': LinePattern.compile(
            r'(?:.*,)?SN,"?(?P<serial>\w+)"?,(?:.*,)?AL,"?(?P<value>\d{1,2}\.\d{1,4})"?(?:,.*)?', Unit.MG_PER_LITRE
        ),
    }
)
"""Patterns that ship. Makers of Japanese checkers publish no line format: `tanita` follows the comma-separated house
style of the maker's scales (`domain/vehicles_and_attendance.md 5.1`) and is unproven on a checker."""
