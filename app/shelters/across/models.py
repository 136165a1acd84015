"""What boxes tell each other of people whose card or code may be known at two of them."""

from tortoise import fields
from tortoise.models import Model


class AcrossKey(Model):
    """The key of one disaster with which all boxes of a city make equal indexes of cards and codes."""

    id = fields.UUIDField(primary_key=True)
    secret = fields.BinaryField()
    """Sealed, and emptied when the disaster has ended here."""
    made_at = fields.DatetimeField()
    ended_elsewhere = fields.BooleanField(default=False)
    """Another box has thrown it away: headquarters makes the next."""

    class Meta:
        table = 'across_key'


class AcrossToken(Model):
    """The index of a token of this box, whose id it has."""

    id = fields.UUIDField(primary_key=True)
    key = fields.UUIDField()
    token_index = fields.CharField(max_length=64, db_index=True)

    class Meta:
        table = 'across_token'


class AcrossPerson(Model):
    """Somebody as a box told of them, under the id that they have there."""

    id = fields.UUIDField(primary_key=True)
    key = fields.UUIDField()
    box = fields.UUIDField()
    number = fields.CharField(max_length=16)
    indexes = fields.JSONField[list[str]]()
    withdrawn = fields.BooleanField()
    """Their box takes back what it told."""
    since = fields.CharField(max_length=24)
    """What was told of them before this place is void."""
    practice = fields.BooleanField()
    told = fields.CharField(max_length=24)
    """Place of the fact in the journal of its box, by which the later of two counts."""
    passed_on = fields.CharField(max_length=24, default='')
    """The fact that headquarters passed on last."""

    class Meta:
        table = 'across_person'


class AcrossIndex(Model):
    """An index leads to somebody of whom a box told."""

    id = fields.UUIDField(primary_key=True)
    key = fields.UUIDField()
    token_index = fields.CharField(max_length=64, db_index=True)
    person = fields.UUIDField(db_index=True)

    class Meta:
        table = 'across_index'


class AcrossStay(Model):
    """Where somebody is, as a box told."""

    id = fields.UUIDField(primary_key=True)
    key = fields.UUIDField()
    box = fields.UUIDField()
    person = fields.UUIDField(db_index=True)
    shelter = fields.UUIDField()
    shelter_name = fields.CharField(max_length=200)
    state = fields.CharField(max_length=8)
    """Empty: void."""
    arrived_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    told = fields.CharField(max_length=24)
    passed_on = fields.CharField(max_length=24, default='')

    class Meta:
        table = 'across_stay'


class AcrossClaim(Model):
    """What somebody received or applied for, as a box told."""

    id = fields.UUIDField(primary_key=True)
    key = fields.UUIDField()
    box = fields.UUIDField()
    person = fields.UUIDField(db_index=True)
    shelter = fields.UUIDField()
    shelter_name = fields.CharField(max_length=200)
    item = fields.CharField(max_length=100)
    item_code = fields.CharField(max_length=32, default='')
    """The code that the city gave it, if it did (`same_items.py`)."""
    root = fields.UUIDField(null=True)
    """The handout or application of another member, where the household shares it and this person is told of too."""
    limits = fields.JSONField[dict[str, object]]()
    at = fields.DatetimeField()
    overridden = fields.BooleanField()
    """An officer knew that it passes a limit."""
    stands = fields.BooleanField()
    """False: taken back, declined, or void."""
    told = fields.CharField(max_length=24)
    passed_on = fields.CharField(max_length=24, default='')

    class Meta:
        table = 'across_claim'
