"""Inquiries about people's safety (安否情報の照会)."""

from tortoise import fields
from tortoise.models import Model


class Inquiry(Model):
    """A question about the safety of a person, sealed with its answer."""

    id = fields.UUIDField(primary_key=True)
    asked_at = fields.DatetimeField(db_index=True)
    clerk = fields.CharField(max_length=64)
    name_index = fields.CharField(max_length=64, db_index=True)
    """Keyed index of the name that was asked for."""
    inquirer_index = fields.CharField(max_length=64)
    """Keyed index of who asked."""
    content = fields.BinaryField()
    """Of one length, whatever the answer was."""
    outcome = fields.CharField(max_length=8)
    closed_at = fields.DatetimeField(null=True)
    practice = fields.BooleanField()

    class Meta:
        table = 'inquiry'
        indexes = (('clerk', 'asked_at'),)
