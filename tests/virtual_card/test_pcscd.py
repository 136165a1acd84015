import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.virtual_card.faults import Faults
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.pcscd import PrivatePcscd

IDM = bytes.fromhex('01101234567890AB')
READ_UID = ['opensc-tool', '--reader', '0', '--send-apdu', 'ffca000000']


@pytest.fixture(scope='module')
def own_pcscd():
    with PrivatePcscd(names=['Gymnasium', 'Office'], first_port=36150) as pcscd:
        yield pcscd


def ask(pcscd: PrivatePcscd) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        READ_UID, env=pcscd.environment, capture_output=True, text=True, timeout=30, check=False, errors='replace'
    )


def names_seen_through(pcscd: PrivatePcscd) -> str:
    command = ['opensc-tool', '--list-readers']
    return subprocess.run(command, env=pcscd.environment, capture_output=True, text=True, timeout=30, check=True).stdout


def test_a_child_process_sees_the_readers_by_the_names_given(own_pcscd: PrivatePcscd):
    listed = names_seen_through(own_pcscd)
    assert own_pcscd.reader_names == ('Gymnasium 00 00', 'Office 00 00')
    assert all(name in listed for name in own_pcscd.reader_names)


def test_two_of_them_do_not_see_each_other(own_pcscd: PrivatePcscd, pcsc: PrivatePcscd):
    assert 'Desk A' not in names_seen_through(own_pcscd)
    assert 'Gymnasium' not in names_seen_through(pcsc)


def test_vpcd_listens_on_no_port_of_this_machine(own_pcscd: PrivatePcscd):
    with open('/proc/net/tcp', encoding='ascii') as table:
        listening = {line.split()[1].rpartition(':')[2] for line in table if ' 0A ' in line}
    assert f'{36150:04X}' not in listening


def test_a_card_that_lay_there_is_read_again_after_pcscd_was_killed_and_started(own_pcscd: PrivatePcscd):
    own_pcscd.link('Gymnasium').insert(FelicaCard(IDM))
    assert '01 10 12 34' in ask(own_pcscd).stdout
    own_pcscd.kill()
    assert ask(own_pcscd).returncode != 0
    own_pcscd.restart()
    own_pcscd.link('Gymnasium').insert(FelicaCard(IDM))
    assert '01 10 12 34' in ask(own_pcscd).stdout
    own_pcscd.link('Gymnasium').remove()


def test_a_mute_card_holds_the_client_until_it_is_lifted(own_pcscd: PrivatePcscd):
    link = own_pcscd.link('Gymnasium')
    link.insert(FelicaCard(IDM), faults=Faults(mute_at=1))
    with subprocess.Popen(
        READ_UID, env=own_pcscd.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as asking:
        link.wait_for_apdus(1)
        assert asking.poll() is None
        link.remove()
        output, _ = asking.communicate(timeout=30)
    assert b'01 10 12 34' not in output


def test_nothing_is_left_behind_after_stop():
    pcscd = PrivatePcscd(names=['Hall'], first_port=36160)
    pcscd.start()
    room = Path(pcscd.client_settings['PCSCLITE_CSOCK_NAME']).parents[2]
    assert room.is_dir()
    pcscd.stop()
    assert not room.exists()


def test_nothing_is_left_behind_when_the_tests_themselves_are_killed():
    dying = """
import os
from tests.virtual_card.pcscd import PrivatePcscd
pcscd = PrivatePcscd(names=['Hall'], first_port=36170)
pcscd.start()
print(pcscd.client_settings['PCSCLITE_CSOCK_NAME'], flush=True)
os.kill(os.getpid(), 9)
"""
    ended = subprocess.run(
        [sys.executable, '-c', dying], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False
    )
    room = Path(ended.stdout.strip()).parents[2]
    assert ended.returncode == -9
    deadline = time.monotonic() + 20
    while room.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not room.exists()


def test_more_names_than_pcsc_lite_has_room_for_are_refused():
    with pytest.raises(ValueError, match='1 to 8'):
        PrivatePcscd(names=[f'Desk {number}' for number in range(9)])
