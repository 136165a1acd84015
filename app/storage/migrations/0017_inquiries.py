from uuid import uuid4

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0016_opening')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Disaster',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('name', fields.CharField(max_length=100)),
                ('reason', fields.CharField(max_length=300)),
                ('declared_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('declared_by', fields.CharField(max_length=64)),
                ('ended_at', fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False)),
                ('ended_by', fields.CharField(null=True, max_length=64)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'disaster',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A disaster that was declared, during which the list may be opened.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Inquiry',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('asked_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('clerk', fields.CharField(max_length=64)),
                ('name_index', fields.CharField(db_index=True, max_length=64)),
                ('inquirer_index', fields.CharField(max_length=64)),
                ('content', fields.BinaryField()),
                ('outcome', fields.CharField(max_length=8)),
                ('closed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('practice', fields.BooleanField()),
            ],
            options={
                'table': 'inquiry',
                'app': 'machibako',
                'indexes': [Index(fields=['clerk', 'asked_at'])],
                'pk_attr': 'id',
                'table_description': 'A question about the safety of a person, sealed with its answer.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='VulnerableCall',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('person', fields.UUIDField(db_index=True)),
                ('disaster', fields.UUIDField(db_index=True)),
                ('called_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('caller', fields.CharField(max_length=64)),
                ('result', fields.CharField(max_length=12)),
                ('note', fields.BinaryField()),
            ],
            options={
                'table': 'vulnerable_call',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'A call or a visit to somebody on the list, and what came of it.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='VulnerablePerson',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('entry_index', fields.CharField(unique=True, max_length=64)),
                ('details', fields.BinaryField()),
                ('imported_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('evacuee', fields.UUIDField(null=True)),
                ('practice', fields.BooleanField(db_index=True)),
            ],
            options={
                'table': 'vulnerable_person',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'Somebody on the list of those who need help to flee, with everything sealed.',
            },
            bases=['Model'],
        ),
    ]
