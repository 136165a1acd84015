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
    must_change_password = fields.BooleanField(default=False)
    """The password was given by an administrator and is good for one sign-in."""
    created_at = fields.DatetimeField()

    class Meta:
        table = 'account'


class Session(Model):
    """A browser that is signed in, with the hash of its cookie."""

    id = fields.UUIDField(primary_key=True)
    token_hash = fields.CharField(max_length=64, unique=True)
    account = fields.UUIDField(db_index=True)
    started_boot = fields.CharField(max_length=36)
    """Boot in which the monotonic time of the start was read."""
    started_at = fields.DatetimeField()
    started_ns = fields.BigIntField()
    seen_boot = fields.CharField(max_length=36)
    seen_at = fields.DatetimeField()
    """When the browser was last used, written now and then."""
    seen_ns = fields.BigIntField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'access_session'


class EnrolmentCode(Model):
    """A one-time code that makes a browser the tablet of a desk."""

    id = fields.UUIDField(primary_key=True)
    code_hash = fields.CharField(max_length=64, unique=True)
    desk = fields.UUIDField()
    issued_at = fields.DatetimeField()
    issued_ns = fields.BigIntField()
    boot_id = fields.CharField(max_length=36)
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


class Shift(Model):
    """Who is in charge of a desk, from a tap to the next one."""

    id = fields.UUIDField(primary_key=True)
    desk = fields.UUIDField(db_index=True)
    operator = fields.UUIDField()
    started_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = 'operator_shift'
