"""Punches."""

from tortoise import fields
from tortoise.models import Model


class Punch(Model):
    """One recorded arrival or departure (打刻)."""

    sequence = fields.IntField(primary_key=True)
    """Sequence of its journal line."""
    id = fields.UUIDField(unique=True)
    staff = fields.UUIDField()
    work_date = fields.DateField(db_index=True)
    kind = fields.CharField(max_length=3)
    punched_at = fields.DatetimeField()
    recorded_at = fields.DatetimeField()
    boot_id = fields.CharField(max_length=36)
    monotonic_ns = fields.BigIntField()
    clock_quality = fields.CharField(max_length=16)
    desk = fields.UUIDField(null=True)
    source = fields.CharField(max_length=10)
    replaces = fields.UUIDField(null=True)

    class Meta:
        table = 'punch'
        indexes = (('staff', 'sequence'),)
