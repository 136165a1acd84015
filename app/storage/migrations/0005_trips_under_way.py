from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0004_garoon')]

    initial = False

    operations = [
        ops.AddIndex(
            model_name='Trip',
            index=Index(fields=['returned_at', 'vehicle']),
        ),
    ]
