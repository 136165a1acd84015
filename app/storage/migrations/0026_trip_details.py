from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

TOLD = """
    UPDATE trip SET overridden = nullif(told.overridden, '{}'), charge_out = told.charge FROM (
        SELECT json_extract(payload, '$.trip') AS trip, json_extract(payload, '$.overridden') AS overridden,
               json_extract(payload, '$.charge') AS charge
        FROM (
            SELECT payload FROM journal_line WHERE kind = 'vehicles.handed_over'
            UNION ALL
            SELECT json_extract(line, '$.payload') FROM exchange_line WHERE kind = 'vehicles.handed_over'
        )
    ) AS told WHERE told.trip = trip.id
"""


class Migration(migrations.Migration):
    dependencies = [('machibako', '0025_departures')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Trip',
            name='second_drivers',
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name='Trip',
            name='overridden',
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(
            model_name='Trip',
            name='charge_out',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='Trip',
            name='charged_kwh',
            field=fields.DecimalField(max_digits=6, decimal_places=2, null=True),
        ),
        ops.RunSQL(TOLD),
    ]
