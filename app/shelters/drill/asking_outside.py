"""Looking for protected people in what goes out of a shelter: to the city, to other boxes, to everybody."""

from datetime import timedelta

from app import clock
from app.shelters.drill.scene import ALL, CLERK, Scene
from app.shelters.inquiries.publication import Publication
from app.shelters.open_data.directory import directory
from app.shelters.open_data.files import csv_file, geojson
from app.shelters.reports.forms import report_json
from app.shelters.reports.radio import radio_lines

TOLD_TO_OTHERS = """
    SELECT person.id, person.number, stay.shelter_name FROM across_person AS person
    LEFT JOIN across_stay AS stay ON stay.person = person.id WHERE person.withdrawn = 0
"""


async def published(scene: Scene) -> object:
    """Names that are published with consent."""
    return await Publication(scene.vault, scene.journal, scene.reading).names(practice=True)


async def ledger(scene: Scene) -> object:
    """The disaster victims' ledger."""
    return await scene.room.ledger.take(CLERK, '訓練', practice=True)


async def reported(scene: Scene) -> object:
    """A status report: figures, JSON and what is read aloud."""
    report = await scene.room.reports.draft(scene.shelter, CLERK)
    return [report, report_json(scene.shelter, report), radio_lines(scene.shelter, report, '訓練')]


async def exchanged(scene: Scene) -> object:
    """The files for the systems that the city uses."""
    files = scene.room.exchange_files
    usable = [each.name for each in await files.templates() if each.template is not None]
    return [(await files.export(name, CLERK, practice=True)).content for name in usable]


async def commanded(scene: Scene) -> object:
    """The headquarters' page."""
    return await scene.room.headquarters.board(practice=True, with_households=True)


async def opened_to_all(scene: Scene) -> object:
    """Open data, and the public list."""
    found = await directory(scene.room.register, scene.reading)
    return [found, geojson(found), csv_file(found)]


async def told_to_other_boxes(scene: Scene) -> object:
    """What this box told of its people, and has not taken back."""
    rows = await scene.reading.read(lambda connection: connection.execute(TOLD_TO_OTHERS).fetchall())
    return [tuple(row) for row in rows]


async def left_behind(scene: Scene) -> object:
    """Who came to another box."""
    return await scene.room.across.elsewhere.left_behind(limit=ALL)


async def received_twice(scene: Scene) -> object:
    """Who received the same at two boxes."""
    day = clock.now() - timedelta(days=1)
    return await scene.room.across.doubles.since(day, practice=True)
