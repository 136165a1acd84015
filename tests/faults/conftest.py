"""Chromium for the tests of this folder."""

from tests.chromium import browser

__all__ = ['browser']
