"""Which rows of attendance are kept for how long."""

from app.retention.tables import RetainedTable
from app.storage.vault import RecordClass

RETAINED = (
    RetainedTable(
        record_class=RecordClass.ATTENDANCE,
        table='punch',
        dated='work_date',
        subject='staff',
        is_day=True,
        parts=(('punch', 'id'),),
    ),
)
