"""The list of those who need help to flee (避難行動要支援者名簿), and the disasters for which it is opened."""

from tortoise import fields
from tortoise.models import Model


class Disaster(Model):
    """A disaster that was declared, during which the list may be opened."""

    id = fields.UUIDField(primary_key=True)
    name = fields.CharField(max_length=100)
    reason = fields.CharField(max_length=300)
    declared_at = fields.DatetimeField()
    declared_by = fields.CharField(max_length=64)
    ended_at = fields.DatetimeField(null=True, db_index=True)
    ended_by = fields.CharField(max_length=64, null=True)
    practice = fields.BooleanField()

    class Meta:
        table = 'disaster'


class VulnerablePerson(Model):
    """Somebody on the list of those who need help to flee, with everything sealed."""

    id = fields.UUIDField(primary_key=True)
    entry_index = fields.CharField(max_length=64, unique=True)
    """Keyed index of name, birth date and address, by which a later list finds the row again."""
    details = fields.BinaryField()
    imported_at = fields.DatetimeField()
    evacuee = fields.UUIDField(null=True)
    """Who arrived and, as a person decided, is the same human being."""
    practice = fields.BooleanField(db_index=True)

    class Meta:
        table = 'vulnerable_person'


class VulnerableCall(Model):
    """A call or a visit to somebody on the list, and what came of it."""

    id = fields.UUIDField(primary_key=True)
    person = fields.UUIDField(db_index=True)
    disaster = fields.UUIDField(db_index=True)
    called_at = fields.DatetimeField()
    caller = fields.CharField(max_length=64)
    result = fields.CharField(max_length=12)
    note = fields.BinaryField()

    class Meta:
        table = 'vulnerable_call'
