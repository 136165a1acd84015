"""The one way to make files: in a child."""

from collections.abc import AsyncIterator

import pytest

from app.children.supervisor import ChildFailed
from app.documents.csv_writer import Encoding, NotInCp932, csv_bytes
from app.documents.labels import PAPERS, Label
from app.documents.orders import MADE, CsvOrder, pack_order, pack_sheets, work
from app.documents.service import Documents
from app.documents.sheet import Column, TooWide, WrongCell
from app.language import current_language, use_language
from tests.app.documents.examples import run_record, trip


@pytest.fixture
async def documents() -> AsyncIterator[Documents]:
    made = Documents()
    yield made
    await made.close()


async def test_every_form_is_made_in_the_child(documents: Documents) -> None:
    sheet = run_record([trip()])
    assert (await documents.render_pdf([sheet, sheet])).startswith(b'%PDF-')
    assert (await documents.render_xlsx([sheet])).startswith(b'PK')
    assert await documents.render_csv(sheet) == csv_bytes(sheet)
    assert (await documents.render_labels(PAPERS['24'], [Label(('公用車12号',), 'MB1')])).startswith(b'%PDF-')


async def test_rows_may_be_read_only_once(documents: Documents) -> None:
    once = run_record(trip(str(number)) for number in range(3))
    assert (await documents.render_csv(once)).count(b'\r\n') == 4


async def test_what_is_wrong_with_a_sheet_arrives_with_its_type(documents: Documents) -> None:
    with pytest.raises(NotInCp932) as letters:
        await documents.render_csv(run_record([trip('𠮷野')]), Encoding.CP932)
    assert letters.value.letters == {'𠮷': 1}
    with pytest.raises(WrongCell) as cell:
        await documents.render_pdf([run_record([trip(distance='20')])])
    assert (cell.value.key, cell.value.row) == ('distance', 1)
    with pytest.raises(TooWide):
        columns = tuple(Column(f'c{number}', '列', width=5) for number in range(60))
        await documents.render_pdf([run_record(columns=columns)])


def test_the_child_speaks_the_language_of_who_asked() -> None:
    use_language('en')
    order = pack_order(CsvOrder(pack_sheets([run_record([trip()])])[0], Encoding.UTF8))
    use_language('ja')
    assert work(order).startswith(MADE)
    assert current_language() == 'en'


async def test_after_closing_nothing_is_made() -> None:
    closed = Documents()
    await closed.close()
    with pytest.raises(ChildFailed):
        await closed.render_csv(run_record())
