"""What the box itself writes to subscribers, around a notice and instead of one."""

from collections.abc import Mapping

from app.language import _
from app.messages.languages import Language, best_of, speaking
from app.messages.notice import Channel, Text
from app.messages.outbox import MessageKind


def text_for(
    kind: MessageKind, texts: Mapping[Language, Text], language: Language, sender: str, channel: Channel, link: str
) -> Text:
    """What one subscriber reads: `link` confirms a subscription or ends it; LINE notices go to many and have none."""
    with speaking(language):
        match kind:
            case MessageKind.CONFIRMATION:
                return _confirmation(sender, link)
            case MessageKind.WELCOME:
                return _welcome(sender, link)
            case MessageKind.NOTICE:
                text = best_of(texts, language)
                return Text(text.subject, f'{text.body}\n\n{_footer(sender, channel, link)}')


def _confirmation(sender: str, link: str) -> Text:
    return Text(
        _('お知らせの登録を確認してください'),
        '\n'.join(
            (
                _(
                    '{sender}のお知らせをこのアドレスで受け取るには、48時間以内に次のページを開いて登録してください。'
                ).format(sender=sender),
                '',
                link,
                '',
                _('心当たりがないときは、何もしないでください。お知らせは届きません。'),
            )
        ),
    )


def _welcome(sender: str, link: str) -> Text:
    return Text(
        _('お知らせの登録が終わりました'),
        '\n'.join(
            (
                _('{sender}のお知らせをここにお送りします。').format(sender=sender),
                _('やめるときは「停止」と送るか、次のページを開いてください。'),
                link,
            )
        ),
    )


def _footer(sender: str, channel: Channel, link: str) -> str:
    if channel is Channel.LINE:
        return _('{sender} やめるときは「停止」と送ってください。').format(sender=sender)
    return '\n'.join(('-- ', sender, _('お知らせをやめるには:'), link))
