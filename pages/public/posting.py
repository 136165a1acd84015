"""Reading forms of public pages: more fields than a staff form, and several values of one name."""

from collections.abc import Mapping

from fastapi import Request

MOST_FIELDS = 120
LONGEST_VALUE = 1000


async def posted_many(request: Request) -> dict[str, list[str]]:
    """All values of each field; files and over-long values are left out."""
    values: dict[str, list[str]] = {}
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        for name, value in form.multi_items():
            if isinstance(value, str) and len(value) <= LONGEST_VALUE:
                values.setdefault(name, []).append(value)
    return values


def first_values(posted: Mapping[str, list[str]]) -> dict[str, str]:
    """One value of each field."""
    return {name: values[0] for name, values in posted.items()}
