"""An e-mail as it goes over the wire (RFC 5322, RFC 2047, RFC 8058)."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from app.messages.carrying import Parcel


def written(parcel: Parcel, sender: str, sender_name: str) -> bytes:
    """The whole message; the same bytes at every attempt."""
    domain = sender.rpartition('@')[2]
    message = EmailMessage(policy=SMTP)
    message['Message-ID'] = f'<{parcel.key}@{domain}>'
    message['Date'] = format_datetime(parcel.posted_at)
    message['From'] = str(Address(display_name=_one_line(sender_name), addr_spec=sender))
    message['To'] = parcel.addresses[0]
    message['Subject'] = _one_line(parcel.text.subject)
    message['Content-Language'] = parcel.language.html
    message['Auto-Submitted'] = 'auto-generated'
    if parcel.unsubscribe:
        message['List-Unsubscribe'] = f'<{parcel.unsubscribe}>'
        message['List-Unsubscribe-Post'] = 'List-Unsubscribe=One-Click'
    message.set_content(parcel.text.body, charset='utf-8', cte='base64')
    return message.as_bytes()


def _one_line(text: str) -> str:
    return ' '.join(''.join(one if one.isprintable() else ' ' for one in text).split())
