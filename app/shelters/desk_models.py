"""Calls for help from the reception desks."""

from tortoise import fields
from tortoise.models import Model


class UrgentCall(Model):
    """Somebody at a shelter cannot wait, until a person takes the call."""

    id = fields.UUIDField(primary_key=True)
    shelter = fields.UUIDField(db_index=True)
    evacuee = fields.UUIDField(null=True)
    """None: not registered yet."""
    urgency = fields.CharField(max_length=12)
    area = fields.UUIDField(null=True)
    desk = fields.UUIDField(null=True)
    called_at = fields.DatetimeField()
    taken_at = fields.DatetimeField(null=True)
    taken_by = fields.CharField(max_length=64, null=True)
    practice = fields.BooleanField(default=False)

    class Meta:
        table = 'urgent_call'
