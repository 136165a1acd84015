"""The pages of a city hall on its ordinary days."""

from app.access.principals import Permission
from app.language import _
from pages.staff.addresses import (
    ACCOUNT,
    ACCOUNTS,
    ALCOHOL,
    CAR_TIMELINE,
    CARDS,
    CARS,
    CHECKERS,
    DESKS,
    DISPOSAL,
    DRIVERS,
    FLEET,
    JOURNAL,
    RESERVATIONS,
    STAFF_LIST,
    TRIPS,
)
from pages.staff.place import Place


def car_places() -> tuple[Place, ...]:
    """Pages of the shared cars."""
    return (
        Place(
            address=CAR_TIMELINE,
            label=_('車の使用状況'),
            purpose=_('どの車がいつ予約され、いつ使われたかを、時間の線で見ます。'),
            symbol='calendar',
            permission=Permission.READ_TRIPS,
        ),
        Place(
            address=TRIPS,
            label=_('運行記録'),
            purpose=_('運行記録を探して訂正し、運転日誌を印刷します。'),
            symbol='paper',
            permission=Permission.READ_TRIPS,
        ),
        Place(
            address=ALCOHOL,
            label=_('アルコール検知記録'),
            purpose=_('運転前後の確認の記録を見て、指示事項を書きます。'),
            symbol='check',
            permission=Permission.READ_TRIPS,
        ),
        Place(
            address=CARS,
            label=_('車両台帳'),
            purpose=_('車を追加し、車検や自賠責の日付を新しくします。'),
            symbol='car',
            permission=Permission.MANAGE_CARS,
        ),
        Place(
            address=DRIVERS,
            label=_('運転者と守衛'),
            purpose=_('運転免許証を確認した記録と、守衛の登録をします。'),
            symbol='person',
            permission=Permission.MANAGE_CARS,
        ),
        Place(
            address=CHECKERS,
            label=_('アルコール検知器'),
            purpose=_('検知器を登録し、毎週の動作確認を記録します。'),
            symbol='reader',
            permission=Permission.GUARD_CARS,
        ),
        Place(
            address=FLEET,
            label=_('適切な台数'),
            purpose=_('台数を減らすと何件貸せなくなるかを、これまでの記録で確かめます。'),
            symbol='car',
            permission=Permission.READ_TRIPS,
        ),
        Place(
            address=RESERVATIONS,
            label=_('予約の読み込み'),
            purpose=_('Garoonとのつながりを確かめ、予約の一覧を取り込みます。'),
            symbol='reader',
            permission=Permission.MANAGE_CARS,
        ),
    )


def people_places() -> tuple[Place, ...]:
    """Pages of staff, cards and accounts."""
    return (
        Place(
            address=CARDS,
            label=_('カード'),
            purpose=_('職員を探し、カードを登録したり、登録を終えたりします。'),
            symbol='card',
            permission=Permission.LINK_CARDS,
        ),
        Place(
            address=STAFF_LIST,
            label=_('職員名簿の取り込み'),
            purpose=_('人事の名簿(CSV・Excel)から職員を追加し、氏名や所属を新しくします。'),
            symbol='cards',
            permission=Permission.MANAGE_STAFF,
        ),
        Place(
            address=ACCOUNTS,
            label=_('アカウント'),
            purpose=_('サインインできる職員と、その役割を決めます。'),
            symbol='person',
            permission=Permission.MANAGE_ACCOUNTS,
        ),
        Place(
            address=ACCOUNT,
            label=_('自分のアカウント'),
            purpose=_('パスワードを変えます。'),
            symbol='check',
        ),
    )


def box_places() -> tuple[Place, ...]:
    """Pages of the box itself."""
    return (
        Place(
            address=DESKS,
            label=_('窓口と端末'),
            purpose=_('窓口を追加し、カードリーダーの状態を確かめ、端末を登録します。'),
            symbol='reader',
            permission=Permission.MANAGE_DESKS,
        ),
        Place(
            address=JOURNAL,
            label=_('記録簿'),
            purpose=_('いつ、だれが、何をしたかを調べ、改ざんがないことを確かめます。'),
            symbol='paper',
            permission=Permission.READ_JOURNAL,
        ),
        Place(
            address=DISPOSAL,
            label=_('廃棄リスト'),
            purpose=_('保存期間を過ぎた記録を確かめ、廃棄を承認します。'),
            symbol='delete',
            permission=Permission.APPROVE_DISPOSAL,
        ),
    )
