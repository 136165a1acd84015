"""The look of every page: style sheets, typeface and the two page frames."""

import hashlib
from functools import cache
from pathlib import Path

from nicegui import app, ui

from app.language import current_language

ASSETS = Path(__file__).parent / 'assets'
ONE_YEAR_SECONDS = 365 * 24 * 3600
STYLE_SHEETS = ('tokens/tokens.css', 'fonts/biz-udpgothic.css', 'symbols.css', 'machibako.css')


def register_assets() -> None:
    """Serve `components/assets` from the box; call once, before the server starts."""
    app.add_static_files(_assets_root(), ASSETS, max_cache_age=ONE_YEAR_SECONDS)


def asset_url(path: str) -> str:
    """The address of a file of `components/assets`; it changes whenever any of them does."""
    return f'{_assets_root()}/{path}'


def apply_theme(title: str, *, style_sheets: tuple[str, ...] = (), scripts: tuple[str, ...] = ()) -> None:
    """Give the current page its title, the common style sheets and those it names itself."""
    ui.page_title(title)
    links = [f'<link rel="stylesheet" href="{asset_url(sheet)}">' for sheet in (*STYLE_SHEETS, *style_sheets)]
    sources = [f'<script defer src="{asset_url(script)}"></script>' for script in scripts]
    language = f'<script>document.documentElement.lang = "{current_language()}"</script>'
    ui.add_head_html('\n'.join([*links, *sources, language]))
    _leave_the_main_landmark_to_the_page()


def _leave_the_main_landmark_to_the_page() -> None:
    slot = ui.context.client.content.parent_slot
    if slot is not None:
        slot.parent.props('role=presentation')


@cache
def _assets_root() -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in ASSETS.rglob('*') if path.is_file()):
        digest.update(file.relative_to(ASSETS).as_posix().encode())
        digest.update(file.read_bytes())
    return f'/assets/{digest.hexdigest()[:12]}'
