"""Codes of the city's own."""

from datetime import UTC, datetime, timedelta

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.codes import (
    LONGEST,
    LONGEST_CONTENT,
    Code,
    ExpiredCode,
    ForeignCode,
    ForgedCode,
    code_png,
    code_svg,
    read_code,
    sign_code,
)

SECRET = bytes(range(32))
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
CONTENTS = st.text(max_size=LONGEST_CONTENT).filter(
    lambda text: '\ud800' not in text and len(text.encode('utf-8', 'replace')) <= LONGEST_CONTENT
)


@given(CONTENTS)
def test_what_was_signed_is_read_again(content: str) -> None:
    text = sign_code(SECRET, 'KEY', content, LATER)
    assert len(text) <= LONGEST
    assert read_code(SECRET, 'KEY', text, NOW) == Code('KEY', content, LATER)


@given(st.data())
def test_a_code_with_one_letter_changed_is_never_accepted(data: st.DataObject) -> None:
    text = sign_code(SECRET, 'KEY', 'car-12', LATER)
    position = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters().filter(lambda letter: letter != text[position]))
    with pytest.raises((ForgedCode, ForeignCode)):
        read_code(SECRET, 'KEY', text[:position] + letter + text[position + 1 :], NOW)


@given(st.text(max_size=300) | st.text(max_size=250).map(lambda text: f'MB1:{text}'))
def test_text_that_was_not_signed_is_never_accepted(text: str) -> None:
    with pytest.raises((ForgedCode, ForeignCode)):
        read_code(SECRET, 'KEY', text, NOW)


def test_a_code_is_accepted_until_the_second_it_carries() -> None:
    text = sign_code(SECRET, 'KEY', 'x', LATER)
    assert read_code(SECRET, 'KEY', text, LATER - timedelta(seconds=1)).content == 'x'
    with pytest.raises(ExpiredCode) as refused:
        read_code(SECRET, 'KEY', text, LATER)
    assert refused.value.expired_at == LATER


def test_a_code_without_expiry_is_left_to_its_register() -> None:
    text = sign_code(SECRET, 'KEY', 'x', None)
    assert read_code(SECRET, 'KEY', text, NOW + timedelta(days=36500)).expires_at is None


def test_a_code_of_another_kind_is_foreign() -> None:
    with pytest.raises(ForeignCode):
        read_code(SECRET, 'PERSON', sign_code(SECRET, 'KEY', 'x', None), NOW)


def test_a_code_of_another_box_is_forged() -> None:
    with pytest.raises(ForgedCode):
        read_code(SECRET, 'KEY', sign_code(b'another', 'KEY', 'x', None), NOW)


def test_a_web_address_is_foreign() -> None:
    with pytest.raises(ForeignCode):
        read_code(SECRET, 'KEY', 'https://example.jp/', NOW)


@pytest.mark.parametrize(
    ('kind', 'content', 'expires_at'),
    [('key', 'x', None), ('KEY', 'あ' * 34, None), ('KEY', 'x', datetime(1970, 1, 1, tzinfo=UTC))],
)
def test_what_cannot_be_put_into_a_code_is_refused(kind: str, content: str, expires_at: datetime | None) -> None:
    with pytest.raises(ValueError):
        sign_code(SECRET, kind, content, expires_at)


def test_a_drawn_code_is_read_by_another_program() -> None:
    text = sign_code(SECRET, 'KEY', '金沢 500 あ 12-34', LATER)
    picture = cv2.imdecode(np.frombuffer(code_png(text), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    assert cv2.QRCodeDetector().detectAndDecode(picture)[0] == text


def test_a_drawn_code_as_svg_carries_no_text() -> None:
    assert '<script' not in code_svg('<script>') and code_svg('<script>').startswith('<svg')
