"""The acts around needs, health, tasks and reports, in the words of the office."""

from app.language import _


def need_kinds() -> dict[str, str]:
    """Every kind of act of these parts."""
    return {
        'shelters.facts_entered': _('避難所で確かめたことを入力'),
        'shelters.health_noted': _('症状のある人を記録'),
        'shelters.health_isolated': _('分かれて過ごす場所へ移った'),
        'shelters.health_ended': _('症状の記録を終えた'),
        'shelters.task_added': _('避難所の仕事を追加'),
        'shelters.task_ended': _('避難所の仕事を終えた'),
        'shelters.task_taken': _('仕事を引き受けた'),
        'shelters.task_given_back': _('仕事の担当を外した'),
        'shelters.note_written': _('引き継ぎを残した'),
        'shelters.note_read': _('引き継ぎを読んだ'),
        'shelters.report_drafted': _('状況報告の下書きを作成'),
        'shelters.report_edited': _('状況報告の下書きを直した'),
        'shelters.report_signed': _('状況報告に署名'),
        'shelters.report_sent': _('状況報告を伝えた'),
    }
