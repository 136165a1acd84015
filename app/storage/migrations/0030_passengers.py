from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0029_joined_drafts')]

    initial = False

    operations = [
        ops.AddField(model_name='LoneReturn', name='recorded_for', field=fields.UUIDField(null=True)),
        ops.AddField(
            model_name='Trip',
            name='passenger_staff',
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.AddField(model_name='Trip', name='passenger_names', field=fields.CharField(max_length=200, null=True)),
    ]
