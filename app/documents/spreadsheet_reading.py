"""Spreadsheets from outside (.xlsx, .xls, .ods) as CSV, read in a child under limits: a hostile one ends only that."""

import asyncio
import threading

from app.children.supervisor import ChildError, Children, Limits
from app.documents.spreadsheet_work import HEADER, REFUSED, Unread
from app.language import _

WORK = 'app.documents.spreadsheet_work:work'
MEGABYTE = 1024**2
LIMITS = Limits(
    wall_seconds=60,
    cpu_seconds=30,
    memory_bytes=1024 * MEGABYTE,
    answer_bytes=64 * MEGABYTE,
    heartbeat_seconds=60,
)
"""50,000 rows of 12 columns take about 2 seconds of one core and 100 MB."""
WAITING_SECONDS = 20
_one_at_a_time = threading.Lock()


class SpreadsheetUnread(Exception):
    """Nothing was read."""

    def __init__(self, why: Unread, where: str = '') -> None:
        super().__init__(why.value)
        self.why = why
        self.where = where
        """The cells that are to blame, such as `B4、C9`."""

    def told(self) -> str:
        """What a person is to do."""
        return unread_words()[self.why].format(where=self.where)


def spreadsheet_text(content: bytes, most_bytes: int, limits: Limits = LIMITS) -> str:
    """The first sheet that is shown and has cells, as CSV of at most so many bytes. For a thread.

    Raises:
        SpreadsheetUnread: it cannot be read, or others were read all the while.
    """
    if not _one_at_a_time.acquire(timeout=WAITING_SECONDS):
        raise SpreadsheetUnread(Unread.BUSY)
    try:
        answer = asyncio.run(_answered(HEADER.pack(most_bytes) + content, limits))
    except ChildError as error:
        raise SpreadsheetUnread(Unread.BEYOND_LIMITS) from error
    finally:
        _one_at_a_time.release()
    kind, told = answer[:1], answer[1:].decode()
    if kind == REFUSED:
        why, where = told.split(' ', maxsplit=1)
        raise SpreadsheetUnread(Unread(why), where)
    return told


def unread_words() -> dict[Unread, str]:
    """Why a spreadsheet was not read, and what to do."""
    return {
        Unread.PASSWORD: _('パスワードが付いています。外して保存し直してください'),
        Unread.BROKEN: _('壊れているか、Excel のファイルではありません。Excel で開けるか確かめ、保存し直してください'),
        Unread.TOO_LARGE: _('大きすぎます。一覧のところだけを新しいブックに写し、保存し直してください'),
        Unread.BEYOND_LIMITS: _(
            '大きすぎるか、壊れているか、一覧から遠いセルに何か入っています。'
            '一覧のところだけを新しいブックに写し、保存し直してください'
        ),
        Unread.EMPTY: _('何も入っていません。隠れたシートにある一覧は、再表示して保存し直してください'),
        Unread.ERROR_CELLS: _(
            'エラー(#N/A や #REF! など)のセルがあります: {where}。値に直すか空にして、保存し直してください'
        ),
        Unread.BUSY: _('ほかのファイルを読み取っています。少し待って、もう一度選んでください'),
    }


async def _answered(question: bytes, limits: Limits) -> bytes:
    children = Children(WORK, limits=limits)
    try:
        return await children.run(question)
    finally:
        await children.close()
