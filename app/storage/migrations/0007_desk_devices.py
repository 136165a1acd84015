from uuid import uuid4

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0006_files')]

    initial = False

    operations = [
        ops.CreateModel(
            name='AlcoholPicture',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('check_id', fields.UUIDField(db_index=True)),
                ('kind', fields.CharField(max_length=8)),
                ('state', fields.CharField(max_length=8)),
                ('file', fields.UUIDField(null=True)),
                ('reason', fields.CharField(default='', max_length=20)),
            ],
            options={
                'table': 'alcohol_picture',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': (
                    'A picture that belongs to a breath test, or that there is none although one was wanted.'
                ),
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='AlcoholReading',
            fields=[
                ('check_id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('source', fields.CharField(max_length=8)),
                ('checker_state', fields.CharField(max_length=12)),
                ('words', fields.BinaryField(null=True)),
            ],
            options={
                'table': 'alcohol_reading',
                'app': 'machibako',
                'pk_attr': 'check_id',
                'table_description': 'How the value of a breath test came to a desk that has a checker with a line.',
            },
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Desk',
            name='camera',
            field=fields.BinaryField(null=True),
        ),
        ops.AddField(
            model_name='Desk',
            name='checker',
            field=fields.BinaryField(null=True),
        ),
    ]
