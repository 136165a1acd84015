"""What was decided about records whose retention has passed."""

from tortoise import fields
from tortoise.models import Model


class Hold(Model):
    """A record in dispute that is kept until the hold ends."""

    id = fields.UUIDField(primary_key=True)
    record = fields.UUIDField(db_index=True)
    record_class = fields.CharField(max_length=16)
    subject = fields.UUIDField()
    reason = fields.BinaryField()
    """Sealed with the key of the person and the record class."""
    held_at = fields.DatetimeField()
    held_by = fields.CharField(max_length=64)
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'hold'


class Disposal(Model):
    """One approved entry of the disposal list (廃棄リスト)."""

    id = fields.UUIDField(primary_key=True)
    record_class = fields.CharField(max_length=16)
    month = fields.DateField()
    """First day of the month of the records."""
    approved_at = fields.DatetimeField()
    approved_by = fields.CharField(max_length=64)
    reason = fields.CharField(max_length=500)
    records = fields.IntField(default=0)
    """Rows that are gone so far."""
    files = fields.IntField(default=0)
    """Pictures that are gone so far."""
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'disposal'
