"""Exporting the figures of the shelters for other systems, each file written down in the journal."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.language import _
from app.settings import PROJECT
from app.shelters.exchange_files.reading import MOST_BYTES, read_template
from app.shelters.exchange_files.rendering import render
from app.shelters.exchange_files.template import Form, Template, TemplateError
from app.shelters.headquarters.service import Headquarters
from app.storage.transaction import transaction

FIGURES_EXPORTED = 'shelters.figures_exported'
SHIPPED = PROJECT / 'data' / 'exchange_templates'
MOST_TEMPLATES = 100
MEDIA = {Form.CSV: 'text/csv', Form.JSON: 'application/json', Form.XML: 'application/xml'}


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFile:
    """A template of the city or one that ships, or what is wrong with it."""

    name: str
    own: bool
    """The city put it into the data directory; it stands in the place of one that ships under the same name."""
    template: Template | None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """A file for another system."""

    file_name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeFiles:
    """Templates of both directories, and the files that are made with them."""

    journal: Journal
    headquarters: Headquarters
    own_directory: Path
    shipped_directory: Path = SHIPPED

    async def templates(self) -> Sequence[TemplateFile]:
        """All templates by name, also those that cannot be used; read anew each time, so that a change counts."""
        return await asyncio.to_thread(self._templates)

    async def export(self, name: str, actor: Actor, *, practice: bool) -> ExportedFile:
        """Make one file of what is known now.

        Raises:
            TemplateError: there is no such template, it cannot be used, or a drill could be taken for the real thing.
            StorageError: it could not be written down, so there is no file.
        """
        template = _usable(await self.templates(), name)
        if practice and not template.marks_drills:
            raise TemplateError(_('訓練だと分かる列(practice)がないため、訓練の数字は出力できません。'))
        board = await self.headquarters.board(practice=practice, with_households=True)
        content = await asyncio.to_thread(render, template, board)
        payload = {
            'template': name,
            'target': template.target,
            'format': str(template.form),
            'practice': practice,
            'sha256': sha256(content).hexdigest(),
        }
        await transaction(lambda tx: self.journal.append(tx, Act(kind=FIGURES_EXPORTED, actor=actor, payload=payload)))
        mark = _('訓練_') if practice else ''
        file_name = f'{mark}{name}_{board.now:%Y%m%d_%H%M}.{template.form}'
        return ExportedFile(file_name=file_name, content=content, media_type=MEDIA[template.form])

    def _templates(self) -> list[TemplateFile]:
        found = {path.stem: _read(path, own=False) for path in _files(self.shipped_directory)}
        found |= {path.stem: _read(path, own=True) for path in _files(self.own_directory)}
        return [found[name] for name in sorted(found)]


def _files(directory: Path) -> list[Path]:
    named = (path for path in sorted(directory.glob('*.toml')) if path.stem.isprintable() and path.is_file())
    return list(named)[:MOST_TEMPLATES]


def _read(path: Path, *, own: bool) -> TemplateFile:
    try:
        with path.open('rb') as file:
            template = read_template(file.read(MOST_BYTES + 1), path.stem)
    except TemplateError as error:
        return TemplateFile(name=path.stem, own=own, template=None, problems=error.problems)
    except OSError as error:
        problem = _('ファイルを読めません: {error}').format(error=error.strerror)
        return TemplateFile(name=path.stem, own=own, template=None, problems=(problem,))
    return TemplateFile(name=path.stem, own=own, template=template)


def _usable(templates: Sequence[TemplateFile], name: str) -> Template:
    found = next((each for each in templates if each.name == name), None)
    if found is None:
        raise TemplateError(_('このテンプレートはありません。'))
    if found.template is None:
        raise TemplateError(*found.problems)
    return found.template
