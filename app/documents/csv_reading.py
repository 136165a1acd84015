"""Letters of the lists that offices export: CSV in UTF-8, with or without a byte order mark, or in CP932."""

from app.language import _

SPREADSHEET_STARTS = (b'PK\x03\x04', b'\xd0\xcf\x11\xe0')
PDF_START = b'%PDF'
UTF_16_STARTS = (b'\xff\xfe', b'\xfe\xff')
ENCODINGS = ('utf-8-sig', 'cp932')


class NotCsv(Exception):
    """The file is no such list; the message says to a person what to do."""


def decoded(content: bytes, most_bytes: int) -> str:
    """The text of a file.

    Raises:
        NotCsv: it is empty, larger than `most_bytes`, a spreadsheet, a PDF, or in no encoding that is known.
    """
    if not content:
        raise NotCsv(_('ファイルが選ばれていないか、空です'))
    if len(content) > most_bytes:
        raise NotCsv(_('ファイルが大きすぎます'))
    if content.startswith(SPREADSHEET_STARTS):
        raise NotCsv(_('Excel のファイルです。CSV で保存し直してください'))
    if content.startswith(PDF_START):
        raise NotCsv(_('PDF のファイルです。CSV を選んでください'))
    text = None if content.startswith(UTF_16_STARTS) else _in_a_known_encoding(content)
    if text is None or '\0' in text:
        raise NotCsv(_('文字コードが読み取れません。UTF-8 または Shift_JIS(CP932)の CSV にしてください'))
    return text


def _in_a_known_encoding(content: bytes) -> str | None:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
