"""The journal's tables."""

from tortoise import fields
from tortoise.models import Model


class Epoch(Model):
    """A life of the box, ended by a restore or a new image."""

    id = fields.CharField(max_length=32, primary_key=True)
    box = fields.UUIDField()
    number = fields.IntField(unique=True)
    first_sequence = fields.IntField()
    """Sequence of the first line of this epoch."""
    reason = fields.CharField(max_length=32)

    class Meta:
        table = 'journal_epoch'


class JournalLine(Model):
    """One act. Everything but the sequence is kept as the text that was hashed."""

    sequence = fields.IntField(primary_key=True)
    id = fields.CharField(max_length=36, unique=True)
    box = fields.CharField(max_length=36)
    epoch = fields.CharField(max_length=32)
    kind = fields.CharField(max_length=64, db_index=True)
    version = fields.IntField()
    subjects = fields.TextField()
    """JSON list of subject ids."""
    actor = fields.CharField(max_length=64)
    assurance = fields.CharField(max_length=32)
    desk = fields.CharField(max_length=36, null=True)
    attempt = fields.CharField(max_length=80, unique=True)
    happened_at = fields.CharField(max_length=40)
    recorded_at = fields.CharField(max_length=40)
    boot_id = fields.CharField(max_length=36)
    monotonic_ns = fields.BigIntField()
    clock_quality = fields.CharField(max_length=16)
    batch = fields.CharField(max_length=36, null=True, db_index=True)
    payload = fields.TextField()
    """JSON object; personal attributes in it are sealed."""
    hash_version = fields.IntField()
    previous_hash = fields.CharField(max_length=64)
    hash = fields.CharField(max_length=64)

    class Meta:
        table = 'journal_line'


class JournalSubject(Model):
    """Which lines speak of whom."""

    id = fields.IntField(primary_key=True)
    sequence = fields.IntField()
    subject = fields.CharField(max_length=36)

    class Meta:
        table = 'journal_subject'
        indexes = (('subject', 'sequence'),)


class SecurityEvent(Model):
    """An act that was refused: who tried what, from where."""

    id = fields.IntField(primary_key=True)
    at = fields.DatetimeField()
    kind = fields.CharField(max_length=64, db_index=True)
    source = fields.CharField(max_length=128)
    """Network address, or the desk or command from which it came."""
    detail = fields.CharField(max_length=256)
    times = fields.IntField(default=1)
    """How often it happened within the minute that this row sums up."""

    class Meta:
        table = 'security_event'
