from uuid import uuid4

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0020_copies')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PaperPhoto',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('shelter', fields.UUIDField()),
                ('file', fields.UUIDField()),
                ('code', fields.BinaryField()),
                ('evacuee', fields.UUIDField(null=True, db_index=True)),
                ('state', fields.CharField(max_length=8)),
                ('added_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('added_by', fields.CharField(max_length=64)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'paper_photo',
                'app': 'machibako',
                'indexes': [Index(fields=['shelter', 'state', 'added_at'])],
                'pk_attr': 'id',
                'table_description': 'A picture of a form that waits to be typed in, or was.',
            },
            bases=['Model'],
        ),
    ]
