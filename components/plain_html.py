"""HTML as text, for pages that must work on any phone over a weak net: one small answer, no script, no socket."""

import re
from functools import cache
from html import escape
from pathlib import Path

STYLE_SHEET = Path(__file__).parent / 'assets' / 'public.css'
_VOID = frozenset({'input', 'meta', 'br'})
_TEXT_ONLY = frozenset({'title', 'option', 'textarea'})
_READING = re.compile(r'([\u4e00-\u9fff々]+)\(([ぁ-ん]+)\)')


class Html(str):
    """Markup; a plain `str` is text, and is escaped wherever it goes."""

    __slots__ = ()


def tag(name: str, /, *content: str, **attributes: str | bool) -> Html:
    """An element; attribute names are written with `_` for `-`, those that are False are left out."""
    opened = f'<{name}{"".join(_attribute(*one) for one in attributes.items())}>'
    if name in _VOID:
        return Html(opened)
    inner = ''.join(map(escape, content)) if name in _TEXT_ONLY else joined(*content)
    return Html(f'{opened}{inner}</{name}>')


def joined(*content: str) -> Html:
    """One after the other; the reading of a word in kanji, in brackets, is set above it: 受付(うけつけ)."""
    return Html(''.join(one if isinstance(one, Html) else _with_readings(escape(one)) for one in content))


def document(title: str, language: str, *content: str) -> str:
    """A whole page in one answer, its style sheet included."""
    head = tag(
        'head',
        tag('meta', charset='utf-8'),
        tag('meta', name='viewport', content='width=device-width, initial-scale=1'),
        tag('meta', name='robots', content='noindex'),
        tag('title', title),
        tag('style', Html(_style())),
    )
    return f'<!DOCTYPE html>{tag("html", head, tag("body", *content), lang=language)}'


def _with_readings(escaped: str) -> str:
    return _READING.sub(r'<ruby>\1<rp>(</rp><rt>\2</rt><rp>)</rp></ruby>', escaped)


@cache
def _style() -> str:
    return STYLE_SHEET.read_text(encoding='utf-8')


def _attribute(name: str, value: str | bool) -> str:
    spelled = name.rstrip('_').replace('_', '-')
    if isinstance(value, bool):
        return f' {spelled}' if value else ''
    return f' {spelled}="{escape(value)}"'
