"""Shelters, and the people, households and dwellings that are known at them."""

from tortoise import fields
from tortoise.models import Model


class Shelter(Model):
    """A place where people shelter."""

    id = fields.UUIDField(primary_key=True)
    code = fields.CharField(max_length=40, unique=True)
    """共通ID of the national list, else one of the box."""
    name = fields.CharField(max_length=200)
    kana = fields.CharField(max_length=200)
    kind = fields.CharField(max_length=16, db_index=True)
    address = fields.CharField(max_length=300)
    district = fields.CharField(max_length=100, db_index=True)
    """校下."""
    latitude = fields.FloatField(null=True)
    longitude = fields.FloatField(null=True)
    capacity = fields.IntField(null=True)
    blocked_capacity = fields.IntField(default=0)
    """Places that cannot be given now."""
    area_m2 = fields.FloatField(null=True)
    phone = fields.CharField(max_length=40)
    hazards = fields.JSONField[list[str]]()
    """Hazards that it is designated for."""
    accepts = fields.CharField(max_length=300)
    """受入対象者, as the list says it."""
    remarks = fields.CharField(max_length=500)
    source = fields.CharField(max_length=200)
    """Credit line of the list that it came from."""
    published = fields.JSONField[dict[str, str]](null=True)
    """What the standard data set says of it in columns that nothing here works with, by column."""
    state = fields.CharField(max_length=20, db_index=True)
    state_since = fields.DatetimeField(null=True)
    practice = fields.BooleanField(default=False)
    """In a drill (訓練): counts nowhere."""
    here = fields.BooleanField(default=False)
    """This box stands in it."""
    retired_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'shelter'


class ShelterArea(Model):
    """A part of a shelter: a classroom, a row of mats, a ground for cars."""

    id = fields.UUIDField(primary_key=True)
    shelter = fields.UUIDField(db_index=True)
    name = fields.CharField(max_length=100)
    kind = fields.CharField(max_length=12)
    capacity = fields.IntField(null=True)
    blocked = fields.IntField(default=0)
    area_m2 = fields.FloatField(null=True)
    retired_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'shelter_area'


class OpeningCode(Model):
    """A code on sealed paper in the key box, with which residents open the shelter."""

    id = fields.UUIDField(primary_key=True)
    shelter = fields.UUIDField(db_index=True)
    code_index = fields.CharField(max_length=64, unique=True)
    """Keyed index of the code, which stands on the paper only."""
    sealed_at = fields.DatetimeField()
    sealed_by = fields.CharField(max_length=64)
    used_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'opening_code'


class ShelterDesk(Model):
    """Which shelter the desk of a tablet receives people for."""

    desk = fields.UUIDField(primary_key=True)
    shelter = fields.UUIDField(db_index=True)
    area = fields.UUIDField(null=True)
    mode = fields.CharField(max_length=12)
    """What it begins with: count, reception or handout."""

    class Meta:
        table = 'shelter_desk'


class Evacuee(Model):
    """A person who came to a shelter or asks for supplies, with all that tells who it is sealed."""

    id = fields.UUIDField(primary_key=True)
    number = fields.CharField(max_length=16, unique=True)
    """By which they are called, never by name."""
    person_class = fields.CharField(max_length=8)
    assured = fields.CharField(max_length=12)
    details = fields.BinaryField()
    details_at = fields.DatetimeField(null=True)
    """When a name was entered, None while known by a token or a number only."""
    registered_at = fields.DatetimeField()
    changed_at = fields.DatetimeField()
    merged_into = fields.UUIDField(null=True)
    """The record that a person decided is the same human being."""
    practice = fields.BooleanField(default=False)

    class Meta:
        table = 'evacuee'


class EvacueeToken(Model):
    """A card, a wristband or a printed code that leads to an evacuee."""

    id = fields.UUIDField(primary_key=True)
    evacuee = fields.UUIDField(db_index=True)
    kind = fields.CharField(max_length=16)
    token_index = fields.CharField(max_length=64, db_index=True)
    """Keyed index of kind and identifier."""
    last_four = fields.CharField(max_length=4)
    bound_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'evacuee_token'


class Household(Model):
    """People who live together (世帯)."""

    id = fields.UUIDField(primary_key=True)
    details = fields.BinaryField()
    """Contact and remarks, sealed."""
    changed_at = fields.DatetimeField()

    class Meta:
        table = 'household'


class HouseholdMember(Model):
    """Somebody belongs to a household, from one day to another."""

    id = fields.UUIDField(primary_key=True)
    household = fields.UUIDField(db_index=True)
    evacuee = fields.UUIDField(db_index=True)
    is_representative = fields.BooleanField(default=False)
    joined_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'household_member'


class Dwelling(Model):
    """A building that people live in (住家), for the certificate of damage."""

    id = fields.UUIDField(primary_key=True)
    details = fields.BinaryField()
    """Address and damage as told, sealed."""
    changed_at = fields.DatetimeField()

    class Meta:
        table = 'dwelling'


class HouseholdDwelling(Model):
    """A household lived in a dwelling."""

    id = fields.UUIDField(primary_key=True)
    household = fields.UUIDField(db_index=True)
    dwelling = fields.UUIDField(db_index=True)

    class Meta:
        table = 'household_dwelling'


class Stay(Model):
    """Somebody stays at a shelter or is looked after by it, from their arrival to their leaving."""

    id = fields.UUIDField(primary_key=True)
    evacuee = fields.UUIDField(db_index=True)
    shelter = fields.UUIDField()
    area = fields.UUIDField(null=True)
    place = fields.CharField(max_length=8)
    state = fields.CharField(max_length=8)
    visitor = fields.BooleanField(default=False)
    """Lives outside the city and is a total of its own."""
    arrived_at = fields.DatetimeField()
    state_since = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    """When they last came to a desk. Long ago, they may have left silently."""
    expected_at = fields.DatetimeField(null=True)
    """When somebody who is away means to be back."""
    left_at = fields.DatetimeField(null=True)
    left_for = fields.CharField(max_length=16, null=True)
    practice = fields.BooleanField(default=False)

    class Meta:
        table = 'stay'
        indexes = (('shelter', 'state'),)


class Departure(Model):
    """What somebody told about where they went at the end of a stay, whose id it has."""

    id = fields.UUIDField(primary_key=True)
    evacuee = fields.UUIDField(db_index=True)
    """With whose key the destination is sealed, also after their stays became those of another record."""
    shelter = fields.UUIDField(null=True)
    destination = fields.BinaryField(null=True)
    needs_supplies = fields.BooleanField(default=False)
    practice = fields.BooleanField(default=False)

    class Meta:
        table = 'departure'


class HeadCount(Model):
    """A press of a counter: so many more or fewer, without a name."""

    id = fields.UUIDField(primary_key=True)
    sequence = fields.IntField(unique=True)
    shelter = fields.UUIDField()
    area = fields.UUIDField(null=True)
    person_class = fields.CharField(max_length=8)
    change = fields.IntField()
    counted_at = fields.DatetimeField()
    desk = fields.UUIDField(null=True)
    practice = fields.BooleanField(default=False)

    class Meta:
        table = 'head_count'
        indexes = (('shelter', 'person_class'),)
