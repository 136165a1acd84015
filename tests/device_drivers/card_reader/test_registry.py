import subprocess
import sys

import pytest

from device_drivers.card_reader.pcsc import PcscCardReader
from device_drivers.card_reader.registry import BadReaderAddress, list_pcsc_readers, normalise_address, open_reader
from device_drivers.card_reader.settings import PcscSettings
from device_drivers.card_reader.simulation import SimulatedCardReader
from device_drivers.cards.identify import CardIdentifier
from tests.virtual_card.pcscd import PrivatePcscd

WITHOUT_PYSCARD = """
import sys
sys.modules['smartcard.scard'] = None
from device_drivers.card_reader.registry import PcscNotInstalled, list_pcsc_readers
try:
    list_pcsc_readers()
except PcscNotInstalled as error:
    print(error)
"""
WITHOUT_SERVICE = """
from device_drivers.card_reader.registry import PcscUnavailable, list_pcsc_readers
try:
    list_pcsc_readers()
except PcscUnavailable as error:
    print(error)
"""


@pytest.mark.parametrize(
    ('address', 'normal'),
    [
        ('Virtual PCD 00 00', 'pcsc:Virtual PCD 00 00'),
        ('pcsc:Virtual PCD 00 00', 'pcsc:Virtual PCD 00 00'),
        (' sim:front desk ', 'sim:front desk'),
        ('ACS: a name with a colon', 'pcsc:ACS: a name with a colon'),
    ],
)
def test_a_bare_reader_name_means_a_real_reader(address: str, normal: str) -> None:
    assert normalise_address(address) == normal


@pytest.mark.parametrize('address', ['', '  ', 'pcsc:', 'sim: '])
def test_an_address_without_a_name_is_refused(address: str) -> None:
    with pytest.raises(BadReaderAddress, match='names no reader'):
        normalise_address(address)


def test_the_address_chooses_the_driver(identifier: CardIdentifier) -> None:
    assert isinstance(open_reader('sim:desk', identifier), SimulatedCardReader)
    assert isinstance(open_reader('Desk A 00 00', identifier), PcscCardReader)


def test_the_readers_plugged_in_are_listed_by_address(pcsc: PrivatePcscd) -> None:
    assert {'pcsc:Desk A 00 00', 'pcsc:Desk B 00 00'} <= set(list_pcsc_readers())


@pytest.mark.parametrize(('program', 'said'), [(WITHOUT_PYSCARD, 'pyscard'), (WITHOUT_SERVICE, 'pcscd')])
def test_a_missing_part_is_named(program: str, said: str) -> None:
    environment = {'PCSCLITE_CSOCK_NAME': '/nonexistent/pcscd.comm'}
    done = subprocess.run(
        [sys.executable, '-c', program], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert said in done.stdout


def test_the_pcsc_library_is_not_loaded_before_a_reader_is_opened() -> None:
    program = 'import sys, device_drivers.card_reader.registry; print("smartcard" in sys.modules)'
    done = subprocess.run([sys.executable, '-c', program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == 'False'


def test_settings_that_cannot_work_are_refused() -> None:
    with pytest.raises(ValueError, match='positive'):
        PcscSettings(answer_timeout=0)


def test_the_back_off_doubles_up_to_its_limit() -> None:
    settings = PcscSettings()
    assert [settings.back_off(failures) for failures in range(6)] == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0]
