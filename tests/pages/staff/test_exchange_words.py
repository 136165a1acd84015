"""Every matter between two boxes has words and a next step, in both languages."""

from datetime import timedelta

import pytest

from app import clock
from app.exchange.concerns import ExchangeConcern, ExchangeMatter
from app.exchange.refusals import Refusal
from pages.staff.concern_words import concern_words

REASONS = {ExchangeMatter.REFUSES: [*Refusal], ExchangeMatter.NOT_TAKEN: ['rewritten', 'hash', 'chain', 'unreadable']}


@pytest.mark.parametrize(
    ('matter', 'reason'), [(matter, str(reason)) for matter in ExchangeMatter for reason in REASONS.get(matter, [''])]
)
def test_every_matter_says_what_it_is_and_what_to_do(matter: ExchangeMatter, reason: str) -> None:
    words = concern_words(ExchangeConcern(matter=matter, peer='第二本庁舎', reason=reason, count=2, since=clock.now()))
    assert words.title
    assert words.next_step.endswith('。')
    assert '{' not in words.title + words.next_step


@pytest.mark.parametrize(('days', 'words'), [(7, 'あと6日'), (-1, 'に終わりました')])
def test_a_certificate_says_until_when(days: int, words: str) -> None:
    until = clock.now() + timedelta(days=days)
    assert words in concern_words(ExchangeConcern(matter=ExchangeMatter.CERTIFICATE, until=until)).when
