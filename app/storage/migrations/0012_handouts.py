from uuid import uuid4

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0011_messages')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Benefit',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('item', fields.UUIDField()),
                ('evacuee', fields.UUIDField(db_index=True)),
                ('household', fields.UUIDField(null=True, db_index=True)),
                ('shelter', fields.UUIDField()),
                ('amount', fields.IntField()),
                ('state', fields.CharField(db_index=True, max_length=10)),
                ('payee', fields.BinaryField()),
                ('applied_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('applied_by', fields.CharField(max_length=64)),
                ('decided_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('decided_by', fields.CharField(default='', max_length=64)),
                ('batch', fields.UUIDField(null=True, db_index=True)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'benefit',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'An application for a benefit that is paid (給付金, 見舞金).',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Handout',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('sequence', fields.IntField(db_index=True)),
                ('item', fields.UUIDField()),
                ('shelter', fields.UUIDField()),
                ('evacuee', fields.UUIDField(null=True, db_index=True)),
                ('household', fields.UUIDField(null=True, db_index=True)),
                ('collected_by', fields.UUIDField(null=True)),
                ('quantity', fields.IntField()),
                ('given_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('boot_id', fields.CharField(max_length=40)),
                ('monotonic_ns', fields.BigIntField()),
                ('overrode', fields.CharField(max_length=100)),
                ('words', fields.BinaryField(null=True)),
                ('desk', fields.UUIDField(null=True)),
                ('origin', fields.UUIDField(null=True)),
                ('taken_back_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'handout',
                'app': 'machibako',
                'indexes': [Index(fields=['shelter', 'item', 'given_at'])],
                'pk_attr': 'id',
                'table_description': 'Somebody was given something, or it went out as a surplus without a person.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='HandoutItem',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('name', fields.CharField(max_length=100)),
                ('kind', fields.CharField(max_length=8)),
                ('unit', fields.CharField(max_length=20)),
                ('portion', fields.IntField()),
                ('by_size', fields.BooleanField()),
                ('share', fields.CharField(max_length=10)),
                ('interval_minutes', fields.IntField(null=True)),
                ('per_day', fields.IntField(null=True)),
                ('in_all', fields.IntField(null=True)),
                ('excludes', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('only_for', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('entitled', fields.CharField(max_length=10)),
                ('proxies', fields.CharField(max_length=10)),
                ('allergens', fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ('warn_below', fields.IntField(null=True)),
                ('amount', fields.IntField(null=True)),
                ('retired_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'handout_item',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'Something that shelters hand out, with its rules.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='StockMove',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('sequence', fields.IntField(db_index=True)),
                ('item', fields.UUIDField()),
                ('shelter', fields.UUIDField()),
                ('kind', fields.CharField(max_length=10)),
                ('change', fields.IntField()),
                ('counted', fields.IntField(null=True)),
                ('expires_on', fields.DateField(null=True)),
                ('note', fields.CharField(max_length=200)),
                ('moved_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('moved_by', fields.CharField(max_length=64)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'stock_move',
                'app': 'machibako',
                'indexes': [Index(fields=['shelter', 'item'])],
                'pk_attr': 'id',
                'table_description': 'Stock that came, went or was counted at a shelter, beside what was handed out.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SupplyRequest',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('shelter', fields.UUIDField()),
                ('item', fields.UUIDField(null=True)),
                ('what', fields.CharField(max_length=100)),
                ('unit', fields.CharField(max_length=20)),
                ('quantity', fields.IntField()),
                ('approved_quantity', fields.IntField(null=True)),
                ('received', fields.IntField(default=0)),
                ('needed_by', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('state', fields.CharField(max_length=10)),
                ('remarks', fields.CharField(max_length=300)),
                ('automatic', fields.BooleanField()),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('created_by', fields.CharField(max_length=64)),
                ('decided_by', fields.CharField(default='', max_length=64)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'supply_request',
                'app': 'machibako',
                'indexes': [Index(fields=['shelter', 'state'])],
                'pk_attr': 'id',
                'table_description': 'A shelter asks headquarters for supplies.',
            },
            bases=['Model'],
        ),
    ]
