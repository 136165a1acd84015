from uuid import uuid4

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0024_licence_conditions')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Departure',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('evacuee', fields.UUIDField(db_index=True)),
                ('shelter', fields.UUIDField(null=True)),
                ('destination', fields.BinaryField(null=True)),
                ('needs_supplies', fields.BooleanField(default=False)),
                ('practice', fields.BooleanField(default=False)),
            ],
            options={
                'table': 'departure',
                'app': 'machibako',
                'pk_attr': 'id',
                'table_description': 'What somebody told about where they went at the end of a stay, whose id it has.',
            },
            bases=['Model'],
        ),
    ]
