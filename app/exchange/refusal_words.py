"""Why two boxes do not exchange anything, and exactly what to do, for the home page and for commands."""

from app.exchange.refusals import Refusal
from app.language import _


def refusal_words(refusal: Refusal) -> tuple[str, str]:
    """The reason, and the next step."""
    match refusal:
        case Refusal.PEER_EXPIRED:
            return _('相手の証明書の期限が過ぎています'), _renew(_('相手の箱'), _('この箱'))
        case Refusal.PEER_UNKNOWN:
            return _('相手の証明書が設定と違います'), _exchange(_('相手の箱'), _('この箱'))
        case Refusal.UNKNOWN_HERE:
            return _('相手の箱が、この箱の証明書を受け付けません(設定にないか、期限切れ)'), _exchange(
                _('この箱'), _('相手の箱')
            )
        case Refusal.OTHER_BOX:
            next_step = _('machibako.toml の exchange.peers が、どの箱を指しているか確かめてください。')
            return _('同じ証明書で、前と違う箱が応答しています'), next_step
        case Refusal.REWRITTEN:
            next_step = _('戻した箱を止め、machibako restore でバックアップから復元し直してください。')
            return _('ファイルが復元の手順によらずに戻されています'), next_step
        case Refusal.DAMAGED:
            next_step = _('送る側の箱で machibako journal verify を実行してください。')
            return _('記録が書かれたときと違っています'), next_step
        case Refusal.NEWER:
            return _('新しい版の記録です'), _('両方の箱を同じ版に更新してください。')
        case Refusal.FAULT:
            return _('プログラムの誤りです'), _('ログを添えて連絡してください。')


def _renew(whose: str, other: str) -> str:
    sentence = _('{whose}の証明書を新しくし、machibako exchange identity の行を{other}の設定に入れ替えてください。')
    return sentence.format(whose=whose, other=other)


def _exchange(whose: str, other: str) -> str:
    sentence = _(
        '{whose}で machibako exchange identity を実行し、その行を{other}の machibako.toml に入れ替えてください。'
    )
    return sentence.format(whose=whose, other=other)
