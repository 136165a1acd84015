"""What the command line says about backups."""

from app.language import _
from app.storage.backup_archive import BackupProblem, BackupRefused


def backup_sentence(error: BackupRefused) -> str:
    """Why a backup was not made or not taken."""
    sentences = {
        BackupProblem.UNREADABLE: _('ファイルを読めません: {detail}'),
        BackupProblem.NOT_A_BACKUP: _('まちばこのバックアップではありません({detail})'),
        BackupProblem.NEWER_FORMAT: _('新しい版のまちばこが作ったバックアップです(形式 {detail})'),
        BackupProblem.CUT_OFF: _('バックアップが途中で切れているか、変えられています({detail})'),
        BackupProblem.CHANGED: _('バックアップの中身が、作ったときと違います({detail})'),
        BackupProblem.NEEDS_IDENTITY: _(
            '暗号化されたバックアップです。--identity で秘密の鍵のファイルを指定してください'
        ),
        BackupProblem.WRONG_IDENTITY: _('この鍵では開けません'),
        BackupProblem.BAD_IDENTITY: _('秘密の鍵(AGE-SECRET-KEY-…)を読めません: {detail}'),
        BackupProblem.BAD_RECIPIENT: _('設定の誤り: backup.recipients: age の公開鍵ではありません({detail})'),
        BackupProblem.DAMAGED: _('データベースの写しが壊れています({detail})'),
        BackupProblem.JOURNAL_BROKEN: _('バックアップの記録が正しくつながっていません({detail})'),
        BackupProblem.NEWER_DATABASE: _('新しい版のまちばこのデータです。この版では開けません({detail})'),
    }
    return sentences[error.problem].format(detail=error.detail)
