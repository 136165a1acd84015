"""The form of `/subscribe`, and what was sent with it."""

from collections.abc import Mapping, Sequence

from app.language import _
from app.messages.languages import Language, asked_language
from app.messages.notice import Channel
from app.messages.subscriber_records import Wishes
from app.messages_settings import MessageSettings
from components.plain_html import Html, tag
from pages.public.frame import LANGUAGE_FIELD

MESSAGE_LANGUAGE = 'message_language'


def channels_of(settings: MessageSettings) -> tuple[Channel, ...]:
    """The ways that are open."""
    on = {Channel.MAIL: settings.mail.is_on, Channel.LINE: settings.line.is_on}
    return tuple(channel for channel, is_on in on.items() if is_on)


def wishes_of(settings: MessageSettings, fields: Mapping[str, str], language: Language) -> Wishes:
    """What was chosen; only what the form offers counts."""
    return Wishes(
        language=asked_language(fields.get(MESSAGE_LANGUAGE, ''), language.value),
        topics=_ticked(fields, 'topic', settings.topics),
        areas=_ticked(fields, 'area', settings.areas),
        needs=_ticked(fields, 'need', settings.needs),
    )


def sign_up_form(
    action: str,
    settings: MessageSettings,
    channels: Sequence[Channel],
    language: Language,
    fields: Mapping[str, str],
) -> Html:
    """The whole form, with what was sent before in its fields."""
    parts = [
        tag('input', type='hidden', name=LANGUAGE_FIELD, value=language.value),
        _channels(channels, fields),
        *([_address(fields.get('address', ''))] if Channel.MAIL in channels else []),
        _languages(asked_language(fields.get(MESSAGE_LANGUAGE, ''), language.value)),
        _choices('topic', _('知りたいこと'), settings.topics, fields),
        _choices('area', _('地区'), settings.areas, fields),
        _choices('need', _('必要な配慮'), settings.needs, fields),
        tag('button', _('登録する'), type='submit'),
    ]
    return tag('form', *parts, method='post', action=action)


def _channels(channels: Sequence[Channel], fields: Mapping[str, str]) -> Html:
    words = {Channel.MAIL: _('メール'), Channel.LINE: _('LINE')}
    chosen = fields.get('channel') or channels[0].value
    choices = [
        _choice('radio', 'channel', channel.value, words[channel], is_chosen=channel.value == chosen)
        for channel in channels
    ]
    return tag('fieldset', tag('legend', _('受け取り方')), *choices)


def _address(value: str) -> Html:
    return tag(
        'div',
        tag('label', _('メールアドレス(メールのとき)'), class_='label', for_='address'),
        tag('input', type='email', id='address', name='address', value=value, autocomplete='email', maxlength='254'),
        class_='field',
    )


def _languages(chosen: Language) -> Html:
    options = [tag('option', one.own_name, value=one.value, lang=one.html, selected=one is chosen) for one in Language]
    return tag(
        'div',
        tag('label', _('お知らせの言葉'), class_='label', for_='message-language'),
        tag('select', *options, id='message-language', name=MESSAGE_LANGUAGE),
        class_='field',
    )


def _choices(name: str, legend: str, words: Sequence[str], fields: Mapping[str, str]) -> Html:
    if not words:
        return Html()
    choices = [
        _choice('checkbox', f'{name}_{index}', '1', _(word), is_chosen=fields.get(f'{name}_{index}') == '1')
        for index, word in enumerate(words)
    ]
    hint = tag(
        'p',
        _('選ばないときは、すべて届きます。') if name != 'need' else _('あてはまるものがあれば選んでください。'),
        class_='hint',
    )
    return tag('fieldset', tag('legend', legend), hint, *choices)


def _choice(kind: str, name: str, value: str, words: str, *, is_chosen: bool) -> Html:
    return tag(
        'label', tag('input', type=kind, name=name, value=value, checked=is_chosen), tag('span', words), class_='choice'
    )


def _ticked(fields: Mapping[str, str], name: str, words: Sequence[str]) -> frozenset[str]:
    return frozenset(word for index, word in enumerate(words) if fields.get(f'{name}_{index}') == '1')
