from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0003_exchange')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Reservation',
            name='written_back',
            field=fields.CharField(default='', max_length=10),
        ),
        ops.CreateModel(
            name='ReservationSource',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('heard_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                'table': 'reservation_source',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'When reservations were last heard of, one row.',
            },
            bases=['Model'],
        ),
    ]
