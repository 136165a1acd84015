"""Plain rules: addresses, links, languages, quiet hours, pauses."""

from datetime import datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.messages.addresses import WrongAddress, masked, typed_address
from app.messages.languages import Language, asked_language, best_of, understood
from app.messages.outcomes import LONGEST_PAUSE, ChannelDown, Later, Reason, pause_of_channel, pause_of_delivery
from app.messages.pace import Pace, is_quiet
from app.messages.tokens import CODE_LENGTH, Tokens, new_code, typed_code

LANGUAGES = st.sampled_from(list(Language))


class _Vault:
    def secret(self, purpose: str) -> bytes:
        return purpose.encode() * 4


TOKENS = Tokens(_Vault())  # type: ignore[arg-type]


@given(st.uuids(), st.sampled_from(['confirm', 'unsubscribe']))
def test_a_token_names_its_subscriber_for_its_purpose_alone(subscriber: UUID, purpose: str) -> None:
    token = TOKENS.make(purpose, subscriber)
    assert TOKENS.read(purpose, token) == subscriber
    assert TOKENS.read('other', token) is None


@given(st.uuids(), st.integers(0, 42), st.text(max_size=3))
def test_a_changed_token_names_nobody(subscriber: UUID, place: int, letters: str) -> None:
    token = TOKENS.make('confirm', subscriber)
    changed = token[:place] + letters + token[place + 1 :]
    assert changed == token or TOKENS.read('confirm', changed) in (None, subscriber)
    assert changed.rstrip('=')[:42] == token[:42] or TOKENS.read('confirm', changed) is None


@given(st.text(max_size=200))
def test_no_token_breaks_the_reader(text: str) -> None:
    assert TOKENS.read('confirm', text) is None


def test_a_code_is_read_however_it_was_typed() -> None:
    code = new_code()
    assert typed_code(f' {code[:4].lower()}-{code[4:]} ') == code
    assert len(code) == CODE_LENGTH
    assert typed_code('こんにちは') == ''


@pytest.mark.parametrize(
    ('typed', 'address'),
    [
        ('yamada@example.jp', 'yamada@example.jp'),
        (' Yamada@EXAMPLE.jp ', 'Yamada@example.jp'),
        ('ｙａｍａｄａ＠ｅｘａｍｐｌｅ．ｊｐ', 'yamada@example.jp'),
        ('ya..mada.@docomo.ne.jp', 'ya..mada.@docomo.ne.jp'),
    ],
)
def test_an_address_is_taken_as_people_type_it(typed: str, address: str) -> None:
    assert typed_address(typed) == address


@pytest.mark.parametrize(
    'typed',
    [
        '',
        'yamada',
        '@example.jp',
        'a@b',
        'a b@example.jp',
        'a@-x.jp',
        'a@example..jp',
        f'{"a" * 65}@x.jp',
        'a@x.jp\r\nBcc: b@x.jp',
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(WrongAddress):
        typed_address(typed)


@given(st.text(max_size=300))
def test_whatever_is_taken_for_an_address_fits_on_one_line_of_letters(typed: str) -> None:
    try:
        address = typed_address(typed)
    except WrongAddress:
        return
    assert address.isascii()
    assert address.isprintable()
    assert not set(address) & set(' <>",;:\\')
    assert address.split('@')[0] not in masked(address) or len(address.split('@')[0]) == 1


@given(LANGUAGES, st.dictionaries(LANGUAGES, st.text(), min_size=0))
def test_everybody_gets_a_text_and_their_own_language_first(language: Language, texts: dict[Language, str]) -> None:
    texts = {Language.JAPANESE: 'ja', **texts}
    assert best_of(texts, language) == texts[next(one for one in understood(language) if one in texts)]
    assert language not in texts or best_of(texts, language) == texts[language]


@given(st.text(max_size=100), st.text(max_size=300))
def test_every_request_has_a_language(chosen: str, accepted: str) -> None:
    assert asked_language(chosen, accepted) in Language


@pytest.mark.parametrize(
    ('now', 'quiet'), [(time(20, 59), False), (time(21), True), (time(0), True), (time(6, 59), True), (time(7), False)]
)
def test_the_quiet_hours_go_over_midnight(now: time, quiet: bool) -> None:
    assert is_quiet(now, time(21), time(7)) is quiet


@given(st.times(), st.times())
def test_the_same_time_twice_means_no_quiet_hours(now: time, edge: time) -> None:
    assert not is_quiet(now, edge, edge)


@given(st.integers(1, 10_000))
def test_pauses_grow_and_end_within_half_an_hour(attempts: int) -> None:
    assert 20 <= pause_of_delivery(attempts, Later(Reason.BUSY)) <= LONGEST_PAUSE
    assert pause_of_delivery(attempts, Later(Reason.BUSY, '', 77)) == 77
    assert 3 <= pause_of_channel(attempts, ChannelDown(Reason.SERVER)) <= 300


@given(st.integers(1, 1000), st.lists(st.floats(0, 120), min_size=1, max_size=50))
def test_never_more_than_so_many_leave_within_a_minute_beyond_the_first(per_minute: int, pauses: list[float]) -> None:
    settable = clock.SettableClock(datetime(2026, 11, 23, tzinfo=clock.TOKYO))
    with clock.use(settable):
        pace, start, sent = Pace(per_minute), clock.monotonic(), 0
        for pause in pauses:
            settable.forward(seconds=pause)
            settable.forward(seconds=pace.wait_seconds())
            sent += 1
            minutes = timedelta(seconds=clock.monotonic() - start) / timedelta(minutes=1)
            assert sent <= per_minute * (1 + minutes) + 1
