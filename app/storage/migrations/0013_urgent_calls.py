from uuid import uuid4

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0012_handouts')]

    initial = False

    operations = [
        ops.CreateModel(
            name='UrgentCall',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('shelter', fields.UUIDField(db_index=True)),
                ('evacuee', fields.UUIDField(null=True)),
                ('urgency', fields.CharField(max_length=12)),
                ('area', fields.UUIDField(null=True)),
                ('desk', fields.UUIDField(null=True)),
                ('called_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('taken_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('taken_by', fields.CharField(null=True, max_length=64)),
                ('practice', fields.BooleanField(default=False)),
            ],
            options={
                'table': 'urgent_call',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'Somebody at a shelter cannot wait, until a person takes the call.',
            },
            bases=['Model'],
        ),
    ]
