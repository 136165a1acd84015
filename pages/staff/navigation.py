"""Where staff can go: the one list of their pages, and the frame they all stand in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from nicegui.element import Element

from app.access.principals import Permission, Principal, StaffPrincipal, current_principal, is_allowed
from app.language import _
from components.frames import NavigationEntry, NavigationGroup, staff_frame

HOME = '/staff'
DESKS = '/staff/desks'
CARDS = '/staff/cards'
STAFF_LIST = '/staff/staff-list'
JOURNAL = '/staff/journal'
DISPOSAL = '/staff/disposal'
RESERVATIONS = '/staff/reservations'
FLEET = '/staff/fleet'
CARS = '/staff/cars'
CARS_IMPORT = '/staff/cars/import'
CAR_TIMELINE = '/staff/cars/timeline'
TRIPS = '/staff/trips'
TRIPS_PAPER = '/staff/trips/paper'
RECORD_CHECKS = '/staff/trips/checks'
ALCOHOL = '/staff/alcohol'
DRIVERS = '/staff/drivers'
DRIVERS_IMPORT = '/staff/drivers/import'
CHECKERS = '/staff/checkers'
CHECKERS_IMPORT = '/staff/checkers/import'
PERMITS = '/staff/cars/permits'
MESSAGES = '/staff/messages'
MESSAGES_SUBSCRIBERS = '/staff/messages/subscribers'
HEADQUARTERS = '/staff/headquarters'
SHELTERS = '/staff/shelters'
SHELTER_NEW = '/staff/shelters/new'
SHELTER_RECEPTION = '/staff/shelters/reception'
SHELTER_IMPORT = '/staff/shelters/import'
SHELTER_CODES = '/staff/shelters/codes'
INQUIRIES = '/staff/shelters/inquiries'
PROTECTED = '/staff/shelters/protected'
EVACUEES = '/staff/evacuees'
DUPLICATES = '/staff/evacuees/duplicates'
ROLL_CALL = '/staff/evacuees/roll-call'
HOUSEHOLDS = '/staff/households'
SHELTER_NOTICES = '/staff/shelters/notices'
VULNERABLE = '/staff/shelters/vulnerable'
SHELTER_ENDING = '/staff/shelters/ending'
SHELTER_COPIES = '/staff/shelters/copies'
SHELTER_PAPERS = '/staff/shelters/papers'
SHELTER_OUTSIDE = '/staff/shelters/outside'
SHELTER_ACROSS = '/staff/shelters/across'
ACCOUNTS = '/staff/accounts'
SHELTER_NEEDS = '/staff/shelters/needs'
SHELTER_REPORTS = '/staff/shelters/reports'
SHELTER_HEALTH = '/staff/shelters/health'
SHELTER_HELPERS = '/staff/shelters/helpers'
HANDOUTS = '/staff/shelters/handouts'
ACCOUNT = '/staff/account'


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page of the staff's side."""

    address: str
    label: str
    purpose: str
    """What a person does there, in one sentence."""
    symbol: str
    permission: Permission | None = None


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Pages of one line of work."""

    label: str
    places: tuple[Place, ...]


def places_of(principal: Principal) -> tuple[PlaceGroup, ...]:
    """The pages that this person may open, beside the home page; no group is empty."""
    groups = (
        PlaceGroup(_('公用車'), _allowed(principal, _car_places())),
        PlaceGroup(_('避難所'), _allowed(principal, _shelter_places())),
        PlaceGroup(_('災害対策本部'), _allowed(principal, _headquarters_places())),
        PlaceGroup(_('職員とカード'), _allowed(principal, _people_places())),
        PlaceGroup(_('窓口と記録'), _allowed(principal, _box_places())),
    )
    return tuple(group for group in groups if group.places)


@contextmanager
def staff_page(title: str, address: str) -> Iterator[Element]:
    """The frame of a staff page at this address, with the navigation of whoever asks for it."""
    principal = current_principal()
    name = principal.name if isinstance(principal, StaffPrincipal) else ''
    with staff_frame(title, name, navigation(principal, address)) as main:
        yield main


def navigation(principal: Principal, current: str) -> tuple[NavigationGroup, ...]:
    """The entries beside every staff page."""
    home = NavigationEntry(label=_('ホーム'), address=HOME, current=current == HOME)
    rooms = (NavigationGroup(label=group.label, entries=_entries(group, current)) for group in places_of(principal))
    return (NavigationGroup(entries=(home,)), *rooms)


def _entries(group: PlaceGroup, current: str) -> tuple[NavigationEntry, ...]:
    return tuple(
        NavigationEntry(label=place.label, address=place.address, current=current == place.address)
        for place in group.places
    )


def _allowed(principal: Principal, places: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(place for place in places if place.permission is None or is_allowed(principal, place.permission))


def _car_places() -> tuple[Place, ...]:
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
            purpose=_('Garoonとのつながりを確かめ、予約のCSVを取り込みます。'),
            symbol='reader',
            permission=Permission.MANAGE_CARS,
        ),
    )


def _shelter_places() -> tuple[Place, ...]:
    return (
        Place(
            address=SHELTERS,
            label=_('避難所'),
            purpose=_('避難所を開設し、満員や閉鎖にし、区画と収容人数を決めます。'),
            symbol='person',
            permission=Permission.RUN_SHELTER,
        ),
        Place(
            address=SHELTER_RECEPTION,
            label=_('避難所の受付'),
            purpose=_('受付の端末の避難所を決め、緊急の応援に対応します。'),
            symbol='tap',
            permission=Permission.RUN_SHELTER,
        ),
        Place(
            address=EVACUEES,
            label=_('避難者'),
            purpose=_('避難者を探し、登録内容と移動を記録し、重複を確かめます。'),
            symbol='person',
            permission=Permission.READ_EVACUEES,
        ),
        Place(
            address=SHELTER_PAPERS,
            label=_('紙の登録票の入力'),
            purpose=_('手で書かれた登録票の写真を見ながら、横の欄に入力します。'),
            symbol='paper',
            permission=Permission.RUN_SHELTER,
        ),
        Place(
            address=ROLL_CALL,
            label=_('点呼'),
            purpose=_('区画ごとにいる人を確かめ、数えた人数との差を見ます。'),
            symbol='check',
            permission=Permission.RUN_SHELTER,
        ),
        Place(
            address=SHELTER_NOTICES,
            label=_('避難所のお知らせと呼び出し'),
            purpose=_('会場の画面と一人一人のページにお知らせを出し、番号で呼び出します。'),
            symbol='note',
            permission=Permission.RUN_SHELTER,
        ),
        Place(
            address=SHELTER_NEEDS,
            label=_('避難所のニーズ'),
            purpose=_('広さ、トイレ、水、食事を基準と比べ、確かめたことを入力します。'),
            symbol='check',
            permission=Permission.RUN_SHELTER,
        ),
        Place(
            address=HANDOUTS,
            label=_('配布と給付'),
            purpose=_('食事や物資を渡し、在庫と本部への要請、給付金の申請を扱います。'),
            symbol='hand',
            permission=Permission.RUN_SHELTER,
        ),
        Place(
            address=SHELTER_REPORTS,
            label=_('状況報告'),
            purpose=_('状況報告の下書きを確かめ、署名し、印刷や無線で伝えます。'),
            symbol='paper',
            permission=Permission.RUN_SHELTER,
        ),
        Place(
            address=SHELTER_HEALTH,
            label=_('健康の記録'),
            purpose=_('症状のある人を記録し、分かれて過ごす場所へ案内します。'),
            symbol='hand',
            permission=Permission.READ_EVACUEES,
        ),
        Place(
            address=SHELTER_HELPERS,
            label=_('仕事の分担と引き継ぎ'),
            purpose=_('だれがいつ何をするかを決め、次の当番へ引き継ぎます。'),
            symbol='calendar',
            permission=Permission.RUN_SHELTER,
        ),
    )


def _headquarters_places() -> tuple[Place, ...]:
    return (
        Place(
            address=HEADQUARTERS,
            label=_('災害対策本部'),
            purpose=_('すべての避難所を地図と表で見て、ほかのシステムへファイルで渡します。'),
            symbol='paper',
            permission=Permission.COMMAND_SHELTERS,
        ),
        Place(
            address=INQUIRIES,
            label=_('安否情報の照会'),
            purpose=_('安否を尋ねる人の照会を受け付け、答えてよい範囲で答えます。'),
            symbol='question',
            permission=Permission.ANSWER_INQUIRIES,
        ),
        Place(
            address=VULNERABLE,
            label=_('避難行動要支援者'),
            purpose=_('災害の間だけ名簿を開き、まだ来ていない人に連絡します。'),
            symbol='hand',
            permission=Permission.COMMAND_SHELTERS,
        ),
        Place(
            address=PROTECTED,
            label=_('保護が必要な方'),
            purpose=_('尋ねられても答えない方を決め、理由を残して記録を開きます。'),
            symbol='note',
            permission=Permission.SEE_PROTECTED,
        ),
        Place(
            address=SHELTER_OUTSIDE,
            label=_('在宅・車中泊の方'),
            purpose=_('自宅や車で過ごす方に要るものと、最後の連絡を確かめます。'),
            symbol='car',
            permission=Permission.READ_EVACUEES,
        ),
        Place(
            address=SHELTER_COPIES,
            label=_('本部への写し'),
            purpose=_('回線がないとき、暗号と署名をつけた写しをUSBメモリーで本部へ届けます。'),
            symbol='paper',
            permission=Permission.RUN_SHELTER,
        ),
        Place(
            address=SHELTER_ENDING,
            label=_('災害の終わりと匿名化'),
            purpose=_('残す記録を書き出し、二人で確かめて、避難者の名前を読めなくします。'),
            symbol='delete',
            permission=Permission.COMMAND_SHELTERS,
        ),
        Place(
            address=MESSAGES,
            label=_('お知らせ'),
            purpose=_('メールとLINEでお知らせを送り、届いたかどうかを確かめます。'),
            symbol='note',
            permission=Permission.SEND_MESSAGES,
        ),
    )


def _people_places() -> tuple[Place, ...]:
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
            purpose=_('人事の名簿(CSV)から職員を追加し、氏名や所属を新しくします。'),
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


def _box_places() -> tuple[Place, ...]:
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
