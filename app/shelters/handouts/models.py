"""What is handed out, to whom, what is left of it, and what was asked for."""

from tortoise import fields
from tortoise.models import Model


class HandoutItem(Model):
    """Something that shelters hand out, with its rules."""

    id = fields.UUIDField(primary_key=True)
    name = fields.CharField(max_length=100)
    code = fields.CharField(max_length=32, default='')
    """The city's own, by which boxes know that they hand out the same."""
    kind = fields.CharField(max_length=8)
    unit = fields.CharField(max_length=20)
    portion = fields.IntField()
    """So many with one touch."""
    by_size = fields.BooleanField()
    """The portion is for each member of the household."""
    share = fields.CharField(max_length=10)
    interval_minutes = fields.IntField(null=True)
    per_day = fields.IntField(null=True)
    in_all = fields.IntField(null=True)
    excludes = fields.JSONField[list[str]]()
    only_for = fields.JSONField[list[str]]()
    entitled = fields.CharField(max_length=10)
    proxies = fields.CharField(max_length=10)
    allergens = fields.JSONField[list[str] | None](null=True)
    """Empty: contains none of them. None: not entered yet."""
    warn_below = fields.IntField(null=True)
    """Fewer than this in stock at a shelter drafts a request."""
    amount = fields.IntField(null=True)
    """Yen, of a benefit that is paid."""
    retired_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'handout_item'


class Handout(Model):
    """Somebody was given something, or it went out as a surplus without a person."""

    id = fields.UUIDField(primary_key=True)
    sequence = fields.IntField(db_index=True)
    item = fields.UUIDField()
    shelter = fields.UUIDField()
    evacuee = fields.UUIDField(null=True, db_index=True)
    household = fields.UUIDField(null=True, db_index=True)
    """Whose allowance it was, where the household shares one."""
    collected_by = fields.UUIDField(null=True)
    """Another person who collected it."""
    quantity = fields.IntField()
    given_at = fields.DatetimeField()
    boot_id = fields.CharField(max_length=40)
    monotonic_ns = fields.BigIntField()
    overrode = fields.CharField(max_length=100)
    """Which answers an officer set aside."""
    words = fields.BinaryField(null=True)
    """Name of a proxy and reason of the officer, sealed."""
    desk = fields.UUIDField(null=True)
    origin = fields.UUIDField(null=True)
    """The other box that told of it."""
    taken_back_at = fields.DatetimeField(null=True)
    practice = fields.BooleanField()

    class Meta:
        table = 'handout'
        indexes = (('shelter', 'item', 'given_at'),)


class StockMove(Model):
    """Stock that came, went or was counted at a shelter, beside what was handed out."""

    id = fields.UUIDField(primary_key=True)
    sequence = fields.IntField(db_index=True)
    item = fields.UUIDField()
    shelter = fields.UUIDField()
    kind = fields.CharField(max_length=10)
    change = fields.IntField()
    counted = fields.IntField(null=True)
    """The figure that was found when stock was taken."""
    expires_on = fields.DateField(null=True)
    note = fields.CharField(max_length=200)
    moved_at = fields.DatetimeField()
    moved_by = fields.CharField(max_length=64)
    practice = fields.BooleanField()

    class Meta:
        table = 'stock_move'
        indexes = (('shelter', 'item'),)


class SupplyRequest(Model):
    """A shelter asks headquarters for supplies."""

    id = fields.UUIDField(primary_key=True)
    shelter = fields.UUIDField()
    item = fields.UUIDField(null=True)
    """None where it is something that no list has."""
    what = fields.CharField(max_length=100)
    unit = fields.CharField(max_length=20)
    quantity = fields.IntField()
    approved_quantity = fields.IntField(null=True)
    received = fields.IntField(default=0)
    needed_by = fields.DatetimeField(null=True)
    state = fields.CharField(max_length=10)
    remarks = fields.CharField(max_length=300)
    automatic = fields.BooleanField()
    """Drafted by the box because stock ran short."""
    created_at = fields.DatetimeField()
    created_by = fields.CharField(max_length=64)
    decided_by = fields.CharField(max_length=64, default='')
    changed_at = fields.DatetimeField()
    practice = fields.BooleanField()

    class Meta:
        table = 'supply_request'
        indexes = (('shelter', 'state'),)


class Benefit(Model):
    """An application for a benefit that is paid (給付金, 見舞金)."""

    id = fields.UUIDField(primary_key=True)
    item = fields.UUIDField()
    evacuee = fields.UUIDField(db_index=True)
    household = fields.UUIDField(null=True, db_index=True)
    shelter = fields.UUIDField()
    amount = fields.IntField()
    """Yen."""
    state = fields.CharField(max_length=10, db_index=True)
    payee = fields.BinaryField()
    """Account and remarks, sealed."""
    applied_at = fields.DatetimeField()
    applied_by = fields.CharField(max_length=64)
    decided_at = fields.DatetimeField(null=True)
    decided_by = fields.CharField(max_length=64, default='')
    batch = fields.UUIDField(null=True, db_index=True)
    """The export for payment that it went into."""
    practice = fields.BooleanField()

    class Meta:
        table = 'benefit'
