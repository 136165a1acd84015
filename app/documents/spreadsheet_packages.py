"""What a file says of itself before its cells are read: passwords, size, cells with errors (ECMA-376, ODF)."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from xml.etree import ElementTree

ZIP_START = b'PK\x03\x04'
OLE_START = b'\xd0\xcf\x11\xe0'
ENCRYPTED = 1
"""Flag of a zip entry."""
ENCRYPTED_PACKAGE = 'EncryptedPackage'.encode('utf-16-le')
"""Name of the stream in which a workbook with a password lies (MS-OFFCRYPTO 2.3.4.4)."""
FILE_PASS = re.compile(rb'\x09\x08\x10\x00\x00\x06.{14}\x2f\x00', re.DOTALL)
"""BOF and FILEPASS at the beginning of an .xls with a password (MS-XLS 2.4.117)."""
WORKBOOK, RELATIONS, MANIFEST = 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'META-INF/manifest.xml'
RELATION = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id'
ERROR_CELL = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*>')
ADDRESS = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"')
CHUNK_BYTES = 1024**2
LONGEST_TAG = 1024


def is_package(content: bytes) -> bool:
    """Whether it begins as a zip archive, which .xls does not."""
    return content.startswith(ZIP_START)


def has_old_password(content: bytes) -> bool:
    """Whether it is no package because a password is asked before anything can be read."""
    return content.startswith(OLE_START) and (ENCRYPTED_PACKAGE in content or FILE_PASS.search(content) is not None)


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook that is a zip archive of parts."""

    archive: zipfile.ZipFile

    @classmethod
    def of(cls, content: bytes) -> 'Package':
        """Open it.

        Raises:
            zipfile.BadZipFile: it is none, or truncated.
        """
        return cls(zipfile.ZipFile(io.BytesIO(content)))

    @property
    def unpacked_bytes(self) -> int:
        """Bytes of all parts, as the archive itself tells."""
        return sum(entry.file_size for entry in self.archive.infolist())

    @property
    def has_password(self) -> bool:
        """Whether its parts are encrypted."""
        is_sealed = any(entry.flag_bits & ENCRYPTED for entry in self.archive.infolist())
        return is_sealed or (MANIFEST in self.archive.namelist() and b'encryption-data' in self.archive.read(MANIFEST))

    def error_cells(self, sheet: str, most: int) -> list[str]:
        """Addresses of the first cells of a sheet that hold an error such as #N/A; of .xlsx only."""
        part = self._part_of(sheet)
        tags = _error_tags(self.archive, part) if part else iter(())
        found = (address[1].decode() for tag in tags if (address := ADDRESS.search(tag)))
        return list(islice(found, most))

    def _part_of(self, sheet: str) -> str | None:
        names = self.archive.namelist()
        if WORKBOOK not in names or RELATIONS not in names:
            return None
        told = ElementTree.fromstring(self.archive.read(WORKBOOK))  # noqa: S314 - in a child under limits
        relation = next((each.get(RELATION) for each in told.iter() if each.get('name') == sheet), None)
        relations = ElementTree.fromstring(self.archive.read(RELATIONS))  # noqa: S314 - in a child under limits
        target = next((each.get('Target', '') for each in relations if each.get('Id') == relation), '')
        part = target.removeprefix('/') if target.startswith('/') else f'xl/{target}'
        return part if part in names else None


def _error_tags(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    rest = b''
    with archive.open(part) as opened:
        while chunk := opened.read(CHUNK_BYTES):
            held = rest + chunk
            end = held.rfind(b'>') + 1
            yield from ERROR_CELL.findall(held[:end])
            rest = held[end:][-LONGEST_TAG:]
