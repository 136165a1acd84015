from uuid import uuid4

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0013_urgent_calls')]

    initial = False

    operations = [
        ops.CreateModel(
            name='FamilyDraft',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('code_index', fields.CharField(unique=True, max_length=64)),
                ('number_index', fields.CharField(db_index=True, max_length=64)),
                ('details', fields.BinaryField()),
                ('expires_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('taken_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_as', fields.CharField(default='', max_length=8)),
            ],
            options={
                'table': 'family_draft',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A household as it entered itself on its own phone, until a desk has taken it.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='LeavingDeclared',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('evacuee', fields.UUIDField(db_index=True)),
                ('shelter', fields.UUIDField(db_index=True)),
                ('left_for', fields.CharField(max_length=16)),
                ('declared_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('settled_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('settled_by', fields.CharField(default='', max_length=64)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'leaving_declared',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'Somebody said on their own page that they are leaving, and a desk has yet to see to it.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='PersonCall',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('shelter', fields.UUIDField(db_index=True)),
                ('evacuee', fields.UUIDField(db_index=True)),
                ('number', fields.CharField(max_length=16)),
                ('called_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('called_by', fields.CharField(max_length=64)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'person_call',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'Somebody is asked by number to come to the reception.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ShelterNotice',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('shelter', fields.UUIDField(db_index=True)),
                ('texts', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('areas', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('needs', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('urgent', fields.BooleanField()),
                ('posted_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('posted_by', fields.CharField(max_length=64)),
                ('valid_until', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('withdrawn_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'shelter_notice',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'An announcement to the people of a shelter.',
            },
            bases=['Model'],
        ),
    ]
