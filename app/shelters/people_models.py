"""Decisions about duplicates, and roll calls."""

from tortoise import fields
from tortoise.models import Model


class DuplicateDecision(Model):
    """A person decided whether two records are the same human being."""

    id = fields.UUIDField(primary_key=True)
    kept = fields.UUIDField(db_index=True)
    """The record that stays, if they are the same human being."""
    other = fields.UUIDField(db_index=True)
    same = fields.BooleanField()
    moved = fields.JSONField[dict[str, list[str]]]()
    """Ids of tokens and stays that were moved or ended, and of the household left and joined."""
    details_before = fields.BinaryField(null=True)
    """Of the record that stays, sealed, to take the decision back."""
    decided_at = fields.DatetimeField()
    undone_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'duplicate_decision'


class RollCall(Model):
    """One roll call of a shelter, from its beginning to the signature."""

    id = fields.UUIDField(primary_key=True)
    shelter = fields.UUIDField(db_index=True)
    started_at = fields.DatetimeField()
    started_by = fields.CharField(max_length=64)
    closed_at = fields.DatetimeField(null=True)
    closed_by = fields.CharField(max_length=64, null=True)
    practice = fields.BooleanField(default=False)

    class Meta:
        table = 'roll_call'


class RollCallMark(Model):
    """What was found of one person at a roll call."""

    id = fields.UUIDField(primary_key=True)
    roll_call = fields.UUIDField()
    evacuee = fields.UUIDField()
    mark = fields.CharField(max_length=12)
    marked_at = fields.DatetimeField()
    marked_by = fields.CharField(max_length=64)

    class Meta:
        table = 'roll_call_mark'
        unique_together = (('roll_call', 'evacuee'),)


class RollCallHeads(Model):
    """How many heads somebody counted in an area at a roll call."""

    id = fields.UUIDField(primary_key=True)
    roll_call = fields.UUIDField()
    area = fields.UUIDField(null=True)
    heads = fields.IntField()
    counted_at = fields.DatetimeField()
    counted_by = fields.CharField(max_length=64)

    class Meta:
        table = 'roll_call_heads'
        indexes = (('roll_call',),)
