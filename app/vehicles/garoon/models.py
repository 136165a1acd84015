"""Who is who in Garoon."""

from tortoise import fields
from tortoise.models import Model


class GaroonLogin(Model):
    """A login name of Garoon that is not the staff number."""

    login = fields.CharField(max_length=100, primary_key=True)
    number = fields.CharField(max_length=32)
    """職員番号."""

    class Meta:
        table = 'garoon_login'
