"""Values of cells as the text that somebody would have typed."""

from datetime import date, datetime, time, timedelta

Cell = int | float | str | bool | time | date | datetime | timedelta
DIGITS = 15
"""As many as a spreadsheet shows of a number."""


def cell_text(cell: Cell, digits: int = 0) -> str:
    """Whole numbers without a fraction, days as `2027-03-31`, times as `08:30`, seconds only where there are any.

    A number has at least so many digits, with zeros before it.
    """
    match cell:
        case bool():
            return str(cell).upper()
        case float():
            return (f'{cell:.{DIGITS}g}' if abs(cell) < 10**DIGITS else f'{cell:.0f}').zfill(digits)
        case datetime():
            return _day_and_time(cell)
        case date():
            return cell.isoformat()
        case time():
            return _time(_whole_seconds(datetime.combine(date(2000, 1, 1), cell)))
        case timedelta():
            return _duration(cell)
        case str():
            return cell.replace('\0', '')
        case _:
            return str(cell)


def _day_and_time(at: datetime) -> str:
    rounded = _whole_seconds(at)
    day, clock_time = rounded.date().isoformat(), _time(rounded)
    return day if clock_time == '00:00' else f'{day} {clock_time}'


def _whole_seconds(at: datetime) -> datetime:
    return at.replace(microsecond=0) + timedelta(seconds=round(at.microsecond / 1_000_000))


def _time(at: datetime) -> str:
    return f'{at:%H:%M:%S}' if at.second else f'{at:%H:%M}'


def _duration(length: timedelta) -> str:
    seconds = round(length.total_seconds())
    sign, seconds = '-' if seconds < 0 else '', abs(seconds)
    hours, minutes = divmod(seconds // 60, 60)
    return f'{sign}{hours}:{minutes:02}' + (f':{seconds % 60:02}' if seconds % 60 else '')
