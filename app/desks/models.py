"""The desks of the box."""

from tortoise import fields
from tortoise.models import Model


class Desk(Model):
    """A tablet with what belongs to it: a reader and a job."""

    id = fields.UUIDField(primary_key=True)
    name = fields.CharField(max_length=100, unique=True)
    job = fields.CharField(max_length=16)
    reader = fields.CharField(max_length=200)
    """Address of the card reader, such as `pcsc:SONY FeliCa RC-S300/P 00 00`."""
    checker = fields.BinaryField(null=True)
    """Address of the alcohol checker, sealed: that of a camera may hold a password."""
    camera = fields.BinaryField(null=True)
    """Address of the camera, sealed."""
    removed_at = fields.DatetimeField(null=True)
    practice_until = fields.DatetimeField(null=True)
    """Until then nothing that happens at the desk is recorded."""

    class Meta:
        table = 'desk'
