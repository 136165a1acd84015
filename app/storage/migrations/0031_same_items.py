from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0030_passengers')]

    initial = False

    operations = [
        ops.AddField(model_name='HandoutItem', name='code', field=fields.CharField(default='', max_length=32)),
        ops.AddField(model_name='AcrossClaim', name='item_code', field=fields.CharField(default='', max_length=32)),
        ops.AddField(model_name='AcrossClaim', name='root', field=fields.UUIDField(null=True)),
    ]
