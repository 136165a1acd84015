"""What the command line says about cards and readers."""

from app.language import _
from device_drivers.card_reader.interface import ReaderState
from device_drivers.cards.credential import CardError, CardProblem

PIN_PROBLEMS = frozenset({CardProblem.PIN_WRONG, CardProblem.PIN_BLOCKED, CardProblem.PIN_LAST_TRY})


def card_sentence(error: CardError) -> str:
    """Why the card cannot be used, and what to do next."""
    if error.problem is CardProblem.PIN_WRONG:
        return _pin_wrong(error.tries_left)
    sentences = {
        CardProblem.PIN_BLOCKED: _('暗証番号がロックされています。住民票のある市区町村の窓口で初期化できます'),
        CardProblem.PIN_LAST_TRY: _(
            '暗証番号を試せるのはあと1回です。ロックを防ぐため、試していません。住民票のある市区町村の窓口で初期化できます'
        ),
        CardProblem.UNKNOWN_CARD: _('この箱では使えない種類のカードです'),
        CardProblem.TORN: _('読み取りの途中でカードが離れました。もう一度、置いたままにしてください'),
        CardProblem.UNREADABLE: _('カードを読み取れませんでした。もう一度置いてください'),
        CardProblem.PHONE_TOKEN: _('スマートフォンの電子証明書は使えません。カードを置いてください'),
        CardProblem.NO_CERTIFICATE: _('このカードには利用者証明用電子証明書がありません。市区町村の窓口で発行できます'),
        CardProblem.EXPIRED: _('カードの電子証明書の有効期限が過ぎています。市区町村の窓口で更新してください'),
        CardProblem.NOT_YET_VALID: _('カードの電子証明書の期間がまだ始まっていません。箱の時計を確かめてください'),
        CardProblem.FOREIGN_CHAIN: _('カードの電子証明書が、この箱の信じる認証局のものではありません'),
        CardProblem.RANDOM_UID: _('タッチのたびに番号が変わるカードか電話です。登録できません'),
        CardProblem.UID_NOT_ALLOWED: _('Type A のカードは設定で許されていません(cards.allow_type_a)'),
        CardProblem.TWO_CARDS: _('カードが2枚重なっています。1枚だけ置いてください'),
        CardProblem.SWAPPED: _('途中でカードが替わりました。1枚を置いたままにしてください'),
        CardProblem.NO_ANSWER: _('カードかリーダーが返事をしません。カードを取り、もう一度置いてください'),
        CardProblem.OLD_RESIDENT_CARD: _('住民基本台帳カードは使えません'),
        CardProblem.READER_BUSY: _('リーダーは、ほかの登録かプログラムが使っています'),
        CardProblem.PROOF_FAILED: _('カードの署名が電子証明書と合いません。登録していません'),
    }
    return sentences[error.problem]


def _pin_wrong(tries_left: int | None) -> str:
    if tries_left is None:
        return _('暗証番号は数字4桁です。カードには送っていません')
    return _('暗証番号が違います。あと {count} 回です(0回でロックされ、市区町村の窓口での初期化が要ります)').format(
        count=tries_left
    )


def reader_sentence(state: ReaderState, address: str) -> str:
    """Why the reader cannot be used, and what to do next."""
    if state is ReaderState.NO_SERVICE:
        return _('カードリーダーのサービス(pcscd)が動いていません')
    if state is ReaderState.STUCK:
        return _('カードリーダー {reader} が返事をしません。上のカードを取ってください').format(reader=address)
    return _('カードリーダー {reader} が見つかりません。名前とケーブルを確かめてください').format(reader=address)
