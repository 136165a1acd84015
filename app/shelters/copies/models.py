"""Copies of other boxes that came on a stick."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class ReceivedCopy(Model):
    """The state of the shelters of another box, as a signed copy told it."""

    id = fields.UUIDField(primary_key=True)
    box = fields.UUIDField(db_index=True)
    box_name = fields.CharField(max_length=100)
    life = fields.IntField()
    """Number of the epoch of that box."""
    sequence = fields.IntField()
    """Last line of its journal."""
    made_at = fields.DatetimeField()
    read_at = fields.DatetimeField()
    read_by = fields.CharField(max_length=64)
    sha256 = fields.CharField(max_length=64)
    figures = fields.JSONField[list[dict[str, Any]]]()
    """Numbers by shelter, without names."""
    content = fields.BinaryField()
    """The people, sealed."""
    practice = fields.BooleanField()

    class Meta:
        table = 'received_copy'
