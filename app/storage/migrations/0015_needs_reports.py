from uuid import uuid4

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0014_families')]

    initial = False

    operations = [
        ops.CreateModel(
            name='HandingOver',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('shelter', fields.UUIDField(db_index=True)),
                ('details', fields.BinaryField()),
                ('written_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('read_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'handing_over',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A note to the staff of the next day (引き継ぎ), sealed.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='HealthCase',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('shelter', fields.UUIDField(db_index=True)),
                ('evacuee', fields.UUIDField(null=True)),
                ('people', fields.IntField()),
                ('details', fields.BinaryField()),
                ('area', fields.UUIDField(null=True)),
                ('noticed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'health_case',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'Somebody has symptoms, or several have, with all that tells who and what sealed.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ShelterFact',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('sequence', fields.IntField()),
                ('shelter', fields.UUIDField()),
                ('fact', fields.CharField(max_length=24)),
                ('amount', fields.FloatField(null=True)),
                ('state', fields.CharField(max_length=8)),
                ('as_of', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'shelter_fact',
                'app': 'machibako',
                'indexes': [Index(fields=['shelter', 'practice', 'sequence'])],
                'pk_attr': 'id',
                'table_description': 'One thing that was looked at in a shelter, of which the last entry counts.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ShelterTask',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('shelter', fields.UUIDField(db_index=True)),
                ('title', fields.CharField(max_length=100)),
                ('helpers', fields.IntField()),
                ('starts_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ends_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'shelter_task',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'Work of volunteers at a shelter.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='StatusReport',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('sequence', fields.IntField(db_index=True)),
                ('shelter', fields.UUIDField()),
                ('number', fields.IntField()),
                ('version', fields.IntField()),
                ('state', fields.CharField(max_length=8)),
                ('figures', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('remarks', fields.TextField(unique=False)),
                ('urgent', fields.TextField(unique=False)),
                ('drafted_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('signed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('signed_by', fields.CharField(max_length=64)),
                ('sent_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('sent_by_way', fields.CharField(max_length=12)),
                ('replaced_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'status_report',
                'app': 'machibako',
                'unique_together': (('shelter', 'practice', 'number', 'version'),),
                'pk_attr': 'id',
                'table_description': 'One version of a status report, of which nothing is changed once it is signed.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='TaskHelper',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('task', fields.UUIDField(db_index=True)),
                ('details', fields.BinaryField()),
                ('taken_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'task_helper',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'Somebody takes a task, named in sealed words.',
            },
            bases=['Model'],
        ),
    ]
