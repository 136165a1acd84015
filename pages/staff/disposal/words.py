"""Words of the disposal list."""

from datetime import date

from app.language import _
from app.retention.disposal import DisposalProblem
from app.storage.vault import RecordClass


def class_words(record_class: RecordClass) -> str:
    """A record class as the office calls it."""
    return {
        RecordClass.ATTENDANCE: _('出勤・退勤の打刻'),
        RecordClass.ALCOHOL: _('酒気帯び確認'),
        RecordClass.VEHICLES: _('運行記録'),
        RecordClass.ACCIDENT: _('事故の写真'),
        RecordClass.STAFF: _('職員'),
    }[record_class]


def month_words(month: date) -> str:
    """A month."""
    return _('{year}年{month}月').format(year=month.year, month=month.month)


def problem_words(problem: DisposalProblem) -> str:
    """Why nothing was approved, and what to do."""
    return {
        DisposalProblem.NOTHING_CHOSEN: _('廃棄する月を選んでください。'),
        DisposalProblem.NO_REASON: _('理由を書いてください。'),
        DisposalProblem.NOT_DUE: _('廃棄リストが変わりました。もう一度選んでください。'),
    }[problem]
