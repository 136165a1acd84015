from uuid import uuid4

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0022_practice')]

    initial = False

    operations = [
        ops.CreateModel(
            name='GatePermit',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('vehicle', fields.UUIDField()),
                ('driver', fields.UUIDField(db_index=True)),
                ('day', fields.DateField(db_index=True)),
                ('gates', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('reason', fields.CharField(max_length=100)),
                ('given_by', fields.CharField(max_length=64)),
                ('given_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('withdrawn_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'gate_permit',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A car manager has opened gates for one driver, one car and one day, before the driver comes.',
            },
            bases=['Model'],
        ),
    ]
