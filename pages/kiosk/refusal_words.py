"""What a desk says about a card that could not be taken."""

from dataclasses import dataclass

from app.desks.refusals import Refusal
from app.language import _


@dataclass(frozen=True, slots=True)
class RefusalWords:
    """What is the matter, the one thing to do next, and whether somebody has to be called."""

    symbol: str
    title: str
    next_step: str
    call: bool = False


def refusal_words(reason: Refusal) -> RefusalWords:
    """Words for a refusal; nobody is blamed, and no card number is shown."""
    return (_touch_again() | _certificate() | _other_card() | _not_linked() | _recording())[reason]


def _touch_again() -> dict[Refusal, RefusalWords]:
    return {
        Refusal.UNREADABLE: RefusalWords('again', _('読み取れませんでした'), _('もう一度、ゆっくりタッチしてください')),
        Refusal.NO_ANSWER: RefusalWords(
            'again', _('カードから返事がありません'), _('カードを離して、もう一度タッチしてください')
        ),
        Refusal.TWO_CARDS: RefusalWords('cards', _('カードが2枚重なっています'), _('1枚だけタッチしてください')),
        Refusal.SWAPPED: RefusalWords(
            'cards', _('途中でカードが替わりました'), _('1枚だけ、もう一度タッチしてください')
        ),
        Refusal.PHONE_TOKEN: RefusalWords(
            'phone', _('スマートフォンでは記録できません'), _('カードをタッチしてください')
        ),
        Refusal.BUSY: RefusalWords('wait', _('ほかの方の手続き中です'), _('終わってから、もう一度タッチしてください')),
    }


def _certificate() -> dict[Refusal, RefusalWords]:
    return {
        Refusal.EXPIRED: RefusalWords(
            'calendar',
            _('電子証明書の有効期限が過ぎています'),
            _('きょうは紙に記入し、市区町村の窓口で更新してください'),
        ),
        Refusal.NOT_YET_VALID: RefusalWords(
            'calendar', _('まだ有効になっていない電子証明書です'), _('きょうは紙に記入してください'), call=True
        ),
        Refusal.NO_CERTIFICATE: RefusalWords(
            'card', _('電子証明書が入っていないカードです'), _another_card(), call=True
        ),
        Refusal.FOREIGN_CHAIN: RefusalWords('card', _('発行元を確認できないカードです'), _another_card(), call=True),
    }


def _other_card() -> dict[Refusal, RefusalWords]:
    return {
        Refusal.RANDOM_UID: RefusalWords('card', _('出勤・退勤には使えない種類のカードです'), _another_card()),
        Refusal.UID_NOT_ALLOWED: RefusalWords(
            'card', _('この種類のカードは使わない設定です'), _another_card(), call=True
        ),
        Refusal.OLD_RESIDENT_CARD: RefusalWords('card', _('住民基本台帳カードは使えません'), _another_card()),
        Refusal.CARD_NOT_USABLE: RefusalWords('card', _('このカードはいま使えません'), _another_card(), call=True),
    }


def _not_linked() -> dict[Refusal, RefusalWords]:
    ask_for_link = _('紙に記入し、カードの登録を申し出てください')
    return {
        Refusal.UNKNOWN_CARD: RefusalWords('card', _('登録のないカードです'), ask_for_link, call=True),
        Refusal.PIN_REQUIRED: RefusalWords('card', _('暗証番号での登録が必要なカードです'), ask_for_link, call=True),
        Refusal.ENDED_LINK: RefusalWords(
            'card', _('登録が終わったカードです'), _('新しいカードをタッチしてください'), call=True
        ),
        Refusal.RETIRED: RefusalWords(
            'card', _('いまは使われていないカードです'), _('紙に記入し、下へ連絡してください'), call=True
        ),
    }


def _recording() -> dict[Refusal, RefusalWords]:
    return {
        Refusal.NOT_RECORDED: RefusalWords('paper', _('いまは記録できません'), _('紙に記入してください'), call=True)
    }


def _another_card() -> str:
    return _('登録した別のカードをタッチしてください')
