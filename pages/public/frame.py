"""What public pages have in common: the reader's language, the frame, and answers that ask for nothing else."""

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.access.policies import Audience, Policy, policies
from app.language import _
from app.messages.languages import Language, asked_language
from components.plain_html import Html, document, joined, tag
from components.theme import asset_url

LANGUAGE_FIELD = 'lang'
LANGUAGE_COOKIE = 'machibako_language'
LANGUAGE_SECONDS = 30 * 24 * 3600
SCRIPT = 'speak.js'
REFUSED_STATUS = 422


def open_to_all(path: str, *, proves_itself: bool = False) -> None:
    """Let everybody ask for this path; see `Policy.proves_itself` for the rest."""
    policies.add(Policy(path=path, audience=Audience.PUBLIC, proves_itself=proves_itself))


def language_of(request: Request, form: Mapping[str, str] | None = None) -> Language:
    """The language of whoever asks: chosen now, else chosen before, else that of the browser."""
    chosen = (form or {}).get(LANGUAGE_FIELD) or request.query_params.get(LANGUAGE_FIELD, '')
    chosen = chosen or request.cookies.get(LANGUAGE_COOKIE, '')
    return asked_language(chosen, request.headers.get('accept-language', ''))


def public_page(
    title: str,
    language: Language,
    *content: str,
    path: str,
    place: str,
    contact: str = '',
    status: int = 200,
    practice: bool = False,
) -> HTMLResponse:
    """A page; `path` is where the links to its other languages lead, `place` the box, `contact` whom to call."""
    banner = [tag('p', _('訓練です'), class_='practice')] if practice else []
    main = tag('main', tag('h1', title), *content)
    drawn = tag('div', _languages(path, language), *banner, main, _footer(place, contact), class_='page')
    body = joined(drawn, _reader())
    response = HTMLResponse(
        document(f'{title} | {place}', language.html, body), status, headers={'Vary': 'Accept-Language, Cookie'}
    )
    response.set_cookie(LANGUAGE_COOKIE, language.value, max_age=LANGUAGE_SECONDS, samesite='lax', httponly=True)
    return response


def told(words: str, next_step: str = '') -> Html:
    """Something went well."""
    return tag('div', tag('p', words), *_more(next_step), class_='told', role='status')


def problem(words: str, next_step: str = '') -> Html:
    """Something did not, and what to do."""
    return tag('div', tag('p', words), *_more(next_step), class_='problem', role='alert')


def press_form(action: str, button: str, language: Language) -> Html:
    """One button that posts."""
    hidden = tag('input', type='hidden', name=LANGUAGE_FIELD, value=language.value)
    return tag('form', hidden, tag('button', button, type='submit'), method='post', action=action)


def _more(next_step: str) -> list[Html]:
    return [tag('p', next_step)] if next_step else []


def _languages(path: str, current: Language) -> Html:
    entries = [tag('li', _language_link(path, language, is_current=language is current)) for language in Language]
    return tag('nav', tag('ul', *entries), aria_label='Language / 言語')


def _language_link(path: str, language: Language, *, is_current: bool) -> Html:
    if is_current:
        return tag('strong', language.own_name, lang=language.html)
    address = f'{path}?{LANGUAGE_FIELD}={language.value}'
    return tag('a', language.own_name, href=address, lang=language.html, hreflang=language.html)


def _footer(place: str, contact: str) -> Html:
    whom = [tag('p', _('お問い合わせ: {contact}').format(contact=contact))] if contact else []
    return tag('footer', tag('p', place), *whom)


def _reader() -> Html:
    words = {'data_read': _('読み上げる'), 'data_stop': _('止める')}
    return tag('script', src=asset_url(SCRIPT), defer=True, **words)
