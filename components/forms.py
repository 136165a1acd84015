"""Plain HTML forms: they post without the socket, so signing in works on any browser."""

from collections.abc import Mapping
from dataclasses import dataclass

from nicegui.element import Element

from components.elements import box, set_attributes, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One line of a form; `name` is what is posted."""

    name: str
    label: str
    hint: str = ''
    kind: str = 'text'
    """The HTML input type: text, password, number, date."""
    value: str = ''
    autocomplete: str = 'off'
    input_mode: str = ''
    required: bool = True
    error: str = ''


def html_form(
    action: str, fields: tuple[Field, ...], button: str, *, error: str = '', hidden: Mapping[str, str] | None = None
) -> Element:
    """A form that posts to `action`; `error` stands above the fields, `hidden` carries tokens."""
    with box('form', 'form', method='post', action=action) as form:
        if error:
            text('p', error, 'form-error', role='alert')
        for name, value in (hidden or {}).items():
            box('input', '', type='hidden', name=name, value=value)
        for field in fields:
            _draw(field)
        text('button', button, 'press press-main', type='submit')
    return form


def _draw(field: Field) -> None:
    identifier = f'field-{field.name}'
    with box('div', 'field'):
        text('label', field.label, 'field-label', for_=identifier)
        if field.hint:
            text('p', field.hint, 'field-hint', id=f'{identifier}-hint')
        entry = box('input', 'field-input', id=identifier, type=field.kind, name=field.name, value=field.value)
        set_attributes(entry, autocomplete=field.autocomplete, **_described(field, identifier))
        if field.required:
            entry.props('required')
        if field.error:
            text('p', field.error, 'form-error', id=f'{identifier}-error')


def _described(field: Field, identifier: str) -> dict[str, str]:
    attributes = {'inputmode': field.input_mode} if field.input_mode else {}
    if field.error:
        return attributes | {'aria_invalid': 'true', 'aria_describedby': f'{identifier}-error'}
    if field.hint:
        return attributes | {'aria_describedby': f'{identifier}-hint'}
    return attributes
