import pytest

from tests.virtual_card import commands
from tests.virtual_card.apdu_journal import (
    JPKI_APPLICATION,
    TEXT_APPLICATION,
    VISUAL_APPLICATION,
    ApduJournal,
    SelectedFile,
)

OK = b'\x90\x00'
SELECT_TEXT = commands.select_application(TEXT_APPLICATION)


def journal_of(*sent: bytes) -> ApduJournal:
    journal = ApduJournal()
    for command in sent:
        journal.record(command, OK)
    return journal


def test_no_repr_shows_a_pin_and_the_raw_command_is_kept():
    journal = journal_of(commands.verify(b'4649'), bytes.fromhex('0024018004') + b'4649')
    assert '4649' not in repr(journal)
    assert b'4649'.hex(' ') not in repr(journal)
    assert journal.verify_bodies() == (b'4649', b'4649')


def test_files_selected_by_long_and_by_short_identifier_are_told_with_their_application():
    journal = journal_of(
        commands.select_application(JPKI_APPLICATION), commands.select_file(0x0A), commands.read_binary_short(0x0B)
    )
    assert journal.selected_files() == (SelectedFile(JPKI_APPLICATION, 0x0A), SelectedFile(JPKI_APPLICATION, 0x0B))
    assert journal.files_with_the_individual_number() == ()


@pytest.mark.parametrize(
    'touch',
    [
        commands.select_file(0x01),
        bytes.fromhex('00A40000020001'),
        bytes.fromhex('00A4020C0000020001'),
        commands.read_binary_short(0x01),
        commands.select_file(0x14),
        bytes.fromhex('0020009404') + b'0000',
        bytes.fromhex('00200094'),
    ],
)
def test_every_way_to_reach_for_the_individual_number_is_found(touch: bytes):
    assert len(journal_of(SELECT_TEXT, touch).files_with_the_individual_number()) == 1


def test_an_application_selected_by_a_prefix_of_its_name_is_recognised():
    prefix = commands.select_application(TEXT_APPLICATION[:6])
    assert journal_of(prefix, commands.select_file(0x01)).files_with_the_individual_number()


def test_the_visual_application_has_its_own_numbering():
    select_visual = commands.select_application(VISUAL_APPLICATION)
    assert journal_of(select_visual, commands.select_file(0x13)).files_with_the_individual_number()
    assert not journal_of(select_visual, commands.select_file(0x14)).files_with_the_individual_number()


def test_the_signature_certificate_of_jpki_is_another_file_0001():
    select_jpki = commands.select_application(JPKI_APPLICATION)
    assert not journal_of(select_jpki, commands.select_file(0x01)).files_with_the_individual_number()


def test_a_selection_the_card_refused_does_not_hide_the_one_before():
    journal = journal_of(SELECT_TEXT)
    journal.record(commands.select_application(JPKI_APPLICATION), b'\x6a\x82')
    journal.record(commands.select_file(0x01), OK)
    assert journal.files_with_the_individual_number()


def test_bytes_that_are_no_command_are_kept_too():
    journal = journal_of(b'\x00', b'\x00\xa4\x04\x0c\xff\x00')
    assert len(journal.exchanges) == 2
    assert journal.selected_files() == ()
