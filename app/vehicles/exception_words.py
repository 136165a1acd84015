"""How a record that does not fit is told: what it is, since when, and what to do."""

from app.language import _
from app.vehicles.record_checks import RecordException, RecordProblem


def exception_words(one: RecordException) -> str:
    """What does not fit, in one sentence."""
    words = {
        RecordProblem.ODOMETER_GAP: _('前の帰着 {expected}km から {found}km まで、記録のない走行があります。'),
        RecordProblem.ODOMETER_OVERLAP: _('出発時 {found}km が、前の帰着 {expected}km より小さくなっています。'),
        RecordProblem.ODOMETER_BACK: _('帰着時 {found}km が、出発時 {expected}km より小さくなっています。'),
        RecordProblem.OUT_TWICE: _('前の返却より先に貸し出されています。'),
        RecordProblem.LONG_DRIVE: _('走行距離が {found}km あります。'),
        RecordProblem.CHECK_MISSING: _('運転前か運転後の酒気帯び確認の記録がありません。'),
        RecordProblem.SECOND_CHECK_MISSING: _('交代運転者{found}人の酒気帯び確認の記録がありません。'),
        RecordProblem.OVERDUE: _('返却予定を過ぎています。'),
        RecordProblem.START_UNKNOWN: _('返却({found}km)の記録だけがあり、出発の記録がまだ届いていません。'),
        RecordProblem.RETURNED_TWICE: _('返却({found}km)が2回記録されています。先の返却を採っています。'),
        RecordProblem.RETURN_MOVED: _(
            '返却({found}km)が前の貸出に記録されていましたが、前の貸出は先に終わっていたため、この貸出の返却としました。'
        ),
        RecordProblem.NO_SHOW: _('予約されましたが、貸出がありませんでした。'),
    }[one.problem]
    return words.format(found=_kilometres(one.found), expected=_kilometres(one.expected))


def exception_to_do(problem: RecordProblem) -> str:
    """What a person does about it."""
    odometer = _('メーターの写真か車で確かめ、違うほうの記録を訂正してください。')
    return {
        RecordProblem.ODOMETER_GAP: _('紙の記録が残っていれば入力し、なければ分かったことを書いてください。'),
        RecordProblem.ODOMETER_OVERLAP: odometer,
        RecordProblem.ODOMETER_BACK: odometer,
        RecordProblem.OUT_TWICE: _('鍵を確かめ、違うほうを返却か訂正してください。'),
        RecordProblem.LONG_DRIVE: _('運転者に確かめ、違っていれば訂正してください。'),
        RecordProblem.CHECK_MISSING: _('紙の記録を確かめ、確かめたことを書いてください。'),
        RecordProblem.SECOND_CHECK_MISSING: _('「開く」から、交代運転者の酒気帯び確認を入力してください。'),
        RecordProblem.OVERDUE: _('運転者に連絡し、返却を入力してください。'),
        RecordProblem.START_UNKNOWN: _(
            '相手の守衛室とつながると、出発の記録と合わさります。つながらなければ紙から入力してください。'
        ),
        RecordProblem.RETURNED_TWICE: _(
            '両方の守衛室に確かめ、同じ返却なら、そう書いて確認済みにしてください。別の返却なら貸出を入力してください。'
        ),
        RecordProblem.RETURN_MOVED: _('返却した人とメーターを確かめ、違っていれば訂正してください。'),
        RecordProblem.NO_SHOW: _('使わなかった理由を確かめ、書いてください。'),
    }[problem]


def exception_title(problem: RecordProblem) -> str:
    """The matter in a few words, for a column."""
    return {
        RecordProblem.ODOMETER_GAP: _('記録のない走行'),
        RecordProblem.ODOMETER_OVERLAP: _('メーターの重なり'),
        RecordProblem.ODOMETER_BACK: _('メーターの逆戻り'),
        RecordProblem.OUT_TWICE: _('二重の貸出'),
        RecordProblem.LONG_DRIVE: _('長い走行'),
        RecordProblem.CHECK_MISSING: _('酒気帯び確認なし'),
        RecordProblem.SECOND_CHECK_MISSING: _('交代運転者の酒気帯び確認なし'),
        RecordProblem.OVERDUE: _('返却の遅れ'),
        RecordProblem.START_UNKNOWN: _('出発の記録なし'),
        RecordProblem.RETURNED_TWICE: _('返却の重なり'),
        RecordProblem.RETURN_MOVED: _('別の貸出の返却'),
        RecordProblem.NO_SHOW: _('使われなかった予約'),
    }[problem]


def _kilometres(value: int | None) -> str:
    return '' if value is None else f'{value:,}'
