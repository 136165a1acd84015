from uuid import uuid4

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0005_trips_under_way')]

    initial = False

    operations = [
        ops.CreateModel(
            name='StoredFile',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('kind', fields.CharField(max_length=16)),
                ('record_class', fields.CharField(max_length=16)),
                ('subject', fields.UUIDField(db_index=True)),
                ('record', fields.UUIDField(db_index=True)),
                ('media_type', fields.CharField(max_length=40)),
                ('size', fields.IntField()),
                ('sha256', fields.CharField(max_length=64)),
                ('taken_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('kept_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('kept_by', fields.CharField(max_length=64)),
            ],
            options={
                'table': 'stored_file',
                'app': 'machibako',
                'indexes': [Index(fields=['record_class', 'taken_at'])],
                'pk_attr': 'id',
                'table_description': 'A picture that belongs to a record.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='FileContent',
            fields=[
                ('file', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('sealed', fields.BinaryField()),
            ],
            options={
                'table': 'file_content',
                'app': 'machibako',
                'pk_attr': 'file',
                'table_description': 'What a picture shows, sealed, apart from its row so that lists stay small.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Hold',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('record', fields.UUIDField(db_index=True)),
                ('record_class', fields.CharField(max_length=16)),
                ('subject', fields.UUIDField()),
                ('reason', fields.BinaryField()),
                ('held_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('held_by', fields.CharField(max_length=64)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'hold',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A record in dispute that is kept until the hold ends.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Disposal',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('record_class', fields.CharField(max_length=16)),
                ('month', fields.DateField()),
                ('approved_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('approved_by', fields.CharField(max_length=64)),
                ('reason', fields.CharField(max_length=500)),
                ('records', fields.IntField(default=0)),
                ('files', fields.IntField(default=0)),
                ('finished_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'disposal',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'One approved entry of the disposal list (廃棄リスト).',
            },
            bases=['Model'],
        ),
    ]
