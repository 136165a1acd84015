"""Forms filled in by hand, as pictures."""

from tortoise import fields
from tortoise.models import Model


class PaperPhoto(Model):
    """A picture of a form that waits to be typed in, or was."""

    id = fields.UUIDField(primary_key=True)
    shelter = fields.UUIDField()
    file = fields.UUIDField()
    code = fields.BinaryField()
    """The code on the form, sealed; empty where none was read."""
    evacuee = fields.UUIDField(null=True, db_index=True)
    state = fields.CharField(max_length=8)
    added_at = fields.DatetimeField()
    added_by = fields.CharField(max_length=64)
    ended_at = fields.DatetimeField(null=True)
    practice = fields.BooleanField()

    class Meta:
        table = 'paper_photo'
        indexes = (('shelter', 'state', 'added_at'),)
