"""A QR code, drawn by the box."""

import segno
from nicegui.element import Element

from components.elements import box


def qr_code(content: str, description: str) -> Element:
    """The code for this text; `description` is what a screen reader says instead."""
    drawn = segno.make_qr(content, error='m').png_data_uri(scale=8, border=4)
    return box('img', 'qr-code', src=drawn, alt=description)
