"""Certificates that end soon."""

from datetime import datetime

from app.people.models import Card


async def count_certificates_ending(before: datetime) -> int:
    """How many linked cards carry a certificate that ends before this time."""
    return await Card.filter(ended_at=None, not_after__lt=before).count()
