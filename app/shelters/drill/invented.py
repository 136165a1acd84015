"""Invented people who come to an invented shelter in a drill; the same seed makes the same people."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from app.shelters.details import Consent, PersonDetails
from app.shelters.values import Sex

SURNAMES = (
    '山田 ヤマダ 中村 ナカムラ 林 ハヤシ 山本 ヤマモト 田中 タナカ 吉田 ヨシダ 髙橋 タカハシ 東 ヒガシ 宮本 ミヤモト '
    '西川 ニシカワ 北村 キタムラ 𠮷川 ヨシカワ 渡邉 ワタナベ 本多 ホンダ 前田 マエダ 奥村 オクムラ'
    ' 長 チョウ 横山 ヨコヤマ'
).split()
PROTECTED_SURNAMES = '能登谷 ノトヤ 円山 マルヤマ 白峰 シラミネ'.split()
"""Nobody else has them, so that the name alone tells where one of them is found."""
GIVEN = {
    Sex.MALE: '太郎 タロウ 健一 ケンイチ 大輔 ダイスケ 翔 ショウ 清 キヨシ 蓮 レン'.split(),
    Sex.FEMALE: '花子 ハナコ 和子 カズコ 由美 ユミ さくら サクラ 結衣 ユイ 陽菜 ヒナ'.split(),
}
"""Each with its reading after it."""
TOWNS = ('泉1丁目', '泉野町2丁目', '弥生1丁目', '野町3丁目', '寺町4丁目', '泉本町6丁目')
OLDEST_DAYS = 95 * 365
LARGEST_FAMILY = 4


class Way(StrEnum):
    """What somebody holds when they stand at a desk for the first time."""

    TRANSIT = 'transit'
    WRISTBAND = 'wristband'
    """A QR code that was put around their wrist at the door."""
    MY_NUMBER = 'my_number'
    PHONE = 'phone'
    """The QR of what they entered of their household on their phone."""
    WITH_FAMILY = 'with_family'
    """They stand behind somebody who entered them."""
    NOTHING = 'nothing'


WEIGHTS = {Way.TRANSIT: 30, Way.WRISTBAND: 25, Way.MY_NUMBER: 20, Way.PHONE: 10, Way.NOTHING: 15}
WITH_TOKEN = frozenset({Way.TRANSIT, Way.WRISTBAND, Way.MY_NUMBER})


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """Somebody who comes."""

    index: int
    details: PersonDetails = field(repr=False)
    visitor: bool
    way: Way
    speaker: int
    """Index of whoever entered them on a phone; without that, their own."""

    @property
    def has_token(self) -> bool:
        """Whether a touch or a scan leads to them afterwards."""
        return self.way in WITH_TOKEN


def invent(seed: int, people: int, *, protected: int, visitors: int, today: date) -> list[InventedPerson]:
    """So many people; the protected ones and the visitors are among them, spread."""
    chance = random.Random(seed)  # noqa: S311 - the same seed must make the same people
    order = chance.sample(range(people), people)
    hidden, away = set(order[:protected]), set(order[protected : protected + visitors])
    alone = [
        _invented(chance, index, today, is_protected=index in hidden, is_visitor=index in away)
        for index in range(people)
    ]
    return _with_families(chance, alone)


def _with_families(chance: random.Random, people: list[InventedPerson]) -> list[InventedPerson]:
    """Whoever has a phone brings some of those who come next, if they live where they do."""
    together, speaker, to_come = list[InventedPerson](), people[0], 0
    for person in people:
        if to_come and person.visitor == speaker.visitor:
            to_come -= 1
            details = replace(person.details, address=speaker.details.address)
            together.append(replace(person, details=details, way=Way.WITH_FAMILY, speaker=speaker.index))
        else:
            speaker = person
            to_come = chance.randrange(LARGEST_FAMILY) if person.way is Way.PHONE else 0
            together.append(person)
    return together


def _invented(
    chance: random.Random, index: int, today: date, *, is_protected: bool, is_visitor: bool
) -> InventedPerson:
    sex = chance.choice((Sex.MALE, Sex.FEMALE))
    surname, surname_kana = _one_of(chance, PROTECTED_SURNAMES if is_protected else SURNAMES)
    given, given_kana = _one_of(chance, GIVEN[sex])
    details = PersonDetails(
        name=f'{surname} {given}',
        kana=f'{surname_kana} {given_kana}',
        birth_date=today - timedelta(days=chance.randrange(OLDEST_DAYS)),
        sex=sex,
        address='' if is_visitor else f'石川県金沢市{chance.choice(TOWNS)}{1 + index % 30}番{1 + index // 30}号',
        protected=is_protected,
        consent=Consent(relatives=True, acquaintances=chance.random() < 0.5),
        onward='金沢駅' if is_visitor else '',
    )
    (way,) = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))
    if (is_protected and way is Way.NOTHING) or (is_visitor and way is Way.MY_NUMBER):
        way = Way.TRANSIT
    return InventedPerson(index, details, is_visitor, way, speaker=index)


def _one_of(chance: random.Random, names: list[str]) -> tuple[str, str]:
    at = 2 * chance.randrange(len(names) // 2)
    return names[at], names[at + 1]
