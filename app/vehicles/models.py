"""Cars, those who may drive them, and what happened."""

from tortoise import fields
from tortoise.models import Model


class Vehicle(Model):
    """A shared car (共用車)."""

    id = fields.UUIDField(primary_key=True)
    plate = fields.CharField(max_length=40, unique=True)
    """登録番号, the same car at every box."""
    name = fields.CharField(max_length=100)
    car_type = fields.CharField(max_length=16)
    guard_room = fields.CharField(max_length=100)
    department = fields.CharField(max_length=200)
    key_number = fields.CharField(max_length=20)
    facility = fields.CharField(max_length=40, db_index=True)
    """Id of the facility (施設) in Garoon."""
    licence_class = fields.CharField(max_length=16)
    inspection_until = fields.DateField(null=True)
    compulsory_insurance_until = fields.DateField(null=True)
    voluntary_insurance_until = fields.DateField(null=True)
    periodic_check_until = fields.DateField(null=True)
    blocked_reason = fields.CharField(max_length=200)
    for_disasters = fields.BooleanField(default=False)
    has_winter_tyres = fields.BooleanField(default=False)
    is_electric = fields.BooleanField(default=False)
    odometer = fields.IntField(null=True)
    """Kilometres at the last return."""
    retired_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'vehicle'


class Licence(Model):
    """A driving licence as somebody saw it on a day."""

    id = fields.UUIDField(primary_key=True)
    staff = fields.UUIDField(db_index=True)
    classes = fields.JSONField[list[str]]()
    conditions = fields.CharField(max_length=100, default='')
    """限定条件, with commas between."""
    valid_until = fields.DateField()
    sighted_on = fields.DateField()
    sighted_by = fields.CharField(max_length=64)
    sighted_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'licence'


class Checker(Model):
    """An alcohol detector (アルコール検知器)."""

    id = fields.UUIDField(primary_key=True)
    serial = fields.CharField(max_length=64, unique=True)
    model = fields.CharField(max_length=100)
    started_on = fields.DateField()
    expires_on = fields.DateField(null=True)
    measurement_limit = fields.IntField(null=True)
    measurements = fields.IntField(default=0)
    function_checked_at = fields.DatetimeField(null=True)
    retired_at = fields.DatetimeField(null=True)
    box = fields.UUIDField(null=True)
    """The other box at which it is in use; None: at this one."""
    desk = fields.UUIDField(null=True)
    """The desk where it lies; None: it is not bound to one."""

    class Meta:
        table = 'alcohol_checker'


class AlcoholCheck(Model):
    """One breath test with its confirmation, one row for every attempt."""

    sequence = fields.IntField(primary_key=True)
    id = fields.UUIDField(unique=True)
    phase = fields.CharField(max_length=6)
    driver = fields.UUIDField(db_index=True)
    vehicle = fields.UUIDField(null=True)
    trip = fields.UUIDField(null=True, db_index=True)
    checked_at = fields.DatetimeField(db_index=True)
    confirmer = fields.UUIDField()
    method = fields.CharField(max_length=16)
    checker = fields.UUIDField(null=True)
    value = fields.DecimalField(max_digits=5, decimal_places=3)
    """Milligrams in a litre of breath."""
    is_positive = fields.BooleanField()
    instruction = fields.BinaryField(null=True)
    """指示事項, sealed."""
    instructed_by = fields.UUIDField(null=True)
    desk = fields.UUIDField(null=True)
    changed = fields.IntField(null=True)
    """Sequence of the journal line that last changed it."""

    class Meta:
        table = 'alcohol_check'
        indexes = (('is_positive', 'checked_at'), ('changed',))


class AlcoholReading(Model):
    """How the value of a breath test came to a desk that has a checker with a line."""

    check_id = fields.UUIDField(primary_key=True)
    source = fields.CharField(max_length=8)
    """`checker` told it, or a person `typed` it."""
    checker_state = fields.CharField(max_length=12)
    words = fields.BinaryField(null=True)
    """What the checker said word for word, sealed."""

    class Meta:
        table = 'alcohol_reading'


class AlcoholPicture(Model):
    """A picture that belongs to a breath test, or that there is none although one was wanted."""

    id = fields.UUIDField(primary_key=True)
    check_id = fields.UUIDField(db_index=True)
    kind = fields.CharField(max_length=8)
    state = fields.CharField(max_length=8)
    file = fields.UUIDField(null=True)
    reason = fields.CharField(max_length=20, default='')
    """Why there is none."""

    class Meta:
        table = 'alcohol_picture'


class GatePermit(Model):
    """A car manager has opened gates for one driver, one car and one day, before the driver comes."""

    id = fields.UUIDField(primary_key=True)
    vehicle = fields.UUIDField()
    driver = fields.UUIDField(db_index=True)
    day = fields.DateField(db_index=True)
    gates = fields.JSONField[list[str]]()
    reason = fields.CharField(max_length=100)
    given_by = fields.CharField(max_length=64)
    given_at = fields.DatetimeField()
    withdrawn_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'gate_permit'


class Trip(Model):
    """The use of a car from the hand-over of its key to the return (運行記録)."""

    id = fields.UUIDField(primary_key=True)
    sequence = fields.IntField(unique=True)
    """Sequence of the journal line that last changed it."""
    box = fields.UUIDField()
    """Where the key was handed over."""
    vehicle = fields.UUIDField(db_index=True)
    driver = fields.UUIDField(db_index=True)
    reservation = fields.CharField(max_length=120, null=True)
    destination = fields.CharField(max_length=200)
    purpose = fields.CharField(max_length=200)
    passengers = fields.IntField(default=0)
    second_drivers = fields.JSONField[list[str] | None](null=True)
    """交代運転者: ids of staff; None: nobody."""
    passenger_staff = fields.JSONField[list[str] | None](null=True)
    """同乗者 among the staff, by id; None: nobody."""
    passenger_names = fields.CharField(max_length=200, null=True)
    """Other 同乗者, as they were written."""
    overridden = fields.JSONField[dict[str, str] | None](null=True)
    """Gates that a manager opened, each with the reason."""
    charge_out = fields.IntField(null=True)
    """What was left in the battery at the hand-over, percent."""
    out_at = fields.DatetimeField(db_index=True)
    due_at = fields.DatetimeField(null=True)
    odometer_out = fields.IntField(null=True)
    handed_over_by = fields.UUIDField(null=True)
    desk_out = fields.UUIDField(null=True)
    returned_at = fields.DatetimeField(null=True)
    returned_by = fields.UUIDField(null=True)
    odometer_in = fields.IntField(null=True)
    received_by = fields.UUIDField(null=True)
    desk_in = fields.UUIDField(null=True)
    fuel_litres = fields.DecimalField(max_digits=6, decimal_places=2, null=True)
    fuel_yen = fields.IntField(null=True)
    charged_kwh = fields.DecimalField(max_digits=6, decimal_places=2, null=True)
    has_receipt = fields.BooleanField(default=False)
    abnormality = fields.CharField(max_length=500, default='')
    is_accident = fields.BooleanField(default=False)
    source = fields.CharField(max_length=10)

    class Meta:
        table = 'trip'
        indexes = (('returned_at', 'vehicle'), ('reservation',))


class Reservation(Model):
    """A reservation as Garoon last told it."""

    key = fields.CharField(max_length=120, primary_key=True)
    event = fields.CharField(max_length=40)
    facility = fields.CharField(max_length=40, db_index=True)
    start = fields.DatetimeField(db_index=True)
    end = fields.DatetimeField()
    subject = fields.CharField(max_length=500)
    purpose = fields.CharField(max_length=500)
    creator = fields.CharField(max_length=100)
    """Login name of who booked."""
    attendees = fields.JSONField[list[str]]()
    """Login names of those who go along, in the order of the reservation."""
    fetched_at = fields.DatetimeField()
    gone_at = fields.DatetimeField(null=True)
    written_back = fields.CharField(max_length=10, default='')
    """State of the lending that was last written to the event in Garoon."""

    class Meta:
        table = 'reservation'
        indexes = (('end',),)


class ReservationSource(Model):
    """When reservations were last heard of, one row."""

    id = fields.IntField(primary_key=True)
    heard_at = fields.DatetimeField()

    class Meta:
        table = 'reservation_source'


class TurnedAway(Model):
    """Somebody wanted a car and there was none."""

    id = fields.UUIDField(primary_key=True)
    at = fields.DatetimeField(db_index=True)
    desk = fields.UUIDField(null=True)
    car_type = fields.CharField(max_length=16)
    box = fields.UUIDField(null=True)
    """The other box at which it was; None: at this one."""

    class Meta:
        table = 'turned_away'
