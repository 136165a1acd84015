"""What is kept of an inquiry: one text of one length, so that its size tells nothing."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from app.shelters.inquiries.values import Answer, Identity, Question, Reach, Relation, Sought, Whereabouts
from app.shelters.values import LeftFor, Place, Sex, StayState

BYTES = 16_384
"""Holds every text at its greatest length, spelled as JSON once more as the journal does."""
LONGEST = {'inquirer_name': 100, 'inquirer_address': 200, 'reason': 300, 'name': 100, 'kana': 100, 'address': 200}
LONGEST_ANSWER = 300


def content_text(question: Question, answer: Answer, evacuee: UUID | None, note: str = '') -> str:
    """As JSON, filled so that `spelled` has `BYTES`; `evacuee` is kept only where something was told about them."""
    told = asdict(answer)
    for name in ('injury', 'condition', 'contact'):
        told[name] = told[name][:LONGEST_ANSWER]
    person = str(evacuee) if evacuee and answer.reach is not Reach.NOTHING else ''
    kept = {'question': asdict(question), 'answer': told, 'evacuee': person, 'note': note}
    text = json.dumps(kept, ensure_ascii=False, default=date.isoformat)
    return text + ' ' * (BYTES - len(spelled(text).encode()))


def spelled(text: str) -> str:
    """The text as a JSON string, as a line of the journal holds it."""
    return json.dumps(text, ensure_ascii=False)


def read_content(text: str) -> tuple[Question, Answer]:
    """What `content_text` wrote and `spelled` spelled."""
    kept = json.loads(json.loads(text))
    return _question(kept['question']), _answer(kept['answer'])


def _question(kept: Mapping[str, Any]) -> Question:
    sought = kept['sought']
    return Question(
        inquirer_name=kept['inquirer_name'],
        inquirer_address=kept['inquirer_address'],
        identity=Identity(kept['identity']) if kept['identity'] else None,
        relation=Relation(kept['relation']),
        reason=kept['reason'],
        sought=Sought(
            name=sought['name'],
            kana=sought['kana'],
            birth_date=date.fromisoformat(sought['birth_date']) if sought['birth_date'] else None,
            sex=Sex(sought['sex']) if sought['sex'] else None,
            address=sought['address'],
        ),
    )


def _answer(kept: Mapping[str, Any]) -> Answer:
    place = kept['whereabouts']
    return Answer(
        reach=Reach(kept['reach']),
        injury=kept['injury'],
        condition=kept['condition'],
        contact=kept['contact'],
        whereabouts=Whereabouts(
            shelter=place['shelter'],
            place=Place(place['place']),
            state=StayState(place['state']),
            left_for=LeftFor(place['left_for']) if place['left_for'] else None,
            destination=place.get('destination', ''),
        )
        if place
        else None,
    )
