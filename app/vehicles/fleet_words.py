"""How the study of the fleet names the days that it counts, on the page and on paper."""

from app.language import _
from app.vehicles.fleet_report import Days, FleetReport


def choice_words() -> dict[Days, str]:
    """Which days may be counted."""
    return {Days.OPEN: _('毎日(使われなかった休日を除く)'), Days.WORKING: _('平日のみ')}


def counted_words(report: FleetReport) -> str:
    """Which days were counted, and how many there are."""
    working = _('平日{count}日').format(count=f'{report.working_days:,}')
    if report.counted is Days.WORKING:
        words = _('{working}。休日に車が使われた{count}日は数えていません')
    else:
        words = _('{working}と、車が使われたか予約された休日{count}日')
    return words.format(working=working, count=f'{report.days_off_used:,}')


def peak_title(report: FleetReport) -> str:
    """The heading of the daily peaks."""
    return _('平日の1日の最大') if report.counted is Days.WORKING else _('1日の最大(平日と、使われた休日)')
