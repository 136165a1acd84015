from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0002_shared_cars')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ExchangeApplied',
            fields=[
                ('line', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('sequence', fields.IntField(unique=True)),
            ],
            options={
                'table': 'exchange_applied',
                'app': 'machibako',
                'pk_attr': 'line',
                'table_description': 'Which line of another box took effect here, and the journal line of this box that says so.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ExchangeLine',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('box', fields.CharField(max_length=36)),
                ('epoch', fields.CharField(max_length=32)),
                ('sequence', fields.IntField()),
                ('kind', fields.CharField(db_index=True, max_length=64)),
                ('subject', fields.CharField(null=True, db_index=True, max_length=36)),
                ('hash', fields.CharField(unique=True, max_length=64)),
                ('line', fields.TextField(unique=False)),
                ('opened', fields.TextField(unique=False)),
                ('received_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'exchange_line',
                'app': 'machibako',
                'unique_together': (('box', 'epoch', 'sequence'),),
                'pk_attr': 'id',
                'table_description': 'A journal line of another box, as it was hashed there.',
            },
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ExchangePeer',
            fields=[
                ('name', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                ('box', fields.UUIDField(null=True)),
                ('cursor', fields.CharField(default='', max_length=120)),
            ],
            options={
                'table': 'exchange_peer',
                'app': 'machibako',
                'pk_attr': 'name',
                'table_description': 'Another box, and the last line of this box that it holds.',
            },
            bases=['Model'],
        ),
    ]
