from uuid import uuid4

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0019_ending')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ReceivedCopy',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('box', fields.UUIDField(db_index=True)),
                ('box_name', fields.CharField(max_length=100)),
                ('life', fields.IntField()),
                ('sequence', fields.IntField()),
                ('made_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('read_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('read_by', fields.CharField(max_length=64)),
                ('sha256', fields.CharField(max_length=64)),
                ('figures', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('content', fields.BinaryField()),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'received_copy',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': ('The state of the shelters of another box, as a signed copy told it.'),
            },
            bases=['Model'],
        ),
    ]
