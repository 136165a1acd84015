from uuid import uuid4

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0027_two_rooms')]

    initial = False

    operations = [
        ops.CreateModel(
            name='AcrossKey',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('secret', fields.BinaryField()),
                ('made_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_elsewhere', fields.BooleanField(default=False)),
            ],
            options={
                'table': 'across_key',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'The key of one disaster with which all boxes of a city make equal indexes of cards and codes.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AcrossToken',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('key', fields.UUIDField()),
                ('token_index', fields.CharField(db_index=True, max_length=64)),
            ],
            options={
                'table': 'across_token',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'The index of a token of this box, whose id it has.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AcrossPerson',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('key', fields.UUIDField()),
                ('box', fields.UUIDField()),
                ('number', fields.CharField(max_length=16)),
                ('indexes', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('withdrawn', fields.BooleanField()),
                ('since', fields.CharField(max_length=24)),
                ('practice', fields.BooleanField()),
                ('told', fields.CharField(max_length=24)),
                ('passed_on', fields.CharField(max_length=24, default='')),
            ],
            options={
                'table': 'across_person',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'Somebody as a box told of them, under the id that they have there.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AcrossIndex',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('key', fields.UUIDField()),
                ('token_index', fields.CharField(db_index=True, max_length=64)),
                ('person', fields.UUIDField(db_index=True)),
            ],
            options={
                'table': 'across_index',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'An index leads to somebody of whom a box told.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AcrossStay',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('key', fields.UUIDField()),
                ('box', fields.UUIDField()),
                ('person', fields.UUIDField(db_index=True)),
                ('shelter', fields.UUIDField()),
                ('shelter_name', fields.CharField(max_length=200)),
                ('state', fields.CharField(max_length=8)),
                ('arrived_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('seen_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('told', fields.CharField(max_length=24)),
                ('passed_on', fields.CharField(max_length=24, default='')),
            ],
            options={
                'table': 'across_stay',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'Where somebody is, as a box told.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AcrossClaim',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('key', fields.UUIDField()),
                ('box', fields.UUIDField()),
                ('person', fields.UUIDField(db_index=True)),
                ('shelter', fields.UUIDField()),
                ('shelter_name', fields.CharField(max_length=200)),
                ('item', fields.CharField(max_length=100)),
                ('limits', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('overridden', fields.BooleanField()),
                ('stands', fields.BooleanField()),
                ('told', fields.CharField(max_length=24)),
                ('passed_on', fields.CharField(max_length=24, default='')),
            ],
            options={
                'table': 'across_claim',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'What somebody received or applied for, as a box told.',
            },
            bases=['Model'],
        ),
    ]
