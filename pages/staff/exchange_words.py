"""What the home page says about the exchange with other boxes."""

from app import clock
from app.exchange.concerns import ExchangeConcern, ExchangeMatter
from app.exchange.message import Fault
from app.exchange.refusal_words import refusal_words
from app.exchange.refusals import REFUSAL_OF, Refusal
from app.language import _
from components.times import day_and_time, day_with_weekday


def exchange_words(concern: ExchangeConcern) -> tuple[str, str, str]:
    """The matter, since or until when, and the next step."""
    title, next_step = _words(concern)
    return title, _when(concern), next_step


def _words(concern: ExchangeConcern) -> tuple[str, str]:
    match concern.matter:
        case ExchangeMatter.AWAY:
            title = _('{peer}と通信できません(送っていない記録 {count}件)')
            next_step = _('両方とも単独で使えます。箱の電源と通信線を確かめてください。つながれば自動で追いつきます。')
        case ExchangeMatter.REFUSES:
            why, next_step = refusal_words(Refusal(concern.reason))
            return _('{peer}と記録を交換できません: {why}').format(peer=concern.peer, why=why), next_step
        case ExchangeMatter.NOT_TAKEN:
            why, next_step = refusal_words(REFUSAL_OF[Fault(concern.reason)])
            title = _('{peer}の記録を受け取れません: {why}({line})')
            return title.format(peer=concern.peer, why=why, line=concern.about), next_step
        case ExchangeMatter.WAITING:
            title = _('ほかの箱の記録で、まだ反映できないものが {count}件あります: {about}')
            next_step = _(
                '記録は保管されています。両方の箱を同じ版に更新し、消えなければログを添えて連絡してください。'
            )
            return title.format(count=concern.count, about=concern.about), next_step
        case ExchangeMatter.RESTORED:
            title = _('{peer}は復元されました。失われた記録 {count}件は、この箱にだけあります')
            next_step = _('machibako exchange only-here で一覧を見て、復元した箱に紙の控えとして入力してください。')
        case ExchangeMatter.CERTIFICATE:
            return _certificate(concern)
    return title.format(peer=concern.peer, count=concern.count), next_step


def _certificate(concern: ExchangeConcern) -> tuple[str, str]:
    if concern.peer:
        title = _('{peer}の証明書の期限です').format(peer=concern.peer)
        return title, _(
            '相手の箱で証明書を新しくし、machibako exchange identity の行をこの箱の設定に入れ替えてください。'
        )
    title = _('この箱の、箱どうしの証明書の期限です')
    return title, _('証明書を新しくし、machibako exchange identity の行を相手の箱の設定に入れ替えてください。')


def _when(concern: ExchangeConcern) -> str:
    if concern.until is not None:
        day = day_with_weekday(concern.until.date())
        if concern.until <= clock.now():
            return _('{day} に終わりました').format(day=day)
        return _('{day} まで(あと{days}日)').format(day=day, days=(concern.until - clock.now()).days)
    return _('{since} から').format(since=day_and_time(concern.since)) if concern.since else ''
