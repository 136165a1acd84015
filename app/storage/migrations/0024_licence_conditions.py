from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0023_permits')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Licence',
            name='conditions',
            field=fields.CharField(default='', max_length=100),
        ),
        ops.AddField(
            model_name='Checker',
            name='desk',
            field=fields.UUIDField(null=True),
        ),
    ]
