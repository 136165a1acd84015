from uuid import uuid4

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0015_needs_reports')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ResidentAccess',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('opening', fields.UUIDField(db_index=True)),
                ('token_hash', fields.CharField(unique=True, max_length=64)),
                ('desk', fields.UUIDField(null=True)),
                ('began_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'resident_access',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'One browser with which residents go on after they gave the code.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ShelterOpening',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('shelter', fields.UUIDField(db_index=True)),
                ('code', fields.UUIDField(db_index=True)),
                ('began_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('answers', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('stopped_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('opened_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('opener', fields.BinaryField(null=True)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_by', fields.CharField(null=True, max_length=64)),
                ('sealed_again_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'shelter_opening',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'Residents began to open a shelter with a sealed code, until staff took over.',
            },
            bases=['Model'],
        ),
    ]
