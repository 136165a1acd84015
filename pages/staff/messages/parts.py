"""Pieces that the pages of messages share."""

from collections.abc import Mapping

from app.messages.languages import Language
from app.messages.notice import Text
from components.elements import box as element
from components.elements import text


def draw_facts(facts: Mapping[str, str]) -> None:
    """Labels and what they say."""
    with element('dl', 'facts'):
        for label, words in facts.items():
            with element('div', 'fact'):
                text('dt', label)
                text('dd', words)


def draw_texts(texts: Mapping[Language, Text]) -> None:
    """A notice in each of its languages."""
    for language, one in texts.items():
        with element('section', 'section', lang=language.html):
            text('h2', language.own_name, 'section-title')
            text('h3', one.subject, 'message-subject')
            text('p', one.body, 'message-body')
