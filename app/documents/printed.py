"""How a value reads on paper."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from app.documents.cells import clean_text, office_number
from app.documents.dates import clock_time, duration, in_tokyo, long_date, short_date
from app.documents.sheet import Column, Kind, Sheet, Value


def printed(column: Column, value: Value, *, era: bool = False) -> str:
    """The text of a cell; empty where nothing was entered yet."""
    if value is None:
        return ''
    if isinstance(value, bool):
        return column.yes if value else column.no
    if isinstance(value, int | float | Decimal):
        decimals = column.decimals if column.kind is Kind.DECIMAL else 0
        return office_number(Decimal(str(value)), decimals)
    if isinstance(value, str):
        return clean_text(value)
    return _printed_time(column, value, era)


def _printed_time(column: Column, value: date | time | timedelta, era: bool) -> str:
    if isinstance(value, datetime):
        local = in_tokyo(value)
        return f'{short_date(local.date(), era=era)} {clock_time(local.time())}'
    if isinstance(value, date):
        return short_date(value, era=era)
    if column.kind is Kind.DURATION and isinstance(value, timedelta):
        return duration(value)
    return clock_time(value)


def made_at(sheet: Sheet) -> str:
    """When the sheet was made, for its header and footer."""
    local = in_tokyo(sheet.made_at)
    return f'{long_date(local.date(), era=sheet.era)} {clock_time(local.time())}'
