"""What the pages of messages say about channels, deliveries and reasons."""

from collections.abc import Mapping

from app.language import _
from app.messages.lane import LaneHealth, LaneState
from app.messages.notice import Channel, NoticeProblem, NoticeRefused
from app.messages.outbox import DeliveryState
from app.messages.outcomes import Reason
from app.messages.subscriber_records import SubscriberState


def channel_words(channel: Channel) -> str:
    """A channel."""
    return {Channel.MAIL: _('メール'), Channel.LINE: _('LINE')}[channel]


def lane_words(health: LaneHealth) -> tuple[str, str]:
    """How a channel is, and what to do; the second is empty where there is nothing to do."""
    match health.state:
        case LaneState.READY:
            return _('送れます'), ''
        case LaneState.OFF:
            return _('設定されていません'), _('本体の設定 [messages] に送信先を書くと、送れるようになります。')
        case LaneState.DOWN:
            reason = health.reason or Reason.UNREACHABLE
            return reason_words(reason), reason_next_step(reason)


def state_words(state: DeliveryState) -> str:
    """How far a delivery got."""
    return {
        DeliveryState.WAITING: _('送信待ち'),
        DeliveryState.SENT: _('送信済み'),
        DeliveryState.FAILED: _('届けられません'),
        DeliveryState.GAVE_UP: _('時間内に届きませんでした'),
        DeliveryState.ENDED: _('登録終了のため送りません'),
        DeliveryState.PRACTICE: _('訓練(送りません)'),
    }[state]


def subscriber_words(state: SubscriberState) -> str:
    """How far a subscription is."""
    return {
        SubscriberState.PENDING: _('確認待ち'),
        SubscriberState.ACTIVE: _('登録済み'),
        SubscriberState.ENDED: _('登録終了'),
    }[state]


def reason_words(reason: Reason) -> str:
    """Why something did not go out."""
    return {
        Reason.OFF: _('設定されていません'),
        Reason.UNREACHABLE: _('相手につながりません'),
        Reason.CERTIFICATE: _('相手の証明書を信頼できません'),
        Reason.SIGN_IN: _('認証に失敗しました'),
        Reason.SENDER: _('差出人のアドレスが断られました'),
        Reason.BUSY: _('相手が混み合っているか、送れる数を超えました'),
        Reason.SERVER: _('相手で障害が起きています'),
        Reason.ANSWER: _('相手の返事が読めません'),
        Reason.ADDRESS: _('宛先が使われていません'),
        Reason.CONTENT: _('相手が内容を受け付けません'),
        Reason.FORBIDDEN: _('この送り方が許可されていません'),
        Reason.NOT_FOUND: _('宛先が見つかりません'),
        Reason.NO_ADDRESS: _('宛先は消去されています'),
    }[reason]


def reason_next_step(reason: Reason) -> str:
    """What helps; a channel that recovers alone says so."""
    return {
        Reason.CERTIFICATE: _('設定の certificates_file と security を確かめてください。'),
        Reason.SIGN_IN: _('設定のログイン名とパスワード、またはトークンを確かめてください。'),
        Reason.SENDER: _('設定の sender を、メールサーバーの管理者に確かめてください。'),
        Reason.FORBIDDEN: _('LINE公式アカウントの契約を確かめてください。'),
    }.get(reason, _('つながり次第、自動で送ります。'))


def counts_words(counts: Mapping[DeliveryState, int]) -> str:
    """送信済み 12、送信待ち 3."""
    return '、'.join(f'{state_words(state)} {counts[state]:,}' for state in DeliveryState if counts.get(state))


def refused_words(refused: NoticeRefused) -> str:
    """Why a notice is not taken."""
    whose = refused.language.own_name if refused.language else ''
    return {
        NoticeProblem.NO_JAPANESE: _('日本語の件名と本文を書いてください。'),
        NoticeProblem.EMPTY: _('{language}: 件名と本文の両方を書いてください。').format(language=whose),
        NoticeProblem.TOO_LONG: _('{language}: 長すぎます。').format(language=whose),
        NoticeProblem.TAG_TOO_LONG: _('種類や地区の名前が長すぎます。'),
    }[refused.problem]


def message_kinds() -> dict[str, str]:
    """What the journal says of messages."""
    return {
        'messages.posted': _('お知らせを受け付けた'),
        'messages.finished': _('お知らせの送信を終えた'),
        'messages.retried': _('届かなかったお知らせを送り直した'),
        'messages.subscription_asked': _('お知らせの登録の申し込み'),
        'messages.subscribed': _('お知らせの登録'),
        'messages.subscription_ended': _('お知らせの登録の終わり'),
        'messages.subscribers_imported': _('LINEの友だちを登録'),
    }
