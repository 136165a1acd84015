from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0008_records_of_other_boxes')]

    initial = False

    operations = [
        ops.AddIndex(
            model_name='AlcoholCheck',
            index=Index(fields=['is_positive', 'checked_at']),
        ),
        ops.AddIndex(
            model_name='Trip',
            index=Index(fields=['reservation']),
        ),
        ops.AddIndex(
            model_name='Reservation',
            index=Index(fields=['end']),
        ),
    ]
