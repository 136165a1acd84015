from decimal import Decimal

import pytest

from device_drivers.alcohol_checker.units import Unit, is_possible, to_mg_per_litre, unit_from


@pytest.mark.parametrize(
    ('percent', 'mg_per_litre'),
    [('0.00', '0.00'), ('0.01', '0.05'), ('0.03', '0.15'), ('0.0007', '0.00'), ('0.001', '0.01'), ('0.0208', '0.10')],
)
def test_percent_of_blood_becomes_milligrams_of_breath(percent: str, mg_per_litre: str) -> None:
    assert str(to_mg_per_litre(Decimal(percent), Unit.PERCENT_BAC)) == mg_per_litre


def test_milligrams_are_never_rounded_away() -> None:
    assert str(to_mg_per_litre(Decimal('0.004'), Unit.MG_PER_LITRE)) == '0.004'


@pytest.mark.parametrize('word', ['mg/L', 'MG/L', ' mg / l', '㎎/L'])
def test_milligrams_are_known_in_every_spelling(word: str) -> None:
    assert unit_from(word) is Unit.MG_PER_LITRE


@pytest.mark.parametrize('word', ['%BAC', '%', '% bac', '％'])
def test_percent_is_known_in_every_spelling(word: str) -> None:
    assert unit_from(word) is Unit.PERCENT_BAC


def test_an_unknown_unit_is_not_guessed() -> None:
    assert unit_from('ppm') is None


@pytest.mark.parametrize('value', ['-0.01', '-0', '3.01', 'NaN', 'Infinity'])
def test_impossible_values_are_told(value: str) -> None:
    assert not is_possible(Decimal(value))
