"""OpenSC knows the 公的個人認証 application independently of us: what it accepts is not only our own reading."""

import subprocess
from pathlib import Path

import pytest
from cryptography import x509

from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.my_number import SIGNATURE_PASSWORD, Activation, MyNumberCard, Variant
from tests.virtual_card.pcscd import PrivatePcscd

READ_CERTIFICATE = ('pkcs15-tool', '--read-certificate', '1')
SELF_TEST = ('pkcs11-tool', '--test', '--login', '--pin', '1234', '--slot-index', '0')


class OpenSc:
    """Runs OpenSC's programs against the reader of Desk A."""

    def __init__(self, pcsc: PrivatePcscd, card: MyNumberCard) -> None:
        self.card = card
        self.link = pcsc.link('Desk A')
        self._environment = pcsc.environment
        self.link.insert(card)

    def run(self, *command: str, driver: str = 'jpki') -> subprocess.CompletedProcess[str]:
        environment = self._environment | ({'OPENSC_DRIVER': driver} if driver else {})
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def opensc(pcsc: PrivatePcscd, card_authority: CardAuthority) -> OpenSc:
    return OpenSc(pcsc, MyNumberCard(card_authority))


def test_opensc_recognises_the_card_among_all_it_knows(opensc: OpenSc):
    assert opensc.run('opensc-tool', '--name', driver='').stdout == 'jpki\n'


def test_opensc_lists_two_pins_two_keys_and_the_certificates(opensc: OpenSc):
    listed = opensc.run('pkcs15-tool', '--dump')
    assert listed.returncode == 0
    assert listed.stdout.count('PIN [') == 2
    assert listed.stdout.count('Private RSA Key [') == 2
    assert listed.stdout.count('X.509 Certificate [') == 4
    assert 'Tries left     : 3' in listed.stdout
    assert 'Tries left     : 5' in listed.stdout


def test_opensc_reads_the_certificate_without_pin(opensc: OpenSc):
    read = opensc.run(*READ_CERTIFICATE)
    assert x509.load_pem_x509_certificate(read.stdout.encode()) == x509.load_der_x509_certificate(
        opensc.card.certificate_der
    )
    assert opensc.link.journal.verify_bodies() == ()


def test_opensc_reads_the_signature_certificate_only_with_its_password(opensc: OpenSc):
    command = ('pkcs15-tool', '--read-certificate', '2')
    assert opensc.run(*command).returncode != 0
    with_password = opensc.run(*command, '--auth-id', '2', '--verify-pin', '--pin', SIGNATURE_PASSWORD)
    assert 'BEGIN CERTIFICATE' in with_password.stdout


def test_opensc_tests_the_token_without_errors(opensc: OpenSc):
    tested = opensc.run(*SELF_TEST)
    assert tested.returncode == 0, tested.stdout + tested.stderr
    assert tested.stdout.endswith('No errors\n')


def test_openssl_verifies_a_signature_that_opensc_had_made(opensc: OpenSc, tmp_path: Path):
    message, signature, public_key = (tmp_path / name for name in ('message', 'signature', 'key.pem'))
    message.write_bytes(b'a challenge')
    login = ('--login', '--pin', '1234', '--slot-index', '0', '--id', '01')
    files = ('--input-file', str(message), '--output-file', str(signature))
    assert opensc.run('pkcs11-tool', '--sign', '--mechanism', 'SHA256-RSA-PKCS', *login, *files).returncode == 0
    certificate = tmp_path / 'certificate.pem'
    certificate.write_text(opensc.run(*READ_CERTIFICATE).stdout)
    key = subprocess.run(['openssl', 'x509', '-in', certificate, '-pubkey', '-noout'], capture_output=True, check=True)
    public_key.write_bytes(key.stdout)
    verify = ['openssl', 'dgst', '-sha256', '-verify', str(public_key), '-signature', str(signature), str(message)]
    assert subprocess.run(verify, capture_output=True, text=True, check=True).stdout == 'Verified OK\n'


def test_the_certificate_opensc_read_chains_to_the_root(opensc: OpenSc, card_authority: CardAuthority, tmp_path: Path):
    root, certificate = tmp_path / 'root.pem', tmp_path / 'certificate.pem'
    root.write_bytes(card_authority.root_pem)
    certificate.write_text(opensc.run(*READ_CERTIFICATE).stdout)
    verify = ['openssl', 'verify', '-CAfile', str(root), '-purpose', 'sslclient', str(certificate)]
    assert subprocess.run(verify, capture_output=True, text=True, check=True).stdout.endswith(': OK\n')


def test_three_wrong_pins_block_the_card_for_opensc_too(opensc: OpenSc):
    wrong = ('pkcs15-tool', '--verify-pin', '--auth-id', '1', '--pin', '0000')
    for tries_left in (2, 1, 0):
        assert opensc.run(*wrong).returncode != 0
        assert opensc.card.pin_tries_left() == tries_left
    right = opensc.run('pkcs15-tool', '--verify-pin', '--auth-id', '1', '--pin', '1234')
    assert right.returncode != 0
    assert opensc.link.journal.exchanges[-1].status in (0x6984, 0x63C0)
    assert opensc.run(*READ_CERTIFICATE).returncode == 0


@pytest.mark.parametrize('activation', Activation)
def test_opensc_reads_the_card_whatever_its_answer_to_reset(
    pcsc: PrivatePcscd, card_authority: CardAuthority, activation: Activation
):
    opensc = OpenSc(pcsc, MyNumberCard(card_authority, activation=activation))
    assert 'BEGIN CERTIFICATE' in opensc.run(*READ_CERTIFICATE).stdout


def test_opensc_signs_on_a_card_that_keeps_the_pin_over_a_reselection(
    pcsc: PrivatePcscd, card_authority: CardAuthority
):
    opensc = OpenSc(pcsc, MyNumberCard(card_authority, reselect_clears_verify=False))
    assert opensc.run(*SELF_TEST).stdout.endswith('No errors\n')


def test_opensc_cannot_read_the_certificate_of_a_phone_without_its_pin(
    pcsc: PrivatePcscd, card_authority: CardAuthority
):
    opensc = OpenSc(pcsc, MyNumberCard(card_authority, variant=Variant.ANDROID))
    assert 'BEGIN CERTIFICATE' not in opensc.run(*READ_CERTIFICATE).stdout


def test_opensc_reads_the_text_application_as_a_raw_client(opensc: OpenSc):
    code = opensc.card.holder.code_b.hex()
    commands = ('00A4040C0AD3921000310001010408', '00A4020C020015', '00200080', f'002000800E{code}', '00A4020C020002')
    sent = [argument for command in (*commands, '00B0000000') for argument in ('--send-apdu', command)]
    answered = opensc.run('opensc-tool', *sent).stdout
    assert 'SW1=0x63, SW2=0xCA' in answered
    assert (opensc.link.journal.exchanges[-1].response or b'').startswith(b'\xff\x20')
    assert opensc.link.journal.files_with_the_individual_number() == ()


def test_opensc_reads_the_idm_of_a_felica_card(pcsc: PrivatePcscd, opensc: OpenSc):
    pcsc.link('Desk A').insert(FelicaCard(bytes.fromhex('01101234567890AB')))
    assert '01 10 12 34 56 78 90 AB' in opensc.run('opensc-tool', '--send-apdu', 'FFCA000000', driver='').stdout
