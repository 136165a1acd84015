from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', '0028_across_boxes')]

    initial = False

    operations = [
        ops.AddField(model_name='FamilyDraft', name='evacuee', field=fields.UUIDField(null=True)),
        ops.AddField(model_name='ShelterNotice', name='languages', field=fields.JSONField(null=True)),
        ops.AddField(model_name='Shelter', name='published', field=fields.JSONField(null=True)),
    ]
