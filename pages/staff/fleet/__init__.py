"""`/staff/fleet`: 適切な台数."""

from pages.staff.fleet.page import register

__all__ = ['register']
