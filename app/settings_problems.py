"""What is wrong with a setting, in one line."""

from collections.abc import Mapping

from pydantic import BaseModel, ValidationError

SECRET_WORDS = ('password', 'proxy', 'token', 'secret')


def is_setting(model: type[BaseModel], path: list[str]) -> bool:
    """Whether there is a setting of this name, such as `server`, `port`."""
    field = model.model_fields.get(path[0])
    if field is None:
        return False
    if len(path) == 1:
        return True
    inner = field.annotation
    return isinstance(inner, type) and issubclass(inner, BaseModel) and is_setting(inner, path[1:])


def first_problem(error: ValidationError) -> str:
    """One line that names the setting, what is wrong with it and its value, unless that is a secret or a section."""
    first = error.errors(include_url=False)[0]
    name = '.'.join(str(part) for part in first['loc'])
    value = first.get('input')
    is_secret = any(word in name for word in SECRET_WORDS)
    is_section = isinstance(value, Mapping | BaseModel)
    is_hidden = is_secret or is_section or first['type'] in ('extra_forbidden', 'missing')
    shown = '' if is_hidden else f' ({value!r})'
    reason = 'there is no such setting' if first['type'] == 'extra_forbidden' else first['msg']
    return f'{name}: {reason}{shown}'
