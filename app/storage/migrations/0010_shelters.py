from uuid import uuid4

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0009_many_cars')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Dwelling',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('details', fields.BinaryField()),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'dwelling',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A building that people live in (住家), for the certificate of damage.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Evacuee',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('number', fields.CharField(unique=True, max_length=16)),
                ('person_class', fields.CharField(max_length=8)),
                ('assured', fields.CharField(max_length=12)),
                ('details', fields.BinaryField()),
                ('details_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('registered_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('merged_into', fields.UUIDField(null=True)),
                ('practice', fields.BooleanField(default=False)),
            ],
            options={
                'table': 'evacuee',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A person who came to a shelter or asks for supplies, with all that tells who it is sealed.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='EvacueeToken',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('evacuee', fields.UUIDField(db_index=True)),
                ('kind', fields.CharField(max_length=16)),
                ('token_index', fields.CharField(db_index=True, max_length=64)),
                ('last_four', fields.CharField(max_length=4)),
                ('bound_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'evacuee_token',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A card, a wristband or a printed code that leads to an evacuee.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='HeadCount',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('sequence', fields.IntField(unique=True)),
                ('shelter', fields.UUIDField()),
                ('area', fields.UUIDField(null=True)),
                ('person_class', fields.CharField(max_length=8)),
                ('change', fields.IntField()),
                ('counted_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('desk', fields.UUIDField(null=True)),
                ('practice', fields.BooleanField(default=False)),
            ],
            options={
                'table': 'head_count',
                'app': 'machibako',
                'indexes': [Index(fields=['shelter', 'person_class'])],
                'pk_attr': 'id',
                'table_description': 'A press of a counter: so many more or fewer, without a name.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Household',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('details', fields.BinaryField()),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'household',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'People who live together (世帯).',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='HouseholdDwelling',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('household', fields.UUIDField(db_index=True)),
                ('dwelling', fields.UUIDField(db_index=True)),
            ],
            options={
                'table': 'household_dwelling',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A household lived in a dwelling.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='HouseholdMember',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('household', fields.UUIDField(db_index=True)),
                ('evacuee', fields.UUIDField(db_index=True)),
                ('is_representative', fields.BooleanField(default=False)),
                ('joined_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'household_member',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'Somebody belongs to a household, from one day to another.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='OpeningCode',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('shelter', fields.UUIDField(db_index=True)),
                ('code_index', fields.CharField(unique=True, max_length=64)),
                ('sealed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('sealed_by', fields.CharField(max_length=64)),
                ('used_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'opening_code',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A code on sealed paper in the key box, with which residents open the shelter.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Shelter',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('code', fields.CharField(unique=True, max_length=40)),
                ('name', fields.CharField(max_length=200)),
                ('kana', fields.CharField(max_length=200)),
                ('kind', fields.CharField(db_index=True, max_length=16)),
                ('address', fields.CharField(max_length=300)),
                ('district', fields.CharField(db_index=True, max_length=100)),
                ('latitude', fields.FloatField(null=True)),
                ('longitude', fields.FloatField(null=True)),
                ('capacity', fields.IntField(null=True)),
                ('blocked_capacity', fields.IntField(default=0)),
                ('area_m2', fields.FloatField(null=True)),
                ('phone', fields.CharField(max_length=40)),
                ('hazards', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('accepts', fields.CharField(max_length=300)),
                ('remarks', fields.CharField(max_length=500)),
                ('source', fields.CharField(max_length=200)),
                ('state', fields.CharField(db_index=True, max_length=20)),
                ('state_since', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('practice', fields.BooleanField(default=False)),
                ('here', fields.BooleanField(default=False)),
                ('retired_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'shelter',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A place where people shelter.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ShelterArea',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('shelter', fields.UUIDField(db_index=True)),
                ('name', fields.CharField(max_length=100)),
                ('kind', fields.CharField(max_length=12)),
                ('capacity', fields.IntField(null=True)),
                ('blocked', fields.IntField(default=0)),
                ('area_m2', fields.FloatField(null=True)),
                ('retired_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'shelter_area',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A part of a shelter: a classroom, a row of mats, a ground for cars.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ShelterDesk',
            fields=[
                ('desk', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('shelter', fields.UUIDField(db_index=True)),
                ('area', fields.UUIDField(null=True)),
                ('mode', fields.CharField(max_length=12)),
            ],
            options={
                'table': 'shelter_desk',
                'app': 'machibako',
                'pk_attr': 'desk',
                'table_description': 'Which shelter the desk of a tablet receives people for.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Stay',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('evacuee', fields.UUIDField(db_index=True)),
                ('shelter', fields.UUIDField()),
                ('area', fields.UUIDField(null=True)),
                ('place', fields.CharField(max_length=8)),
                ('state', fields.CharField(max_length=8)),
                ('visitor', fields.BooleanField(default=False)),
                ('arrived_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('state_since', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('seen_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('expected_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('left_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('left_for', fields.CharField(null=True, max_length=16)),
                ('practice', fields.BooleanField(default=False)),
            ],
            options={
                'table': 'stay',
                'app': 'machibako',
                'indexes': [Index(fields=['shelter', 'state'])],
                'pk_attr': 'id',
                'table_description': 'Somebody stays at a shelter or is looked after by it, from their arrival to their leaving.',
            },
            bases=['Model'],
        ),
    ]
