"""What families tell on their own phones, and what is told to them."""

from tortoise import fields
from tortoise.models import Model


class FamilyDraft(Model):
    """A household as it entered itself on its own phone, until a desk has taken it."""

    id = fields.UUIDField(primary_key=True)
    code_index = fields.CharField(max_length=64, unique=True)
    """Keyed index of the code in its QR."""
    number_index = fields.CharField(max_length=64, db_index=True)
    """Keyed index of the short number that is read out at the desk."""
    details = fields.BinaryField()
    evacuee = fields.UUIDField(null=True)
    """Who is registered already, and whose record it completes."""
    expires_at = fields.DatetimeField(db_index=True)
    taken_at = fields.DatetimeField(null=True)
    """When a desk opened it for the first time."""
    ended_at = fields.DatetimeField(null=True)
    ended_as = fields.CharField(max_length=8, default='')

    class Meta:
        table = 'family_draft'


class LeavingDeclared(Model):
    """Somebody said on their own page that they are leaving, and a desk has yet to see to it."""

    id = fields.UUIDField(primary_key=True)
    evacuee = fields.UUIDField(db_index=True)
    shelter = fields.UUIDField(db_index=True)
    left_for = fields.CharField(max_length=16)
    declared_at = fields.DatetimeField()
    settled_at = fields.DatetimeField(null=True)
    settled_by = fields.CharField(max_length=64, default='')
    practice = fields.BooleanField()

    class Meta:
        table = 'leaving_declared'


class ShelterNotice(Model):
    """An announcement to the people of a shelter."""

    id = fields.UUIDField(primary_key=True)
    shelter = fields.UUIDField(db_index=True)
    texts = fields.JSONField[dict[str, list[str]]]()
    """Subject and body by language."""
    areas = fields.JSONField[list[str]]()
    needs = fields.JSONField[list[str]]()
    languages = fields.JSONField[list[str]](null=True)
    """Only those who speak one of these, or everybody."""
    urgent = fields.BooleanField()
    posted_at = fields.DatetimeField()
    posted_by = fields.CharField(max_length=64)
    valid_until = fields.DatetimeField()
    withdrawn_at = fields.DatetimeField(null=True)
    practice = fields.BooleanField()

    class Meta:
        table = 'shelter_notice'


class PersonCall(Model):
    """Somebody is asked by number to come to the reception."""

    id = fields.UUIDField(primary_key=True)
    shelter = fields.UUIDField(db_index=True)
    evacuee = fields.UUIDField(db_index=True)
    number = fields.CharField(max_length=16)
    called_at = fields.DatetimeField()
    called_by = fields.CharField(max_length=64)
    ended_at = fields.DatetimeField(null=True)
    practice = fields.BooleanField()

    class Meta:
        table = 'person_call'
