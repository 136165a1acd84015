"""Handing over at headquarters: what is open, what is not done with, what changed since the last time."""

from collections.abc import Sequence
from dataclasses import replace

from app.documents.pdf_writer import pdf_bytes
from app.documents.sheet import Sheet
from app.runtime import Box
from app.shelters.calls import Help
from app.shelters.handouts.request_values import RequestEntry
from app.shelters.headquarters.paper import Handing, handing_sheets
from app.shelters.headquarters.snapshot import ChangeKind, Snapshot, changes_since
from app.shelters.places import ShelterEntry
from app.shelters.values import ShelterState, Urgency
from pages.staff.shelters.handouts_words import request_words
from pages.staff.shelters.people_words import urgency_words
from tests.support.shelter import OFFICER, counted, opened_shelter


async def hand_over(box: Box, *, practice: bool = False) -> None:
    board = await box.shelters.headquarters.board(practice=practice)
    await box.shelters.handings_over.hand_over(board, OFFICER, practice=practice)


async def last(box: Box) -> Snapshot:
    return (await box.shelters.handings_over.last(practice=False))[0]


async def handing(box: Box) -> Handing:
    return Handing(
        board=await box.shelters.headquarters.board(practice=False),
        before=next(iter(await box.shelters.handings_over.last(practice=False)), None),
        requests=await box.shelters.handouts.requests.open(None, practice=False),
        calls=await box.shelters.reception.calls.open_everywhere(),
        practice=False,
        source='本庁舎',
        urgencies=urgency_words(),
        request_states=request_words(),
    )


def titles(sheets: Sequence[Sheet]) -> list[str]:
    return [sheet.title.removeprefix('災害対策本部 引き継ぎ: ') for sheet in sheets]


async def test_what_is_handed_over_is_kept_with_its_numbers(box: Box) -> None:
    shelter = await opened_shelter(box)
    await box.shelters.register.add(ShelterEntry(code='N', name='未開設'), OFFICER)
    await counted(box, shelter, 3)
    await hand_over(box)
    kept = await last(box)
    assert (kept.open, kept.people, set(kept.shelters)) == (1, 3, {'E-泉小学校'})


async def test_changes_name_what_opened_closed_and_how_many_people_there_are(box: Box) -> None:
    stays, closes, fills, quiet = [await opened_shelter(box, name) for name in ('増える', '閉じる', '満員', '静か')]
    opens = await box.shelters.register.add(ShelterEntry(code='O', name='開く'), OFFICER)
    await hand_over(box)
    await counted(box, stays, 2)
    for shelter, state in ((closes, ShelterState.CLOSED), (fills, ShelterState.FULL), (opens, ShelterState.OPENED)):
        await box.shelters.register.set_state(shelter.id, state, OFFICER)
    board = await box.shelters.headquarters.board(practice=False)
    changes = [
        (change.kind, change.line.figures.shelter.entry.name) for change in changes_since(board, await last(box))
    ]
    assert changes == [
        (ChangeKind.OPENED, '開く'),
        (ChangeKind.CLOSED, '閉じる'),
        (ChangeKind.STATE, '満員'),
        (ChangeKind.PEOPLE, '増える'),
    ]
    assert quiet.entry.name not in {name for _kind, name in changes}


async def test_the_first_handing_over_compares_with_nothing(box: Box) -> None:
    await opened_shelter(box)
    sheets = handing_sheets(await handing(box))
    assert titles(sheets) == ['全体', '開いている避難所']
    assert all(row['difference'] is None for row in sheets[0].rows)


async def test_the_paper_has_open_calls_and_requests_and_what_changed(box: Box) -> None:
    shelter = await opened_shelter(box, '泉' * 38)
    await hand_over(box)
    await counted(box, shelter, 2)
    await box.shelters.reception.calls.call(Help(shelter=shelter.id, urgency=Urgency.OXYGEN), OFFICER)
    entry = RequestEntry(shelter=shelter.id, what='毛布', quantity=20, unit='枚')
    await box.shelters.handouts.requests.draft(entry, OFFICER)
    told = await handing(box)
    totals, shelters, calls, requests, changes = handing_sheets(told)
    assert {row['what']: row['difference'] for row in totals.rows}['避難者'] == 2
    assert [(row['urgency'], row['shelter']) for row in calls.rows] == [('在宅酸素', shelter.entry.name)]
    assert [(row['what'], row['quantity'], row['state']) for row in requests.rows] == [('毛布', 20, '下書き')]
    assert [(row['before'], row['now']) for row in changes.rows] == [('開設', '開設 2人')]
    assert '緊急の応援 1件' in str(next(iter(shelters.rows))['concerns'])
    assert pdf_bytes(handing_sheets(told)).startswith(b'%PDF')


async def test_a_drill_is_handed_over_apart_and_says_so(box: Box) -> None:
    await opened_shelter(box)
    await hand_over(box, practice=True)
    assert await box.shelters.handings_over.last(practice=False) == []
    assert len(await box.shelters.handings_over.last(practice=True)) == 1
    sheets = handing_sheets(replace(await handing(box), practice=True))
    assert all(sheet.title.startswith('【訓練】') for sheet in sheets)
