"""Status reports of shelters."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class StatusReport(Model):
    """One version of a status report, of which nothing is changed once it is signed."""

    id = fields.UUIDField(primary_key=True)
    sequence = fields.IntField(db_index=True)
    shelter = fields.UUIDField()
    number = fields.IntField()
    """第1報, 第2報."""
    version = fields.IntField()
    state = fields.CharField(max_length=8)
    figures = fields.JSONField[list[dict[str, Any]]]()
    remarks = fields.TextField()
    urgent = fields.TextField()
    drafted_at = fields.DatetimeField()
    signed_at = fields.DatetimeField(null=True)
    signed_by = fields.CharField(max_length=64)
    """The person, by id, empty while nobody signed."""
    sent_at = fields.DatetimeField(null=True)
    sent_by_way = fields.CharField(max_length=12)
    replaced_at = fields.DatetimeField(null=True)
    practice = fields.BooleanField()

    class Meta:
        table = 'status_report'
        unique_together = (('shelter', 'practice', 'number', 'version'),)
