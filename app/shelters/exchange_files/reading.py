"""Reading a template (TOML), and saying in plain words what is wrong with one."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from app.language import _
from app.shelters.exchange_files.fields import FIELDS
from app.shelters.exchange_files.template import Form, Letters, LineEnd, Rows, Template, TemplateColumn, TemplateError

MOST_BYTES, MOST_COLUMNS, LONGEST = 100_000, 300, 200
TEXTS = ('title', 'target', 'root', 'row', 'confirmed', 'notes')
KNOWN = frozenset({*TEXTS, 'form', 'encoding', 'line_end', 'rows', 'headings', 'columns'})
COLUMN_TEXTS = ('name', 'field', 'value', 'format', 'empty')
ELEMENT = re.compile('[A-Z_a-zÀ-ÖØ-öø-ÿ々〇ぁ-ゖァ-ヺーｦ-ﾟ一-鿿][A-Z_a-zÀ-ÖØ-öø-ÿ々〇ぁ-ゖァ-ヺーｦ-ﾟ一-鿿0-9.-]*')
"""What XML 1.0 lets begin and go on in a name, of the letters that a Japanese system would use."""
Choice = TypeVar('Choice', bound=StrEnum)


def read_template(content: bytes, name: str) -> Template:
    """The template of a file.

    Raises:
        TemplateError: names every problem; nothing of the template can be used.
    """
    told = _told(content)
    problems = [_('知らない項目があります: {name}').format(name=key) for key in sorted(set(told) - KNOWN)]
    problems += [_('文字で書いてください: {name}').format(name=key) for key in TEXTS if _is_no_text(told, key)]
    if problems:
        raise TemplateError(*problems)
    template = Template(
        name=name,
        title=told.get('title', '') or name,
        target=told.get('target', ''),
        form=_choice(told, 'form', Form, Form.CSV),
        letters=_choice(told, 'encoding', Letters, Letters.UTF8_BOM),
        line_end=_choice(told, 'line_end', LineEnd, LineEnd.CRLF),
        rows=_choice(told, 'rows', Rows, Rows.OPEN),
        columns=_columns(told.get('columns')),
        headings=told.get('headings', True) is True,
        root=told.get('root', 'shelters'),
        row=told.get('row', 'shelter'),
        confirmed=told.get('confirmed', ''),
        notes=told.get('notes', ''),
    )
    _check(template)
    return template


def _told(content: bytes) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise TemplateError(_('ファイルが大きすぎます。'))
    try:
        told = tomllib.loads(content.decode('utf-8-sig'))
    except UnicodeDecodeError:
        raise TemplateError(_('文字コードがUTF-8ではありません。UTF-8で保存し直してください。')) from None
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(_('TOMLとして読めません: {error}').format(error=error)) from None
    except RecursionError:
        raise TemplateError(_('TOMLとして読めません: {error}').format(error='nesting')) from None
    if not told:
        raise TemplateError(_('ファイルが空です。'))
    return told


def _choice(told: Mapping[str, Any], key: str, kind: type[Choice], usual: Choice) -> Choice:
    value = told.get(key, usual)
    if not isinstance(value, str) or value not in set(kind):
        words = _('{name}: 「{value}」は使えません。次のどれかです: {known}')
        raise TemplateError(words.format(name=key, value=value, known='、'.join(kind)))
    return kind(value)


def _columns(told: Any) -> tuple[TemplateColumn, ...]:
    if not isinstance(told, list) or not told:
        raise TemplateError(_('列がありません。[[columns]] を1つ以上書いてください。'))
    if len(told) > MOST_COLUMNS:
        raise TemplateError(_('列が多すぎます(最大{count})。').format(count=MOST_COLUMNS))
    problems = [problem for number, one in enumerate(told, 1) for problem in _column_problems(one, number)]
    if problems:
        raise TemplateError(*problems)
    return tuple(
        TemplateColumn(words=one.get('words'), **{key: one.get(key, '') for key in COLUMN_TEXTS}) for one in told
    )


def _column_problems(told: Any, number: int) -> list[str]:
    where = _('{number}列目').format(number=number)
    if not isinstance(told, dict):
        return [_('{where}: 読めません。').format(where=where)]
    found = []
    unknown = sorted(set(told) - {*COLUMN_TEXTS, 'words'})
    found += [_('{where}: 知らない項目があります: {name}').format(where=where, name=key) for key in unknown]
    wrong = [key for key in COLUMN_TEXTS if _is_no_text(told, key)]
    found += [_('{where}: 文字で書いてください: {name}').format(where=where, name=key) for key in wrong]
    if found:
        return found
    if not told.get('name'):
        found.append(_('{where}: 列の名前(name)がありません。').format(where=where))
    if bool(told.get('field')) == ('value' in told):
        found.append(_('{where}: field か value のどちらか1つを書いてください。').format(where=where))
    return found + _field_problems(told, where)


def _field_problems(told: Mapping[str, Any], where: str) -> list[str]:
    field = FIELDS.get(told.get('field', ''))
    if told.get('field') and field is None:
        words = _('{where}: 「{field}」という項目はありません。使えるもの: {known}')
        return [words.format(where=where, field=told['field'], known='、'.join(sorted(FIELDS)))]
    words_of = told.get('words')
    if words_of is None or field is None:
        return []
    if not isinstance(words_of, dict) or not all(isinstance(word, str) for word in words_of.values()):
        return [_('{where}: words は「値 = "言葉"」の並びで書いてください。').format(where=where)]
    missing = sorted(field.values - set(words_of))
    if missing:
        return [_('{where}: words に足りない値があります: {values}').format(where=where, values='、'.join(missing))]
    return []


def _check(template: Template) -> None:
    doubled = [name for name, times in Counter(column.name for column in template.columns).items() if times > 1]
    if doubled:
        raise TemplateError(_('同じ名前の列があります: {names}').format(names='、'.join(doubled)))
    if template.form is not Form.XML:
        return
    names = [template.root, template.row, *(column.name for column in template.columns)]
    wrong = [name for name in names if not ELEMENT.fullmatch(name)]
    if wrong:
        raise TemplateError(_('XMLの要素名に使えない名前です: {names}').format(names='、'.join(wrong)))


def _is_no_text(told: Mapping[str, Any], key: str) -> bool:
    value = told.get(key, '')
    longest = MOST_BYTES if key == 'notes' else LONGEST
    return not isinstance(value, str) or len(value) > longest
