from uuid import uuid4

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0010_shelters')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Delivery',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('message', fields.UUIDField()),
                ('subscriber', fields.UUIDField(db_index=True)),
                ('channel', fields.CharField(max_length=8)),
                ('language', fields.CharField(max_length=8)),
                ('state', fields.CharField(max_length=8)),
                ('urgent', fields.BooleanField()),
                ('attempts', fields.IntField(default=0)),
                ('batch', fields.UUIDField(null=True, db_index=True)),
                ('held_boot', fields.CharField(default='', max_length=40)),
                ('held_until_ns', fields.BigIntField(default=0)),
                ('reason', fields.CharField(default='', max_length=32)),
                ('detail', fields.CharField(default='', max_length=200)),
                ('changed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'delivery',
                'app': 'machibako',
                'indexes': [Index(fields=['channel', 'state', 'urgent']), Index(fields=['message', 'state'])],
                'pk_attr': 'id',
                'table_description': 'One message for one subscriber.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Message',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('kind', fields.CharField(max_length=16)),
                ('attempt', fields.CharField(unique=True, max_length=64)),
                ('topic', fields.CharField(max_length=60)),
                ('texts', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('audience', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('urgent', fields.BooleanField()),
                ('practice', fields.BooleanField()),
                ('receivers', fields.IntField()),
                ('posted_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('posted_by', fields.CharField(max_length=64)),
                ('tried_since', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('boot_id', fields.CharField(max_length=40)),
                ('monotonic_ns', fields.BigIntField()),
                ('finished_at', fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'message',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'Something that was written once for many.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Subscriber',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('channel', fields.CharField(max_length=8)),
                ('state', fields.CharField(max_length=8)),
                ('address', fields.BinaryField(null=True)),
                ('address_index', fields.CharField(default='', db_index=True, max_length=64)),
                ('code_index', fields.CharField(default='', db_index=True, max_length=64)),
                ('language', fields.CharField(max_length=8)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('confirmed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('key_erased', fields.BooleanField(default=False)),
            ],
            options={
                'table': 'subscriber',
                'app': 'machibako',
                'indexes': [Index(fields=['state', 'created_at'])],
                'pk_attr': 'id',
                'table_description': 'Somebody who wants messages at one address.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SubscriberTag',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('subscriber', fields.UUIDField(db_index=True)),
                ('kind', fields.CharField(max_length=8)),
                ('tag', fields.CharField(max_length=60)),
            ],
            options={
                'table': 'subscriber_tag',
                'app': 'machibako',
                'indexes': [Index(fields=['kind', 'tag'])],
                'pk_attr': 'id',
                'table_description': 'A topic, an area or a need that a subscriber named.',
            },
            bases=['Model'],
        ),
    ]
