"""What was decided about the records of a disaster that is over."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Anonymisation(Model):
    """People of shelters are made nameless, from the proposal to the proof."""

    id = fields.UUIDField(primary_key=True)
    shelter = fields.UUIDField(null=True)
    """None: all shelters of the box."""
    practice = fields.BooleanField()
    reason = fields.CharField(max_length=300)
    state = fields.CharField(max_length=10, db_index=True)
    proposed_at = fields.DatetimeField()
    proposed_by = fields.CharField(max_length=64)
    exported_at = fields.DatetimeField(null=True)
    exported_by = fields.CharField(max_length=64, default='')
    export_sha256 = fields.CharField(max_length=64, default='')
    """Of the encrypted file, hexadecimal."""
    approved_at = fields.DatetimeField(null=True)
    approved_by = fields.CharField(max_length=64, default='')
    finished_at = fields.DatetimeField(null=True)
    certificate = fields.JSONField[dict[str, Any] | None](null=True)
    signature = fields.CharField(max_length=200, default='')
    """Of the certificate, by the key of the box, base64."""

    class Meta:
        table = 'anonymisation'
