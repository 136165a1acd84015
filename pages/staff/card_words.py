"""What the staff pages say about cards."""

from app.language import _
from app.people.cards import EndReason, LinkProblem
from app.settings import CardSettings
from device_drivers.cards.credential import CardError, CardKind, CardProblem


def kind_words() -> dict[str, str]:
    """What a card is recognised by."""
    return {
        CardKind.MY_NUMBER.value: _('マイナンバーカード'),
        CardKind.FELICA.value: _('職員証・交通系ICカード(FeliCa)'),
        CardKind.TYPE_A.value: _('職員証(Type A)'),
    }


def reason_words() -> dict[str, str]:
    """Why a link ended."""
    return {
        EndReason.LOST.value: _('紛失した'),
        EndReason.RETURNED.value: _('返却した、使わなくなった'),
        EndReason.RENEWED.value: _('新しいカードに替わった'),
    }


def link_words(problem: LinkProblem) -> tuple[str, str]:
    """Why a card was not linked, and what to do next."""
    return {
        LinkProblem.PROOF_REQUIRED: (
            _('マイナンバーカードの登録には暗証番号が必要です'),
            _('「マイナンバーカード」を選び、数字4桁の暗証番号を入力してください。'),
        ),
        LinkProblem.TAKEN: (
            _('このカードはほかの職員に登録されています'),
            _('持ち主を確かめ、先にその登録を終えてください。'),
        ),
        LinkProblem.ALREADY_LINKED: (_('このカードはすでに登録されています'), _('このまま使えます。')),
    }[problem]


def error_words(error: CardError) -> tuple[str, str]:
    """Why a card could not be taken, and what to do next."""
    if error.problem is CardProblem.PIN_WRONG:
        return _wrong_pin(error.tries_left)
    return (_pin_problems() | _touch_again() | _other_cards())[error.problem]


def policies(settings: CardSettings) -> list[tuple[str, str, str, bool]]:
    """Each switch: what it does, why it is so, its name in `machibako.toml`, and whether it is on."""
    return [
        (
            _('マイナンバーカードの登録に暗証番号を求める'),
            _('カードが本人のものであることを、利用者証明の署名で一度確かめます(公的個人認証法38条1項)。'),
            'cards.require_proof_to_link',
            settings.require_proof_to_link,
        ),
        (
            _('登録したあとは、暗証番号なしのタッチで記録する'),
            _('一度確かめたカードは、失効の確認などを条件に暗証番号なしで受け付けられます(同法38条の4、かざし利用)。'),
            'cards.tap_without_pin',
            settings.tap_without_pin,
        ),
        (
            _('番号が固定の Type A カードを受け付ける'),
            _('すでに配ってある職員証のための設定です。番号は写し取れるため、本人確認の強さは低くなります。'),
            'cards.allow_type_a',
            settings.allow_type_a,
        ),
    ]


def _wrong_pin(tries_left: int | None) -> tuple[str, str]:
    if tries_left is None:
        return _('暗証番号は数字4桁です'), _('入力し直してください。カードの残り回数は減っていません。')
    return (
        _('暗証番号が違います(残り {count} 回)').format(count=tries_left),
        _('残り1回になると、安全のためここでは試しません。確かめてから入力してください。'),
    )


def _pin_problems() -> dict[CardProblem, tuple[str, str]]:
    window = _('市区町村の窓口で暗証番号を設定し直してください。')
    return {
        CardProblem.PIN_BLOCKED: (_('暗証番号がロックされています'), window),
        CardProblem.PIN_LAST_TRY: (
            _('暗証番号の残りが1回のため、ここでは試しませんでした'),
            _('マイナポータルなどで正しい番号を使うと回数が戻ります。分からないときは、') + window,
        ),
        CardProblem.PROOF_FAILED: (
            _('カードの署名を確かめられませんでした'),
            _('別のカードを使い、担当へ連絡してください。'),
        ),
    }


def _touch_again() -> dict[CardProblem, tuple[str, str]]:
    again = _('もう一度「登録を始める」を押してください。')
    return {
        CardProblem.TORN: (_('読み取る前にカードが離れました'), _('置いたまま待ってください。') + again),
        CardProblem.UNREADABLE: (_('カードを読み取れませんでした'), again),
        CardProblem.TWO_CARDS: (_('カードが2枚重なっています'), _('1枚だけ置いてください。') + again),
        CardProblem.SWAPPED: (_('途中でカードが替わりました'), again),
        CardProblem.NO_ANSWER: (_('カードかリーダーの応答がありません'), _('カードを離してください。') + again),
        CardProblem.READER_BUSY: (_('リーダーはほかの手続きで使われています'), _('終わるのを待ってください。') + again),
    }


def _other_cards() -> dict[CardProblem, tuple[str, str]]:
    window = _('市区町村の窓口で電子証明書の手続きをしてください。')
    other = _('ほかのカードを使ってください。')
    return {
        CardProblem.UNKNOWN_CARD: (_('使えない種類のカードです'), other),
        CardProblem.PHONE_TOKEN: (_('スマートフォンの電子証明書は登録できません'), _('カードを使ってください。')),
        CardProblem.NO_CERTIFICATE: (_('利用者証明用の電子証明書がないカードです'), window),
        CardProblem.EXPIRED: (_('電子証明書の有効期限が切れています'), window),
        CardProblem.NOT_YET_VALID: (
            _('電子証明書の有効期間がまだ始まっていません'),
            _('本体の時計を確かめてください。'),
        ),
        CardProblem.FOREIGN_CHAIN: (_('発行元を確かめられない電子証明書です'), other),
        CardProblem.RANDOM_UID: (_('タッチのたびに番号が変わるカードです'), other),
        CardProblem.UID_NOT_ALLOWED: (
            _('この種類のカードは使わない設定です'),
            _('設定 cards.allow_type_a を確かめてください。'),
        ),
        CardProblem.OLD_RESIDENT_CARD: (_('住民基本台帳カードは使えません'), other),
    }
