"""Typst with the fonts that ship, and nothing from the network."""

from functools import cache
from pathlib import Path

import typst

from app.documents.sheet import SheetError

TEMPLATES = Path(__file__).parent / 'templates'
FONTS = Path(__file__).parent.parent.parent / 'data' / 'fonts'


class TypesettingFailed(SheetError):
    """The pages could not be set; says where in the template, never what stood there."""


def typeset(template: str, inputs: dict[str, str], *, tagged: bool = True) -> bytes:
    """The PDF of a template of `templates/`, its inputs being data and never markup.

    Raises:
        TypesettingFailed: a fault of the template.
    """
    compiler = typst.Compiler(TEMPLATES / template, root=TEMPLATES, font_paths=_fonts(), sys_inputs=inputs)
    try:
        made = compiler.compile(format='pdf', pdf_tags=tagged)
    except RuntimeError:
        raise TypesettingFailed(template) from None
    if not isinstance(made, bytes):
        raise TypesettingFailed(template)
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[FONTS])
