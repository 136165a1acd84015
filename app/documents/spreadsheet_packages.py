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
CELL_WITH = '<(?:\\w+:)?c\\s(?=[^>]*\\b%s)[^>]*>'
ADDRESS = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
STYLES, MAIN = 'xl/styles.xml', '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
DIGITS = re.compile(r'(0{2,})(?:_.)?(?:;.*)?')
"""A form of numbers such as `00000`, in which 7 is shown as 00007."""
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
        return [f'{column}{row}' for column, row in islice(self._cells_with('t="e"', sheet), most)]

    def digits(self, sheet: str) -> dict[tuple[int, int], int]:
        """How many digits a number is shown with at least, by row and column from 0; of .xlsx only."""
        found: dict[tuple[int, int], int] = {}
        for style, digits in self._digits_of_styles().items():
            for column, row in self._cells_with(f's="{style}"', sheet):
                found[row - 1, _column_index(column)] = digits
        return found

    def _digits_of_styles(self) -> dict[int, int]:
        if STYLES not in self.archive.namelist():
            return {}
        told = ElementTree.fromstring(self.archive.read(STYLES))  # noqa: S314 - in a child under limits
        forms = {each.get('numFmtId'): each.get('formatCode', '') for each in told.iter(f'{MAIN}numFmt')}
        styles = enumerate(told.iterfind(f'{MAIN}cellXfs/{MAIN}xf'))
        matches = ((at, DIGITS.fullmatch(forms.get(style.get('numFmtId'), ''))) for at, style in styles)
        return {at: len(match[1]) for at, match in matches if match}

    def _cells_with(self, attribute: str, sheet: str) -> Iterator[tuple[str, int]]:
        part, pattern = self._part_of(sheet), re.compile((CELL_WITH % attribute).encode())
        for tag in _tags(self.archive, part, pattern) if part else ():
            if address := ADDRESS.search(tag):
                yield address[1].decode(), int(address[2])

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


def _column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord('A') + 1
    return index - 1


def _tags(archive: zipfile.ZipFile, part: str, pattern: re.Pattern[bytes]) -> Iterator[bytes]:
    rest = b''
    with archive.open(part) as opened:
        while chunk := opened.read(CHUNK_BYTES):
            held = rest + chunk
            end = held.rfind(b'>') + 1
            yield from pattern.findall(held[:end])
            rest = held[end:][-LONGEST_TAG:]
