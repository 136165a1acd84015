"""Invented people of an invented city."""

from app.people.staff import StaffEntry

SURNAMES = (
    ('山田', 'ヤマダ'), ('佐藤', 'サトウ'), ('鈴木', 'スズキ'), ('高橋', 'タカハシ'), ('田中', 'タナカ'),
    ('渡邉', 'ワタナベ'), ('長谷川', 'ハセガワ'), ('林', 'ハヤシ'), ('五十嵐', 'イガラシ'), ('西村', 'ニシムラ'),
    ('中川', 'ナカガワ'), ('北', 'キタ'), ('東出', 'ヒガシデ'), ('宮本', 'ミヤモト'), ('髙田', 'タカタ'),
    ('勅使河原', 'テシガワラ'), ('本多', 'ホンダ'), ('村井', 'ムライ'), ('横山', 'ヨコヤマ'), ('奥村', 'オクムラ'),
)  # fmt: skip
GIVEN_NAMES = (('太郎', 'タロウ'), ('花子', 'ハナコ'), ('一', 'ハジメ'), ('さくら', 'サクラ'))
DEPARTMENTS = ('総務課', '市民課', '道路管理課', '危機管理課', 'こども政策課', '文化振興課')
FIRST_NUMBER = 1001


def invented_staff() -> list[StaffEntry]:
    """Eighty people who do not exist; the first one administers the box, the second one is the attendance clerk."""
    pairs = [(surname, given) for given in GIVEN_NAMES for surname in SURNAMES]
    return [
        StaffEntry(
            number=str(FIRST_NUMBER + index),
            name=f'{surname[0]}\u3000{given[0]}',
            kana=f'{surname[1]}\u3000{given[1]}',
            department=DEPARTMENTS[index % len(DEPARTMENTS)],
        )
        for index, (surname, given) in enumerate(pairs)
    ]
