"""Which rows of the car pool are kept for how long."""

from app.retention.tables import RetainedTable
from app.storage.vault import RecordClass

RESERVATIONS = """(
    SELECT key AS id, "end" AS ends_at,
           (SELECT trip.id FROM trip WHERE trip.reservation = reservation.key LIMIT 1) AS trip
    FROM reservation
)"""

RETAINED = (
    RetainedTable(
        record_class=RecordClass.ALCOHOL,
        table='alcohol_check',
        dated='checked_at',
        subject='driver',
        belongs_to=('trip',),
        parts=(('alcohol_reading', 'check_id'), ('alcohol_picture', 'check_id'), ('alcohol_check', 'id')),
    ),
    RetainedTable(
        record_class=RecordClass.VEHICLES,
        table='trip',
        dated='returned_at',
        subject='driver',
        parts=(('trip', 'id'),),
    ),
    RetainedTable(
        record_class=RecordClass.VEHICLES,
        table='lone_return',
        dated='returned_at',
        subject='returned_by',
        belongs_to=('trip',),
        parts=(('lone_return', 'id'),),
    ),
    RetainedTable(
        record_class=RecordClass.VEHICLES,
        table='gate_permit',
        dated='given_at',
        subject='driver',
        parts=(('gate_permit', 'id'),),
    ),
    RetainedTable(
        record_class=RecordClass.VEHICLES,
        table=RESERVATIONS,
        dated='ends_at',
        belongs_to=('trip',),
        parts=(('reservation', 'key'),),
    ),
)
