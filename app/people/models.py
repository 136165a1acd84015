"""Staff, and the cards that point to people."""

from tortoise import fields
from tortoise.models import Model


class Staff(Model):
    """A member of staff (職員) whose name and kana are sealed."""

    id = fields.UUIDField(primary_key=True)
    number = fields.CharField(max_length=32, unique=True)
    """職員番号, as the HR system writes it."""
    name = fields.BinaryField()
    kana = fields.BinaryField()
    department = fields.CharField(max_length=200)
    active = fields.BooleanField(default=True)

    class Meta:
        table = 'staff'


class StaffElsewhere(Model):
    """A member of staff as another box names them, and as this box does once it knows them."""

    id = fields.UUIDField(primary_key=True)
    number = fields.CharField(max_length=32, db_index=True)
    staff = fields.UUIDField(null=True, db_index=True)

    class Meta:
        table = 'staff_elsewhere'


class Card(Model):
    """A link from a card to a person, from its first day to its last (ended links stay and explain past taps)."""

    id = fields.UUIDField(primary_key=True)
    subject = fields.UUIDField(db_index=True)
    kind = fields.CharField(max_length=16)
    identifier_index = fields.CharField(max_length=64, db_index=True)
    """Keyed HMAC of kind, issuer and identifier; the identifier itself is not kept."""
    last_four = fields.CharField(max_length=4)
    proven = fields.BooleanField()
    """Whether the card signed a challenge with its PIN when it was linked."""
    not_after = fields.DatetimeField(null=True)
    linked_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    end_reason = fields.CharField(max_length=32, null=True)

    class Meta:
        table = 'card'


class Guard(Model):
    """A guard (守衛) of a contractor, who has no staff number and whose name is sealed."""

    id = fields.UUIDField(primary_key=True)
    name = fields.BinaryField()
    company = fields.CharField(max_length=200)
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'guard'
