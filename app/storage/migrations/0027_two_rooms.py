from uuid import uuid4

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

CHANGED = """
    UPDATE alcohol_check SET changed = max(sequence, coalesce((
        SELECT max(line.sequence) FROM journal_line AS line
        WHERE line.kind = 'vehicles.alcohol_instructed' AND json_extract(line.payload, '$.check') = alcohol_check.id
    ), 0))
"""


class Migration(migrations.Migration):
    dependencies = [('machibako', '0026_trip_details')]

    initial = False

    operations = [
        ops.CreateModel(
            name='LoneReturn',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('sequence', fields.IntField(unique=True)),
                ('box', fields.UUIDField()),
                ('vehicle', fields.UUIDField(db_index=True)),
                ('returned_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('returned_by', fields.UUIDField()),
                ('received_by', fields.UUIDField(null=True)),
                ('desk', fields.UUIDField(null=True)),
                ('odometer', fields.IntField()),
                ('check_id', fields.UUIDField(null=True)),
                ('others', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('trip', fields.UUIDField(null=True, db_index=True)),
            ],
            options={
                'table': 'lone_return',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A key that came back to a guard room which does not know yet when it went out.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='DutyElsewhere',
            fields=[
                ('desk', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('box', fields.UUIDField()),
                ('operator', fields.UUIDField(null=True)),
                ('since', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'duty_elsewhere',
                'app': 'machibako',
                'pk_attr': 'desk',
                'table_description': 'Who is in charge of a desk of the other guard room, as that was last heard.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='GaroonLogin',
            fields=[
                ('login', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=100)),
                ('number', fields.CharField(max_length=32)),
            ],
            options={
                'table': 'garoon_login',
                'app': 'machibako',
                'pk_attr': 'login',
                'table_description': 'A login name of Garoon that is not the staff number.',
            },
            bases=['Model'],
        ),
        ops.AddField(model_name='TurnedAway', name='box', field=fields.UUIDField(null=True)),
        ops.AddField(model_name='AlcoholCheck', name='changed', field=fields.IntField(null=True)),
        ops.RunSQL(CHANGED),
        ops.AddIndex(model_name='AlcoholCheck', index=Index(fields=['changed'])),
    ]
