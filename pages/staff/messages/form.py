"""The form in which a notice is written, and what was sent with it."""

from collections.abc import Mapping

from fastapi import Request

from app.language import _
from app.messages.languages import Language
from app.messages.notice import LONGEST_BODY, LONGEST_SUBJECT, Audience, Notice, Text, Urgency
from app.messages_settings import MessageSettings
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, many_lines, plain_form, selection, tick

PREVIEW = '/staff/messages/preview'
LARGEST_BODY = 262_144
"""Bytes of a posted notice in eight languages."""
_MOST_FIELDS = 120


async def posted_notice(request: Request) -> dict[str, str]:
    """The fields of the form; lines end as the box writes them."""
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as form:
        return {
            name: value.replace('\r\n', '\n')
            for name, value in form.multi_items()
            if isinstance(value, str) and len(value) <= LONGEST_BODY * 2
        }


def notice_of(fields: Mapping[str, str], settings: MessageSettings) -> Notice:
    """What was written."""
    texts = {
        language: Text(fields.get(f'subject_{language}', '').strip(), fields.get(f'body_{language}', '').strip())
        for language in Language
    }
    return Notice(
        texts={language: one for language, one in texts.items() if one.subject or one.body},
        topic=_chosen(fields, 'topic', settings.topics),
        audience=Audience(areas=_ticked(fields, 'area', settings.areas), needs=_ticked(fields, 'need', settings.needs)),
        urgency=Urgency.URGENT if fields.get('urgent') == '1' else Urgency.NORMAL,
        practice=fields.get('practice') == '1',
        attempt=fields.get('attempt', '')[:64],
    )


def draw_form(settings: MessageSettings, fields: Mapping[str, str], problem: str = '') -> None:
    """All that is asked of who writes."""
    with plain_form(PREVIEW, _('内容と宛先を確かめる'), error=problem, with_files=True):
        topics = {str(index): _(topic) for index, topic in enumerate(settings.topics)}
        selection('topic', _('種類'), topics, fields.get('topic', ''))
        with element('div', 'field field-wide message-choices'):
            tick('urgent', _('緊急(夜間も送る)'), fields.get('urgent') == '1')
            tick('practice', _('訓練(送らずに流れだけを確かめる)'), fields.get('practice') == '1')
        _draw_language(Language.JAPANESE, fields)
        for language in list(Language)[1:]:
            with element('details', 'field field-wide message-language') as folded:
                text('summary', language.own_name)
                if fields.get(f'subject_{language}') or fields.get(f'body_{language}'):
                    folded.props('open')
                _draw_language(language, fields)
        _draw_choices('area', _('地区(選ばないと全部)'), settings.areas, fields)
        _draw_choices('need', _('配慮が必要な人だけに送る'), settings.needs, fields)


def _draw_language(language: Language, fields: Mapping[str, str]) -> None:
    name = language.own_name
    subject, body = f'subject_{language}', f'body_{language}'
    with element('div', 'field field-wide', lang=language.html):
        entry(subject, _('件名({language})').format(language=name), fields.get(subject, ''), most=LONGEST_SUBJECT)
        label = _('本文({language})').format(language=name)
        many_lines(body, label, fields.get(body, ''), most=LONGEST_BODY)


def _draw_choices(name: str, legend: str, words: tuple[str, ...], fields: Mapping[str, str]) -> None:
    if not words:
        return
    with element('fieldset', 'field field-wide message-choices'):
        text('legend', legend, 'field-label')
        for index, word in enumerate(words):
            tick(f'{name}_{index}', _(word), fields.get(f'{name}_{index}') == '1')


def _chosen(fields: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    typed = fields.get(name, '')
    index = int(typed) if typed.isdecimal() and len(typed) < 4 else len(words)
    return words[index] if index < len(words) else ''


def _ticked(fields: Mapping[str, str], name: str, words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for index, word in enumerate(words) if fields.get(f'{name}_{index}') == '1')
