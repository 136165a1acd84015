"""Reading posted forms."""

from collections.abc import Mapping

from fastapi import Request

LONGEST_VALUE = 1000


async def posted(request: Request) -> Mapping[str, str]:
    """The fields of a posted form; files and over-long values count as empty."""
    async with request.form(max_files=0, max_fields=50) as form:
        return {
            name: value if isinstance(value, str) and len(value) <= LONGEST_VALUE else ''
            for name, value in form.multi_items()
        }


def address_of(request: Request) -> str:
    """The network address that the request came from."""
    return request.client.host if request.client else 'unknown'
