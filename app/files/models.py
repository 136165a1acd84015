"""Pictures that belong to records; what they show is sealed."""

from tortoise import fields
from tortoise.models import Model


class StoredFile(Model):
    """A picture that belongs to a record."""

    id = fields.UUIDField(primary_key=True)
    kind = fields.CharField(max_length=16)
    record_class = fields.CharField(max_length=16)
    subject = fields.UUIDField(db_index=True)
    """The person or the car that it is about."""
    record = fields.UUIDField(db_index=True)
    """The trip or the breath test that it belongs to."""
    media_type = fields.CharField(max_length=40)
    size = fields.IntField()
    """Bytes of the picture before it was sealed."""
    sha256 = fields.CharField(max_length=64)
    """Of the sealed content, as the journal has it."""
    taken_at = fields.DatetimeField()
    kept_at = fields.DatetimeField()
    kept_by = fields.CharField(max_length=64)

    class Meta:
        table = 'stored_file'
        indexes = (('record_class', 'taken_at'),)


class FileContent(Model):
    """What a picture shows, sealed, apart from its row so that lists stay small."""

    file = fields.UUIDField(primary_key=True)
    sealed = fields.BinaryField()

    class Meta:
        table = 'file_content'
