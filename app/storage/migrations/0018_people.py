from uuid import uuid4

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0017_inquiries')]

    initial = False

    operations = [
        ops.CreateModel(
            name='DuplicateDecision',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('kept', fields.UUIDField(db_index=True)),
                ('other', fields.UUIDField(db_index=True)),
                ('same', fields.BooleanField()),
                ('moved', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('details_before', fields.BinaryField(null=True)),
                ('decided_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('undone_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'duplicate_decision',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A person decided whether two records are the same human being.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='RollCall',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('shelter', fields.UUIDField(db_index=True)),
                ('started_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('started_by', fields.CharField(max_length=64)),
                ('closed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('closed_by', fields.CharField(null=True, max_length=64)),
                ('practice', fields.BooleanField(default=False)),
            ],
            options={
                'table': 'roll_call',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'One roll call of a shelter, from its beginning to the signature.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='RollCallHeads',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('roll_call', fields.UUIDField()),
                ('area', fields.UUIDField(null=True)),
                ('heads', fields.IntField()),
                ('counted_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('counted_by', fields.CharField(max_length=64)),
            ],
            options={
                'table': 'roll_call_heads',
                'app': 'machibako',
                'indexes': [Index(fields=['roll_call'])],
                'pk_attr': 'id',
                'table_description': 'How many heads somebody counted in an area at a roll call.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='RollCallMark',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('roll_call', fields.UUIDField()),
                ('evacuee', fields.UUIDField()),
                ('mark', fields.CharField(max_length=12)),
                ('marked_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('marked_by', fields.CharField(max_length=64)),
            ],
            options={
                'table': 'roll_call_mark',
                'app': 'machibako',
                'unique_together': (('roll_call', 'evacuee'),),
                'pk_attr': 'id',
                'table_description': 'What was found of one person at a roll call.',
            },
            bases=['Model'],
        ),
    ]
