"""What came from other boxes, and how far they have taken what is here."""

from tortoise import fields
from tortoise.models import Model


class ExchangePeer(Model):
    """Another box, and the last line of this box that it holds."""

    name = fields.CharField(max_length=64, primary_key=True)
    box = fields.UUIDField(null=True)
    """Its id, noted at the first contact."""
    cursor = fields.CharField(max_length=120, default='')
    """What it acknowledged last."""

    class Meta:
        table = 'exchange_peer'


class ExchangeLine(Model):
    """A journal line of another box, as it was hashed there."""

    id = fields.IntField(primary_key=True)
    box = fields.CharField(max_length=36)
    epoch = fields.CharField(max_length=32)
    sequence = fields.IntField()
    kind = fields.CharField(max_length=64, db_index=True)
    subject = fields.CharField(max_length=36, null=True, db_index=True)
    """The first of its subjects, named as there."""
    hash = fields.CharField(max_length=64, unique=True)
    line = fields.TextField()
    """JSON object of all columns."""
    opened = fields.TextField()
    """JSON list of its sealed parts, sealed again with the keys of this box."""
    received_at = fields.DatetimeField()

    class Meta:
        table = 'exchange_line'
        unique_together = (('box', 'epoch', 'sequence'),)


class ExchangeApplied(Model):
    """Which line of another box took effect here, and the journal line of this box that says so."""

    line = fields.IntField(primary_key=True)
    sequence = fields.IntField(unique=True)

    class Meta:
        table = 'exchange_applied'
