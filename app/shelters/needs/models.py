"""Facts of a shelter, health cases, and who helps."""

from tortoise import fields
from tortoise.models import Model


class ShelterFact(Model):
    """One thing that was looked at in a shelter, of which the last entry counts."""

    id = fields.UUIDField(primary_key=True)
    sequence = fields.IntField()
    shelter = fields.UUIDField()
    fact = fields.CharField(max_length=24)
    amount = fields.FloatField(null=True)
    """None together with an empty state means not confirmed (未確認)."""
    state = fields.CharField(max_length=8)
    as_of = fields.DatetimeField()
    practice = fields.BooleanField()

    class Meta:
        table = 'shelter_fact'
        indexes = (('shelter', 'practice', 'sequence'),)


class HealthCase(Model):
    """Somebody has symptoms, or several have, with all that tells who and what sealed."""

    id = fields.UUIDField(primary_key=True)
    shelter = fields.UUIDField(db_index=True)
    evacuee = fields.UUIDField(null=True)
    """None where only a number of people was told."""
    people = fields.IntField()
    details = fields.BinaryField()
    """Symptoms, remarks and who saw it, sealed under the person or the case."""
    area = fields.UUIDField(null=True)
    """Where they were brought to."""
    noticed_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    practice = fields.BooleanField()

    class Meta:
        table = 'health_case'


class ShelterTask(Model):
    """Work of volunteers at a shelter."""

    id = fields.UUIDField(primary_key=True)
    shelter = fields.UUIDField(db_index=True)
    title = fields.CharField(max_length=100)
    helpers = fields.IntField()
    """So many are wanted."""
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    practice = fields.BooleanField()

    class Meta:
        table = 'shelter_task'


class TaskHelper(Model):
    """Somebody takes a task, named in sealed words."""

    id = fields.UUIDField(primary_key=True)
    task = fields.UUIDField(db_index=True)
    details = fields.BinaryField()
    taken_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'task_helper'


class HandingOver(Model):
    """A note to the staff of the next day (引き継ぎ), sealed."""

    id = fields.UUIDField(primary_key=True)
    shelter = fields.UUIDField(db_index=True)
    details = fields.BinaryField()
    written_at = fields.DatetimeField()
    read_at = fields.DatetimeField(null=True)
    practice = fields.BooleanField()

    class Meta:
        table = 'handing_over'
