"""People who sleep at home or in a car (在宅・車中泊) and are looked after from a shelter, also on paper."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from app import clock
from app.documents.sheet import Column, Kind, Orientation, Row, Sheet
from app.language import _
from app.shelters.details import PersonDetails
from app.shelters.people_list import PersonRow
from app.shelters.places import ShelterInfo
from app.shelters.values import Place
from app.storage.reading import ReadOnlyDatabase

LAST_GIVEN = """
    SELECT evacuee, MAX(given_at) AS given_at FROM handout
    WHERE taken_back_at IS NULL AND evacuee IN (SELECT value FROM json_each(?)) GROUP BY evacuee
"""


async def last_given(reading: ReadOnlyDatabase, evacuees: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each of these was last handed something; who never was is left out."""
    wanted = '[' + ','.join(f'"{each}"' for each in evacuees) + ']'

    def query(rows: sqlite3.Connection) -> dict[UUID, datetime]:
        found = rows.execute(LAST_GIVEN, [wanted])
        return {UUID(row['evacuee']): datetime.fromisoformat(row['given_at']) for row in found}

    return await reading.read(query)


def whereabouts(row: PersonRow) -> str:
    """Where somebody is found: the car, or the address."""
    if row.details.protected:
        return ''
    return (row.details.car or row.details.address) if row.place is Place.CAR else row.details.address


def wanted_words(details: PersonDetails, need_words: Mapping[str, str]) -> tuple[str, ...]:
    """What must be brought along or thought of; empty for a protected person."""
    if details.protected:
        return ()
    needs = '、'.join(need_words[str(need)] for need in sorted(details.needs))
    allergies = '、'.join(details.allergies)
    told = (
        (_('配慮'), needs),
        (_('食事'), details.diet),
        (_('アレルギー'), allergies),
        (_('医療機器'), details.devices),
        (_('薬'), details.medicine),
        (_('自宅の被害'), details.home_damage),
    )
    return tuple(f'{label}: {words}' for label, words in told if words)


def rounds_sheet(
    shelter: ShelterInfo,
    rows: Iterable[PersonRow],
    given: Mapping[UUID, datetime],
    places: Mapping[str, str],
    needs: Mapping[str, str],
) -> Sheet:
    """The list for who goes round with supplies, with room for what was found."""
    title = _('在宅・車中泊の巡回')
    return Sheet(
        title=_('【訓練】{title}').format(title=title) if shelter.practice else title,
        made_at=clock.now(),
        source=shelter.entry.name,
        columns=(
            Column('number', _('番号'), width=7),
            Column('name', _('氏名'), width=9),
            Column('where', _('場所')),
            Column('phone', _('電話番号'), width=9),
            Column('wanted', _('要ること')),
            Column('seen', _('最後の連絡'), Kind.DATETIME),
            Column('given', _('最後の配布'), Kind.DATETIME),
            Column('found', _('今日の様子'), width=12),
        ),
        rows=[_line(row, given, places, needs) for row in rows],
        orientation=Orientation.LANDSCAPE,
        notes=(_('取り扱いに注意してください。使い終わったら裁断します。'),),
    )


def _line(row: PersonRow, given: Mapping[UUID, datetime], places: Mapping[str, str], needs: Mapping[str, str]) -> Row:
    hidden = row.details.protected
    return {
        'number': row.number,
        'name': _('(保護が必要な方)') if hidden else row.details.name,
        'where': ' '.join(word for word in (places[str(row.place)], whereabouts(row)) if word),
        'phone': '' if hidden else row.details.phone,
        'wanted': '、'.join(wanted_words(row.details, needs)),
        'seen': row.seen_at,
        'given': given.get(row.evacuee),
        'found': '\u3000',
    }
