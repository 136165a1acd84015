from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0021_papers')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Desk',
            name='practice_until',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
