from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='Account',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('staff', fields.UUIDField(unique=True)),
                ('password_hash', fields.CharField(max_length=200)),
                ('roles', fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ('disabled', fields.BooleanField(default=False)),
            ],
            options={'table': 'account', 'app': 'machibako', 'pk_attr': 'id', 'table_description': 'A member of staff who may sign in.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ApiToken',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('token_hash', fields.CharField(unique=True, max_length=64)),
                ('name', fields.CharField(max_length=100)),
                ('scope', fields.CharField(max_length=64)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('revoked_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'api_token', 'app': 'machibako', 'pk_attr': 'id', 'table_description': 'A program that may read over HTTP, with the hash of its token.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Card',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('subject', fields.UUIDField(db_index=True)),
                ('kind', fields.CharField(max_length=16)),
                ('identifier_index', fields.CharField(db_index=True, max_length=64)),
                ('last_four', fields.CharField(max_length=4)),
                ('proven', fields.BooleanField()),
                ('not_after', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('linked_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('end_reason', fields.CharField(null=True, max_length=32)),
            ],
            options={'table': 'card', 'app': 'machibako', 'pk_attr': 'id', 'table_description': 'A link from a card to a person, from its first day to its last (ended links stay and explain past taps).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Desk',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('name', fields.CharField(unique=True, max_length=100)),
                ('job', fields.CharField(max_length=16)),
                ('reader', fields.CharField(max_length=200)),
                ('removed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'desk', 'app': 'machibako', 'pk_attr': 'id', 'table_description': 'A tablet with what belongs to it: a reader and a job.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='DeskToken',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('token_hash', fields.CharField(unique=True, max_length=64)),
                ('desk', fields.UUIDField(db_index=True)),
                ('enrolled_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('revoked_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'desk_token', 'app': 'machibako', 'pk_attr': 'id', 'table_description': 'An enrolled tablet, with the hash of its cookie.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='EnrolmentCode',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('code_hash', fields.CharField(unique=True, max_length=64)),
                ('desk', fields.UUIDField()),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('used_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'enrolment_code', 'app': 'machibako', 'pk_attr': 'id', 'table_description': 'A one-time code that makes a browser the tablet of a desk.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Epoch',
            fields=[
                ('id', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ('box', fields.UUIDField()),
                ('number', fields.IntField(unique=True)),
                ('first_sequence', fields.IntField()),
                ('reason', fields.CharField(max_length=32)),
            ],
            options={'table': 'journal_epoch', 'app': 'machibako', 'pk_attr': 'id', 'table_description': 'A life of the box, ended by a restore or a new image.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='JournalLine',
            fields=[
                ('sequence', fields.IntField(primary_key=True, unique=True, db_index=True)),
                ('id', fields.CharField(unique=True, max_length=36)),
                ('box', fields.CharField(max_length=36)),
                ('epoch', fields.CharField(max_length=32)),
                ('kind', fields.CharField(db_index=True, max_length=64)),
                ('version', fields.IntField()),
                ('subjects', fields.TextField(unique=False)),
                ('actor', fields.CharField(max_length=64)),
                ('assurance', fields.CharField(max_length=32)),
                ('desk', fields.CharField(null=True, max_length=36)),
                ('attempt', fields.CharField(unique=True, max_length=80)),
                ('happened_at', fields.CharField(max_length=40)),
                ('recorded_at', fields.CharField(max_length=40)),
                ('boot_id', fields.CharField(max_length=36)),
                ('monotonic_ns', fields.BigIntField()),
                ('clock_quality', fields.CharField(max_length=16)),
                ('batch', fields.CharField(null=True, db_index=True, max_length=36)),
                ('payload', fields.TextField(unique=False)),
                ('hash_version', fields.IntField()),
                ('previous_hash', fields.CharField(max_length=64)),
                ('hash', fields.CharField(max_length=64)),
            ],
            options={'table': 'journal_line', 'app': 'machibako', 'pk_attr': 'sequence', 'table_description': 'One act. Everything but the sequence is kept as the text that was hashed.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='JournalSubject',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('sequence', fields.IntField()),
                ('subject', fields.CharField(max_length=36)),
            ],
            options={'table': 'journal_subject', 'app': 'machibako', 'indexes': [Index(fields=['subject', 'sequence'])], 'pk_attr': 'id', 'table_description': 'Which lines speak of whom.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Punch',
            fields=[
                ('sequence', fields.IntField(primary_key=True, unique=True, db_index=True)),
                ('id', fields.UUIDField(unique=True)),
                ('staff', fields.UUIDField()),
                ('work_date', fields.DateField(db_index=True)),
                ('kind', fields.CharField(max_length=3)),
                ('punched_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('recorded_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('boot_id', fields.CharField(max_length=36)),
                ('monotonic_ns', fields.BigIntField()),
                ('clock_quality', fields.CharField(max_length=16)),
                ('desk', fields.UUIDField(null=True)),
                ('source', fields.CharField(max_length=10)),
                ('replaces', fields.UUIDField(null=True)),
            ],
            options={'table': 'punch', 'app': 'machibako', 'indexes': [Index(fields=['staff', 'work_date'])], 'pk_attr': 'sequence', 'table_description': 'One recorded arrival or departure (打刻).'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='SecurityEvent',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('kind', fields.CharField(db_index=True, max_length=64)),
                ('source', fields.CharField(max_length=128)),
                ('detail', fields.CharField(max_length=256)),
                ('times', fields.IntField(default=1)),
            ],
            options={'table': 'security_event', 'app': 'machibako', 'pk_attr': 'id', 'table_description': 'An act that was refused: who tried what, from where.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Session',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('token_hash', fields.CharField(unique=True, max_length=64)),
                ('account', fields.UUIDField(db_index=True)),
                ('started_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'access_session', 'app': 'machibako', 'pk_attr': 'id', 'table_description': 'A browser that is signed in, with the hash of its cookie.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Staff',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('number', fields.CharField(unique=True, max_length=32)),
                ('name', fields.BinaryField()),
                ('kana', fields.BinaryField()),
                ('department', fields.CharField(max_length=200)),
                ('active', fields.BooleanField(default=True)),
            ],
            options={'table': 'staff', 'app': 'machibako', 'pk_attr': 'id', 'table_description': 'A member of staff (職員) whose name and kana are sealed.'},
            bases=['Model'],
        ),
    ]
