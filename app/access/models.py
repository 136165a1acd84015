"""Who may do what: accounts, sessions, enrolled tablets, tokens."""

from tortoise import fields
from tortoise.models import Model


class Account(Model):
    """A member of staff who may sign in."""

    id = fields.UUIDField(primary_key=True)
    staff = fields.UUIDField(unique=True)
    password_hash = fields.CharField(max_length=200)
    roles = fields.JSONField[list[str]]()
    disabled = fields.BooleanField(default=False)

    class Meta:
        table = 'account'


class Session(Model):
    """A browser that is signed in, with the hash of its cookie."""

    id = fields.UUIDField(primary_key=True)
    token_hash = fields.CharField(max_length=64, unique=True)
    account = fields.UUIDField(db_index=True)
    started_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'access_session'


class EnrolmentCode(Model):
    """A one-time code that makes a browser the tablet of a desk."""

    id = fields.UUIDField(primary_key=True)
    code_hash = fields.CharField(max_length=64, unique=True)
    desk = fields.UUIDField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'enrolment_code'


class DeskToken(Model):
    """An enrolled tablet, with the hash of its cookie."""

    id = fields.UUIDField(primary_key=True)
    token_hash = fields.CharField(max_length=64, unique=True)
    desk = fields.UUIDField(db_index=True)
    enrolled_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'desk_token'


class ApiToken(Model):
    """A program that may read over HTTP, with the hash of its token."""

    id = fields.UUIDField(primary_key=True)
    token_hash = fields.CharField(max_length=64, unique=True)
    name = fields.CharField(max_length=100)
    scope = fields.CharField(max_length=64)
    created_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'api_token'
