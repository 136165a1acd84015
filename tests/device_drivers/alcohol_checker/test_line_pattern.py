from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device_drivers.alcohol_checker.line_pattern import LONGEST_LINE, PATTERNS, BadLinePattern, LinePattern
from device_drivers.alcohol_checker.line_splitter import LineSplitter
from device_drivers.alcohol_checker.units import Unit, is_possible

TANITA = b'DT,"26/11/23",Ti,"08:30:12",SN,"22014587",AL,"0.00",ST,"OK"'


def test_a_plain_number_is_in_milligrams_unless_it_says_otherwise() -> None:
    plain = PATTERNS['plain']
    measurement = plain.read(b'0.15', 12.5)
    assert measurement is not None
    assert (measurement.value_mg_per_litre, measurement.unit) == (Decimal('0.15'), Unit.MG_PER_LITRE)
    assert (measurement.raw, measurement.measured_at, measurement.serial) == ('0.15', 12.5, None)


def test_a_percentage_is_converted_and_its_own_words_kept() -> None:
    measurement = PATTERNS['plain'].read(b'0.03 %BAC', 0)
    assert measurement is not None
    assert (str(measurement.value_mg_per_litre), measurement.raw) == ('0.15', '0.03 %BAC')
    assert measurement.unit is Unit.PERCENT_BAC


def test_the_comma_separated_line_tells_value_and_serial_number() -> None:
    measurement = PATTERNS['tanita'].read(TANITA, 0)
    assert measurement is not None
    assert (str(measurement.value_mg_per_litre), measurement.serial) == ('0.00', '22014587')


@pytest.mark.parametrize(
    'line',
    [b'', b'READY', b'0.15 ppm', b'-0.15', b'9.99', b'0.15\x80', b'\xff\xfe', b'0.15 0.16', b' ' * 300 + b'0.15'],
)
def test_other_lines_are_no_measurement(line: bytes) -> None:
    assert PATTERNS['plain'].read(line, 0) is None


def test_a_city_can_write_its_own_pattern() -> None:
    pattern = LinePattern.compile(r'#(?P<serial>\d+) BAC=(?P<value>\d+\.\d+)(?P<unit>%)')
    measurement = pattern.read(b'#0042 BAC=0.010%', 0)
    assert measurement is not None
    assert (str(measurement.value_mg_per_litre), measurement.serial) == ('0.05', '0042')


@pytest.mark.parametrize('expression', ['(', r'\d+', r'(?P<value>\d+)'])
def test_a_pattern_that_can_give_nothing_is_refused_when_it_is_set(expression: str) -> None:
    with pytest.raises(BadLinePattern):
        LinePattern.compile(expression)


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(PATTERNS)))
def test_any_line_is_a_possible_measurement_or_none(line: bytes, name: str) -> None:
    measurement = PATTERNS[name].read(line, 0)
    assert measurement is None or is_possible(measurement.value_mg_per_litre)


lines_of_bytes = st.lists(st.binary(min_size=1, max_size=20).map(lambda line: line.translate(None, b'\r\n') or b'x'))


@settings(deadline=None)
@given(lines_of_bytes, st.lists(st.integers(0, 200), max_size=20).map(sorted))
def test_lines_are_the_same_however_the_bytes_arrive(lines: list[bytes], cuts: list[int]) -> None:
    stream = b''.join(line + b'\r\n' for line in lines)
    splitter = LineSplitter()
    parts = [stream[start:end] for start, end in pairwise([0, *cuts, max(len(stream), 200)])]
    assert [line for part in parts for line in splitter.feed(part)] == lines


def test_noise_without_an_end_is_dropped_and_the_next_line_read() -> None:
    splitter = LineSplitter()
    assert splitter.feed(b'\x00' * LONGEST_LINE) + splitter.feed(b'\x00' * LONGEST_LINE) == []
    assert splitter.feed(b'tail of the noise\r\n0.00\r\n') == [b'0.00']
    assert splitter.dropped == 1


def test_a_fragment_does_not_become_part_of_the_next_line() -> None:
    splitter = LineSplitter()
    splitter.feed(b'1')
    splitter.drop_fragment()
    assert splitter.feed(b'0.00\r\n') == [b'0.00']
    assert splitter.dropped == 1
