"""What boxes say to each other survives the way, and nothing else passes for it."""

import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.message import (
    Answer,
    BadMessage,
    Batch,
    Fault,
    encode_answer,
    encode_batch,
    read_answer,
    read_batch,
)
from app.journal.epochs import Cursor
from tests.app.exchange.recorded import Recording

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def test_a_batch_arrives_as_it_was_sent(recording: Recording) -> None:
    batch = Batch(box=recording.box, epoch=recording.epoch, lines=recording.lines, more=True)
    assert read_batch(encode_batch(batch)) == batch


@given(st.uuids(), st.none() | st.integers(0, 10**9), st.sampled_from(Fault))
def test_an_answer_arrives_as_it_was_sent(box: UUID, sequence: int | None, fault: Fault) -> None:
    answer = Answer(box, None if sequence is None else Cursor('abc123', sequence), fault)
    assert read_answer(json.dumps(encode_answer(answer)).encode()) == answer


@given(st.binary(max_size=200) | json_values.map(lambda value: json.dumps(value).encode()))
def test_anything_else_is_a_bad_message(content: bytes) -> None:
    for read in (read_batch, read_answer):
        with pytest.raises(BadMessage):
            read(content)


@given(data=st.data(), value=json_values)
def test_a_line_with_one_value_replaced_is_read_or_is_a_bad_message(
    recording: Recording, data: st.DataObject, value: object
) -> None:
    batch = json.loads(encode_batch(Batch(box=recording.box, epoch=recording.epoch, lines=recording.lines[:1])))
    sent = batch['lines'][0]
    where = data.draw(st.sampled_from([batch, sent, sent['line']]))
    where[data.draw(st.sampled_from(sorted(where)))] = value
    try:
        read = read_batch(json.dumps(batch).encode())
    except BadMessage:
        return
    assert all(str(line.line['box']) == str(read.box) for line in read.lines)


def test_lines_of_a_third_box_are_no_batch(recording: Recording) -> None:
    batch = Batch(box=UUID(int=1), epoch=recording.epoch, lines=recording.lines[:1])
    with pytest.raises(BadMessage):
        read_batch(encode_batch(batch))
