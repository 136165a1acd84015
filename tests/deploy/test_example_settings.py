"""What people copy from the manual works, and leaves nothing out."""

import re
import tomllib
from pathlib import Path

from app.settings import FILE_NAME, Settings, load_settings

HOUSE = Path(__file__).parents[2]
EXAMPLE = (HOUSE / 'deploy' / FILE_NAME).read_text(encoding='utf-8')


def test_the_example_shows_the_defaults(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(EXAMPLE, encoding='utf-8')
    (tmp_path / 'empty').mkdir()
    assert load_settings(tmp_path).model_dump() == load_settings(tmp_path / 'empty').model_dump()


def test_the_example_names_every_setting() -> None:
    uncommented = re.sub(r'^# (?=\w+ = )', '', EXAMPLE, flags=re.MULTILINE)
    shown = tomllib.loads(uncommented)
    assert names(shown) == names(Settings().model_dump())


def test_the_settings_in_the_manual_are_accepted(tmp_path: Path) -> None:
    block = re.search(r'```toml\n(.*?)```', (HOUSE / 'README.md').read_text(encoding='utf-8'), re.DOTALL)
    assert block
    (tmp_path / FILE_NAME).write_text(block.group(1), encoding='utf-8')
    assert load_settings(tmp_path).contact.extension == '1234'


def names(settings: dict[str, object], prefix: str = '') -> set[str]:
    found: set[str] = set()
    for name, value in settings.items():
        found |= names(value, f'{name}.') if isinstance(value, dict) else {prefix + name}
    return found
