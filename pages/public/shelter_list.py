"""The list of open shelters, fifty to a page."""

from app.language import _
from app.messages.languages import Language
from app.settings import Settings
from app.shelters.open_data.directory import Directory, Fullness, OpenShelter
from app.shelters.open_data.words import fullness_word, kind_word
from components.plain_html import Html, document, joined, tag
from components.times import day_and_time

PER_PAGE = 50
SIGNS = {Fullness.ROOM: '○', Fullness.CROWDED: '△', Fullness.FULL: '■', Fullness.UNKNOWN: '？'}
"""The shapes of the map, so that colour is never alone."""


def list_page(found: Directory, language: Language, settings: Settings, page: int) -> str:
    """A whole page; one beyond the last is the last."""
    pages = max(1, -(-len(found.shelters) // PER_PAGE))
    number = min(max(1, page), pages)
    first = (number - 1) * PER_PAGE
    shown = found.shelters[first : first + PER_PAGE]
    entries = [_entry(one, first + position) for position, one in enumerate(shown, 1)]
    listed = tag('ol', *entries, start=str(first + 1), class_='shelters') if entries else _nothing()
    parts = (as_of(found), _ways(), listed, _pages(number, pages, language))
    return public_document(_('開いている避難所'), language, settings, '/shelters', *parts)


def public_document(title: str, language: Language, settings: Settings, path: str, *parts: str) -> str:
    """The frame of both pages: the same for all phones, so that one answer serves them."""
    main = tag('main', tag('h1', title), *parts)
    foot = tag(
        'footer', tag('p', settings.name), tag('p', _('お問い合わせ: {contact}').format(contact=settings.contact.text))
    )
    style = tag('style', Html(STYLE))
    return document(title, language.html, style, tag('div', languages(path, language), main, foot, class_='page'))


def languages(path: str, current: Language) -> Html:
    """The way to the same page in the other languages."""
    return tag('nav', tag('ul', *(_language(path, one, current) for one in Language)), aria_label='Language / 言語')


def as_of(found: Directory) -> Html:
    """How many, and when."""
    words = _('{at}現在、{count}か所が開いています。')
    return tag('p', words.format(at=day_and_time(found.as_of), count=f'{len(found.shelters):,}'), class_='as-of')


def sign(fullness: Fullness) -> Html:
    """How full, as a shape and a word."""
    return tag('strong', f'{SIGNS[fullness]} {fullness_word(fullness)}', class_=f'f-{fullness}')


def _entry(one: OpenShelter, number: int) -> Html:
    entry = one.shelter.entry
    lines = [tag('h2', entry.name), tag('p', sign(one.fullness), f' {kind_word(entry.kind)}')]
    lines += [tag('p', words) for words in (entry.address, _accepts(entry.accepts), entry.remarks) if words]
    return tag('li', *lines, id=f's{number}')


def _accepts(words: str) -> str:
    return _('受け入れる人: {words}').format(words=words) if words else ''


def _nothing() -> Html:
    words = _('いま開いている避難所はありません。危険を感じたら、安全な場所へ移ってください。')
    return tag('p', words)


def _ways() -> Html:
    links = (('/shelters/map', _('地図で見る')), ('/shelters.csv', 'CSV'), ('/shelters.geojson', 'GeoJSON'))
    return tag(
        'nav', tag('ul', *(tag('li', tag('a', words, href=path)) for path, words in links)), aria_label=_('ほかの形')
    )


def _pages(number: int, pages: int, language: Language) -> Html:
    def link(words: str, page: int) -> Html:
        return tag('li', tag('a', words, href=f'/shelters?page={page}&lang={language.value}'))

    if pages == 1:
        return joined()
    links = [link(_('前の{count}か所').format(count=PER_PAGE), number - 1)] if number > 1 else []
    links += [link(_('次の{count}か所').format(count=PER_PAGE), number + 1)] if number < pages else []
    here = tag('p', _('{number} / {pages}ページ').format(number=number, pages=pages))
    return tag('nav', here, tag('ul', *links), aria_label=_('ページ'))


def _language(path: str, language: Language, current: Language) -> Html:
    if language is current:
        return tag('li', tag('strong', language.own_name, lang=language.html))
    return tag('li', tag('a', language.own_name, href=f'{path}?lang={language.value}', lang=language.html))


STYLE = (
    '.shelters{padding:0 0 0 2.5rem}.shelters li{padding:.75rem 0;border-bottom:1px solid #b3b3b3}'
    '.shelters h2{margin:0}.shelters p{margin:0}'
    '.f-room{color:#197a4b}.f-crowded{color:#a35200}.f-full{color:#ce0000}'
    '.names{columns:14rem}.names li{break-inside:avoid}'
)
