"""What the guard rooms know of each other while one of them is behind."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class LoneReturn(Model):
    """A key that came back to a guard room which does not know yet when it went out."""

    id = fields.UUIDField(primary_key=True)
    sequence = fields.IntField(unique=True)
    box = fields.UUIDField()
    """Where the key came back."""
    vehicle = fields.UUIDField(db_index=True)
    returned_at = fields.DatetimeField(db_index=True)
    returned_by = fields.UUIDField()
    received_by = fields.UUIDField(null=True)
    desk = fields.UUIDField(null=True)
    odometer = fields.IntField()
    check_id = fields.UUIDField(null=True)
    """The breath test after the drive."""
    others = fields.JSONField[dict[str, Any]]()
    """Fuel, receipt, remarks and accident, as a line of the journal has them."""
    trip = fields.UUIDField(null=True, db_index=True)
    """The trip that it ended; None: still unknown."""
    recorded_for = fields.UUIDField(null=True)
    """The trip that it was taken for, which had come back before; None: it was taken alone."""

    class Meta:
        table = 'lone_return'


class DutyElsewhere(Model):
    """Who is in charge of a desk of the other guard room, as that was last heard."""

    desk = fields.UUIDField(primary_key=True)
    box = fields.UUIDField()
    operator = fields.UUIDField(null=True)
    """None: nobody is."""
    since = fields.DatetimeField()

    class Meta:
        table = 'duty_elsewhere'
