"""The report on a list of shelters, in words: what was repaired, what was refused, line by line."""

from collections.abc import Iterable, Mapping

from app.language import _
from app.shelters.list_import import ListedShelter, Refused
from app.shelters.list_repair import Repair
from app.shelters.list_saving import Change, ListComparison

MOST_LINES_NAMED = 12


def figures(found: ListComparison) -> list[tuple[str, int]]:
    """How many lines ended how."""
    return [
        (_('追加'), len(found.added)),
        (_('変更'), len(found.changed)),
        (_('変わらない'), found.unchanged),
        (_('取り込めない行'), len(found.read.refused)),
        (_('人が確かめる行'), len(found.doubtful)),
        (_('避難所でない場所'), len(found.no_shelter)),
    ]


def refusals(found: ListComparison) -> list[tuple[int, str, str]]:
    """Line, name and reason of every line that was not taken."""
    refused = [(one.line, one.name, refusal_words()[one.reason]) for one in found.read.refused]
    doubtful = [
        (
            one.listed.line,
            one.listed.entry.name,
            _('「{known}」と同じ場所かもしれません。違う避難所なら、画面で追加してください').format(
                known='」「'.join(one.known)
            ),
        )
        for one in found.doubtful
    ]
    return sorted(refused + doubtful)


def repairs(found: ListComparison) -> list[tuple[str, int, str]]:
    """Each kind of repair with its number of lines and the lines, in ranges, most frequent first."""
    taken = found.read.shelters
    lines = {repair: [one.line for one in taken if repair in one.repairs] for repair in Repair}
    told = [(repair_words()[repair], len(of), ranges(of)) for repair, of in lines.items() if of]
    return sorted(told, key=lambda one: -one[1])


def repaired_line(listed: ListedShelter) -> str:
    """Everything that was put right in a line."""
    return '、'.join(repair_words()[repair] for repair in Repair if repair in listed.repairs)


def change_words(change: Change) -> str:
    """What the list says differently."""
    words = field_words()
    return '、'.join(
        f'{words.get(name, name)}: {_value(getattr(change.before.entry, name))} → {_value(getattr(change.after, name))}'
        for name in change.fields
    )


def ranges(lines: Iterable[int]) -> str:
    """Line numbers as `2–504、600`; of many, the first."""
    spans: list[tuple[int, int]] = []
    for line in sorted(lines):
        if spans and line == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], line)
        else:
            spans.append((line, line))
    told = [str(first) if first == last else f'{first}–{last}' for first, last in spans]
    more = _('ほか') if len(told) > MOST_LINES_NAMED else ''
    return '、'.join([*told[:MOST_LINES_NAMED], more] if more else told)


def repair_words() -> dict[Repair, str]:
    """What was put right."""
    return {
        Repair.COLUMNS_SHIFTED: _('市区町村コードなど三つの値が連絡先の列に入っていた(元の列へ戻した)'),
        Repair.WIDE_DIGITS: _('全角の数字(半角にした)'),
        Repair.HALF_KANA: _('半角カナ(全角にした)'),
        Repair.DASH: _('「－」だけの欄(未入力とした)'),
        Repair.CAPACITY_FROM_WORDS: _('収容人数が文で書いてある(数を読み取り、文は備考に残した)'),
        Repair.CAPACITY_UNREADABLE: _('収容人数が読み取れない(未入力とした)'),
        Repair.NO_CAPACITY: _('収容人数がない(未入力のまま。0人ではありません)'),
        Repair.NO_COORDINATES: _('緯度・経度がない(地図には出ません)'),
        Repair.WRONG_COORDINATES: _('緯度・経度が日本の外か、数でない(未入力とした)'),
        Repair.COORDINATES_SWAPPED: _('緯度と経度が逆(入れ替えた)'),
    }


def refusal_words() -> dict[Refused, str]:
    """Why a line was not taken."""
    return {
        Refused.EMPTY: _('IDも名称もない行です'),
        Refused.OTHER_COLUMNS: _('列の数が1行目と違います'),
        Refused.NO_CODE: _('IDがありません'),
        Refused.NO_NAME: _('名称がありません'),
        Refused.FORMULA: _('数式が入っています。値にして保存し直してください'),
        Refused.TOO_LONG: _('長すぎる欄があります'),
        Refused.CONTROL: _('使えない文字が入っています'),
        Refused.DOUBLE: _('同じIDが前の行にあります'),
    }


def field_words() -> dict[str, str]:
    """Names of what is known of a shelter."""
    return {
        'name': _('名称'),
        'kana': _('フリガナ'),
        'kind': _('種類'),
        'address': _('所在地'),
        'district': _('校下'),
        'latitude': _('緯度'),
        'longitude': _('経度'),
        'capacity': _('収容人数'),
        'blocked_capacity': _('使えない人数'),
        'area_m2': _('面積(㎡)'),
        'phone': _('電話番号'),
        'hazards': _('対応する災害'),
        'accepts': _('受入対象者'),
        'remarks': _('備考'),
        'source': _('出典'),
        'published': _('公開データのほかの列'),
    }


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return '・'.join(value) or _('未入力')
    if isinstance(value, Mapping):
        return '、'.join(f'{column} {cell}' for column, cell in value.items()) or _('未入力')
    return _('未入力') if value in (None, '') else str(value)
