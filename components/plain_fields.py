"""Fields of plain forms, as text: what a phone fills in without a script."""

from collections.abc import Collection, Mapping

from components.plain_html import Html, tag


def line(name: str, label: str, value: str = '', *, hint: str = '', kind: str = 'text', most: int = 100) -> Html:
    """One line to type in."""
    described = {'aria_describedby': f'{name}-hint'} if hint else {}
    entry = tag(
        'input', type=kind, id=name, name=name, value=value, maxlength=str(most), autocomplete='off', **described
    )
    return tag('div', tag('label', label, class_='label', for_=name), *_hint(name, hint), entry, class_='field')


def lines(name: str, label: str, value: str = '', *, hint: str = '', most: int = 300) -> Html:
    """Several lines to type in."""
    described = {'aria_describedby': f'{name}-hint'} if hint else {}
    entry = tag('textarea', value, id=name, name=name, rows='3', maxlength=str(most), **described)
    return tag('div', tag('label', label, class_='label', for_=name), *_hint(name, hint), entry, class_='field')


def choice(name: str, label: str, options: Mapping[str, str], chosen: str) -> Html:
    """One of several, in a list that opens."""
    drawn = [tag('option', words, value=key, selected=key == chosen) for key, words in options.items()]
    return tag(
        'div',
        tag('label', label, class_='label', for_=name),
        tag('select', *drawn, id=name, name=name),
        class_='field',
    )


def radios(name: str, legend: str, options: Mapping[str, str], chosen: str) -> Html:
    """One of a few, all in sight."""
    drawn = [_choice('radio', name, key, words, is_chosen=key == chosen) for key, words in options.items()]
    return tag('fieldset', tag('legend', legend), *drawn)


def ticks(name: str, legend: str, options: Mapping[str, str], chosen: Collection[str]) -> Html:
    """Any of several; posted under one name."""
    drawn = [_choice('checkbox', name, key, words, is_chosen=key in chosen) for key, words in options.items()]
    return tag('fieldset', tag('legend', legend), *drawn)


def tick(name: str, words: str, *, is_chosen: bool = False) -> Html:
    """Yes or not said; posted as `1`."""
    return tag('div', _choice('checkbox', name, '1', words, is_chosen=is_chosen), class_='field')


def hidden(name: str, value: str) -> Html:
    """A value that goes along."""
    return tag('input', type='hidden', name=name, value=value)


def _choice(kind: str, name: str, value: str, words: str, *, is_chosen: bool) -> Html:
    field = tag('input', type=kind, name=name, value=value, checked=is_chosen)
    return tag('label', field, tag('span', words), class_='choice')


def _hint(name: str, hint: str) -> list[Html]:
    return [tag('p', hint, class_='hint', id=f'{name}-hint')] if hint else []
