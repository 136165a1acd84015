"""Allergens as people write them, so that what a person tells is found in what a meal contains."""

import unicodedata
from collections.abc import Iterable, Mapping

import jaconv

SPELLINGS: Mapping[str, tuple[str, ...]] = {
    'えび': ('えび', '海老', '甲殻類'),
    'かに': ('かに', '蟹', '甲殻類'),
    'くるみ': ('くるみ', '胡桃', 'ナッツ'),
    '小麦': ('小麦', 'こむぎ'),
    'そば': ('そば', '蕎麦'),
    '卵': ('卵', 'たまご', '玉子'),
    '乳': ('乳', 'みるく', 'ちーず', 'ばたー'),
    '落花生': ('落花生', 'ぴーなっつ', 'ぴーなつ'),
}
"""The eight that must be declared (食品表示基準 別表第14)."""
NOT_MEANT = {'豆乳': '大豆', 'ココナッツミルク': 'ココナッツ'}


def shared_allergens(told: Iterable[str], contained: Iterable[str]) -> tuple[str, ...]:
    """What a meal contains that a person told of, in the words of the list."""
    person = {name for text in told for name in names_in(text)}
    return tuple(sorted(text for text in contained if names_in(text) & person))


def names_in(text: str) -> frozenset[str]:
    """The allergens that a text names; a text that names none of the eight stands for itself."""
    folded = _folded(text)
    for meant, instead in NOT_MEANT.items():
        folded = folded.replace(_folded(meant), _folded(instead))
    found = frozenset(name for name, ways in SPELLINGS.items() if any(_folded(way) in folded for way in ways))
    if found:
        return found
    plain = folded.removesuffix(_folded('アレルギー')).strip()
    return frozenset({plain}) if plain else frozenset()


def _folded(text: str) -> str:
    return jaconv.kata2hira(unicodedata.normalize('NFKC', text)).strip().lower()
