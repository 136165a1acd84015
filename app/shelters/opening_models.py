"""How residents opened a shelter, and with what they may go on."""

from tortoise import fields
from tortoise.models import Model


class ShelterOpening(Model):
    """Residents began to open a shelter with a sealed code, until staff took over."""

    id = fields.UUIDField(primary_key=True)
    shelter = fields.UUIDField(db_index=True)
    code = fields.UUIDField(db_index=True)
    began_at = fields.DatetimeField()
    answers = fields.JSONField[dict[str, str]]()
    """Of the check of the building, by question."""
    stopped_at = fields.DatetimeField(null=True)
    """When an answer said that nobody may go in."""
    opened_at = fields.DatetimeField(null=True)
    opener = fields.BinaryField(null=True)
    """Name and telephone of who opened, sealed."""
    ended_at = fields.DatetimeField(null=True)
    """When staff took over, or the shelter was closed."""
    ended_by = fields.CharField(max_length=64, null=True)
    sealed_again_at = fields.DatetimeField(null=True)
    """When somebody confirmed that the next code lies in the key box."""
    practice = fields.BooleanField()

    class Meta:
        table = 'shelter_opening'


class ResidentAccess(Model):
    """One browser with which residents go on after they gave the code."""

    id = fields.UUIDField(primary_key=True)
    opening = fields.UUIDField(db_index=True)
    token_hash = fields.CharField(max_length=64, unique=True)
    desk = fields.UUIDField(null=True)
    began_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'resident_access'
