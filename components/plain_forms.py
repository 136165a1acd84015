"""Forms of many kinds of fields that post without the socket."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from nicegui.element import Element

from app.language import _
from components.elements import box, text

LIST_FILES = '.csv,.xlsx,.xls,.ods,text/csv'
"""Files of which `app.documents.list_rows` reads a list."""


@contextmanager
def plain_form(
    action: str,
    button: str,
    *,
    error: str = '',
    classes: str = 'form-grid',
    careful: bool = False,
    method: str = 'post',
    with_files: bool = False,
    hidden: Mapping[str, str] | None = None,
) -> Iterator[Element]:
    """A form with the fields drawn inside; `error` stands above them.

    A `careful` button looks like one; one that only looks something up (`get`) is quiet beside the page's next step.
    """
    with box('form', 'plain-form', method=method, action=action) as form:
        if with_files:
            form.props['enctype'] = 'multipart/form-data'
        if error:
            text('p', error, 'form-error', role='alert')
        for name, value in (hidden or {}).items():
            box('input', '', type='hidden', name=name, value=value)
        with box('div', classes):
            yield form
        with box('div', 'buttons'):
            text('button', button, f'press {_look(method, careful=careful)}', type='submit')


def _look(method: str, *, careful: bool) -> str:
    if careful:
        return 'press-careful'
    return 'press-quiet' if method == 'get' else 'press-main'


def entry(
    name: str,
    label: str,
    value: str = '',
    *,
    kind: str = 'text',
    hint: str = '',
    required: bool = False,
    most: int = 200,
    step: str = '',
) -> None:
    """A line to type in; `kind` is the HTML input type."""
    with box('div', 'field'):
        _label(name, label, hint)
        field = box('input', 'field-input', id=f'field-{name}', type=kind, name=name, value=value, autocomplete='off')
        field.props['maxlength'] = str(most)
        if step:
            field.props['step'] = step
        _mark(field, name, required=required, hint=hint)


def many_lines(
    name: str, label: str, value: str = '', *, hint: str = '', required: bool = False, most: int = 500
) -> None:
    """Several lines to type in."""
    with box('div', 'field field-wide'):
        _label(name, label, hint)
        field = text('textarea', value, 'field-input', id=f'field-{name}', name=name, rows='3', maxlength=str(most))
        _mark(field, name, required=required, hint=hint)


def selection(name: str, label: str, options: Mapping[str, str], value: str = '', *, hint: str = '') -> None:
    """One of several, by its key."""
    with box('div', 'field'):
        _label(name, label, hint)
        with box('select', 'field-input', id=f'field-{name}', name=name) as field:
            for key, words in options.items():
                option = text('option', words, '', value=key)
                if key == value:
                    option.props('selected')
        _mark(field, name, required=False, hint=hint)


def tick(name: str, label: str, value: bool = False) -> None:
    """A box to tick; posted as `1` when it is."""
    with box('div', 'field field-tick'), box('label', 'tick'):
        field = box('input', '', id=f'field-{name}', type='checkbox', name=name, value='1')
        if value:
            field.props('checked')
        text('span', label)


def file_entry(name: str, label: str, *, hint: str, accept: str) -> None:
    """A file to choose."""
    with box('div', 'field'):
        _label(name, label, hint)
        field = box('input', 'field-input file-input', id=f'field-{name}', name=name, type='file', accept=accept)
        _mark(field, name, required=True, hint=hint)


def yes_no(value: bool) -> str:
    """A fact in a table."""
    return _('はい') if value else _('いいえ')


def _label(name: str, label: str, hint: str) -> None:
    text('label', label, 'field-label', for_=f'field-{name}')
    if hint:
        text('p', hint, 'field-hint', id=f'field-{name}-hint')


def _mark(field: Element, name: str, *, required: bool, hint: str) -> None:
    if required:
        field.props('required')
    if hint:
        field.props['aria-describedby'] = f'field-{name}-hint'
