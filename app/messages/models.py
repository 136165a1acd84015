"""Who wants to be told, what is told, and how far it got."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Subscriber(Model):
    """Somebody who wants messages at one address."""

    id = fields.UUIDField(primary_key=True)
    channel = fields.CharField(max_length=8)
    state = fields.CharField(max_length=8)
    address = fields.BinaryField(null=True)
    """E-mail address or LINE user id, sealed; none while a LINE code waits, and after the end."""
    address_index = fields.CharField(max_length=64, default='', db_index=True)
    """Keyed index of the address."""
    code_index = fields.CharField(max_length=64, default='', db_index=True)
    """Keyed index of the code that is sent to the LINE account."""
    language = fields.CharField(max_length=8)
    created_at = fields.DatetimeField()
    confirmed_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    key_erased = fields.BooleanField(default=False)

    class Meta:
        table = 'subscriber'
        indexes = (('state', 'created_at'),)


class SubscriberTag(Model):
    """A topic, an area or a need that a subscriber named."""

    id = fields.IntField(primary_key=True)
    subscriber = fields.UUIDField(db_index=True)
    kind = fields.CharField(max_length=8)
    tag = fields.CharField(max_length=60)

    class Meta:
        table = 'subscriber_tag'
        indexes = (('kind', 'tag'),)


class Message(Model):
    """Something that was written once for many."""

    id = fields.UUIDField(primary_key=True)
    kind = fields.CharField(max_length=16)
    attempt = fields.CharField(max_length=64, unique=True)
    topic = fields.CharField(max_length=60)
    texts = fields.JSONField[dict[str, list[str]]]()
    """Subject and body by language."""
    audience = fields.JSONField[dict[str, Any]]()
    urgent = fields.BooleanField()
    practice = fields.BooleanField()
    receivers = fields.IntField()
    posted_at = fields.DatetimeField(db_index=True)
    posted_by = fields.CharField(max_length=64)
    tried_since = fields.DatetimeField()
    """From here its deliveries are given up when they take too long."""
    boot_id = fields.CharField(max_length=40)
    monotonic_ns = fields.BigIntField()
    """The same by the clock that nobody turns."""
    finished_at = fields.DatetimeField(null=True, db_index=True)

    class Meta:
        table = 'message'


class Delivery(Model):
    """One message for one subscriber."""

    id = fields.UUIDField(primary_key=True)
    message = fields.UUIDField()
    subscriber = fields.UUIDField(db_index=True)
    channel = fields.CharField(max_length=8)
    language = fields.CharField(max_length=8)
    state = fields.CharField(max_length=8)
    urgent = fields.BooleanField()
    attempts = fields.IntField(default=0)
    batch = fields.UUIDField(null=True, db_index=True)
    """Deliveries that one request to LINE carries, and its retry key."""
    held_boot = fields.CharField(max_length=40, default='')
    held_until_ns = fields.BigIntField(default=0)
    """Monotonic time of that boot before which it is not tried again."""
    reason = fields.CharField(max_length=32, default='')
    detail = fields.CharField(max_length=200, default='')
    """What the server said, for staff."""
    changed_at = fields.DatetimeField()

    class Meta:
        table = 'delivery'
        indexes = (('channel', 'state', 'urgent'), ('message', 'state'))
