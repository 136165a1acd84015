import pytest

from device_drivers.card_reader.reader_names import match_reader

SONY_1 = 'SONY FeliCa RC-S300/S [NFC Reader] (1111111) 00 00'
SONY_2 = 'SONY FeliCa RC-S300/S [NFC Reader] (2222222) 01 00'
ACS = 'ACS ACR1252 Dual Reader [PICC] 00 00'


@pytest.mark.parametrize(
    ('wanted', 'present', 'found'),
    [
        (SONY_2, [SONY_1, SONY_2], SONY_2),
        ('SONY FeliCa RC-S300/S [NFC Reader] (2222222) 00 00', [SONY_1, SONY_2], SONY_2),
        ('SONY FeliCa RC-S300/S [NFC Reader] (2222222)', [SONY_1, SONY_2], SONY_2),
        ('SONY FeliCa RC-S300/S [NFC Reader]', [SONY_1, ACS], SONY_1),
        ('ACS ACR1252 Dual Reader [PICC]', [SONY_1, ACS], ACS),
    ],
)
def test_a_reader_is_found_by_its_name_without_what_plugging_changes(
    wanted: str, present: list[str], found: str
) -> None:
    assert match_reader(wanted, present) == found


@pytest.mark.parametrize(
    ('wanted', 'present'),
    [
        ('SONY FeliCa RC-S300/S [NFC Reader]', [SONY_1, SONY_2]),
        ('SONY FeliCa RC-S300/S [NFC Reader] (3333333) 00 00', [SONY_1, SONY_2]),
        ('ACS ACR1252 Dual Reader [PICC] 01 00', [ACS]),
        ('Virtual PCD 00 00', ['Virtual PCD 00 01']),
        ('ACS', [ACS]),
        (SONY_1, []),
    ],
)
def test_an_ambiguous_or_absent_reader_is_never_guessed(wanted: str, present: list[str]) -> None:
    assert match_reader(wanted, present) is None
