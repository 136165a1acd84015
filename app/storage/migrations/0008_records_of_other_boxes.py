from uuid import uuid4

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0007_desk_devices')]

    initial = False

    operations = [
        ops.CreateModel(
            name='StaffElsewhere',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('number', fields.CharField(db_index=True, max_length=32)),
                ('staff', fields.UUIDField(null=True, db_index=True)),
            ],
            options={
                'table': 'staff_elsewhere',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': (
                    'A member of staff as another box names them, and as this box does once it knows them.'
                ),
            },
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Licence',
            name='sighted_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Checker',
            name='box',
            field=fields.UUIDField(null=True),
        ),
    ]
