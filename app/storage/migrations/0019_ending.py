from uuid import uuid4

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0018_people')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Anonymisation',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('shelter', fields.UUIDField(null=True)),
                ('practice', fields.BooleanField()),
                ('reason', fields.CharField(max_length=300)),
                ('state', fields.CharField(db_index=True, max_length=10)),
                ('proposed_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('proposed_by', fields.CharField(max_length=64)),
                ('exported_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('exported_by', fields.CharField(default='', max_length=64)),
                ('export_sha256', fields.CharField(default='', max_length=64)),
                ('approved_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('approved_by', fields.CharField(default='', max_length=64)),
                ('finished_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('certificate', fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
                ('signature', fields.CharField(default='', max_length=200)),
            ],
            options={
                'table': 'anonymisation',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'People of shelters are made nameless, from the proposal to the proof.',
            },
            bases=['Model'],
        ),
    ]
