"""What the city keeps of a disaster that is over: the items of 被災者台帳 (災害対策基本法 90条の3), and benefits paid.

Health, medicine, allergies and consents are needed in the shelter alone, and are not taken along.
"""

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.documents.csv_writer import csv_bytes
from app.documents.sheet import Column, Kind, Row, Sheet
from app.language import _
from app.shelters.departures import open_destination
from app.shelters.details import open_person
from app.shelters.ending.values import Found, Part
from app.shelters.handouts.benefit_values import Payee
from app.shelters.shared_details import open_shared
from app.storage.vault import RecordClass, Vault

PEOPLE = 'SELECT id, number, details, registered_at FROM evacuee WHERE merged_into IS NULL ORDER BY number'
STAYS = """
    SELECT stay.evacuee, evacuee.number, shelter.name AS shelter, stay.place, stay.arrived_at, stay.left_at,
        stay.left_for, stay.id, departure.evacuee AS owner, departure.destination AS sealed, there.name AS there,
        departure.needs_supplies
    FROM stay JOIN evacuee ON evacuee.id = stay.evacuee JOIN shelter ON shelter.id = stay.shelter
    LEFT JOIN departure ON departure.id = stay.id LEFT JOIN shelter AS there ON there.id = departure.shelter
    ORDER BY evacuee.number, stay.arrived_at
"""
HOUSEHOLDS = """
    SELECT member.evacuee, member.household, member.is_representative, household.details
    FROM household_member AS member JOIN household ON household.id = member.household WHERE member.ended_at IS NULL
"""
DWELLINGS = """
    SELECT link.household, dwelling.id, dwelling.details
    FROM household_dwelling AS link JOIN dwelling ON dwelling.id = link.dwelling
"""
BENEFITS = """
    SELECT benefit.id, benefit.evacuee, evacuee.number, item.name AS item, benefit.amount, benefit.state, benefit.payee,
        benefit.applied_at, benefit.decided_at
    FROM benefit JOIN evacuee ON evacuee.id = benefit.evacuee JOIN handout_item AS item ON item.id = benefit.item
    ORDER BY benefit.applied_at
"""
Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class Origin:
    """Who exports, and when (with a zone)."""

    source: str
    made_at: datetime


def export_archive(rows: sqlite3.Connection, vault: Vault, found: Found, origin: Origin) -> bytes:
    """A ZIP with tables for other programs; in the clear, so it leaves the memory encrypted only. For a thread."""
    wanted = found.owners[Part.PEOPLE]
    content = io.BytesIO()
    with zipfile.ZipFile(content, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr('people.csv', csv_bytes(_people(rows, vault, wanted, origin)))
        archive.writestr('stays.csv', csv_bytes(_stays(rows, vault, wanted, origin)))
        archive.writestr('benefits.csv', csv_bytes(_benefits(rows, vault, wanted, origin)))
        about = {'source': origin.source, 'made_at': origin.made_at.isoformat(), 'counts': found.counts}
        archive.writestr('about.json', json.dumps(about, ensure_ascii=False, indent=1))
    return content.getvalue()


def _people(rows: sqlite3.Connection, vault: Vault, wanted: frozenset[UUID], origin: Origin) -> Sheet:
    headings = {
        'number': _('番号'), 'household': _('世帯'), 'representative': _('世帯の代表'), 'name': _('氏名'),
        'kana': _('フリガナ'), 'birth_date': _('生年月日'), 'sex': _('性別'), 'postal_code': _('郵便番号'),
        'address': _('住所'), 'phone': _('電話番号'), 'neighbourhood': _('町会'), 'relation': _('続柄'),
        'home_damage': _('自宅の被害'), 'dwelling': _('住家の被害'), 'needs': _('配慮が必要なこと'),
        'protected': _('保護が必要な方'), 'registered': _('登録'),
    }  # fmt: skip
    return _sheet(_('避難者の台帳'), headings, _person_lines(rows, vault, wanted), origin)


def _person_lines(rows: sqlite3.Connection, vault: Vault, wanted: frozenset[UUID]) -> Iterator[Line]:
    households = {UUID(row['evacuee']): row for row in rows.execute(HOUSEHOLDS)}
    damages = _damages(rows, vault)
    for row in rows.execute(PEOPLE):
        evacuee = UUID(row['id'])
        if evacuee not in wanted:
            continue
        known, household = open_person(vault, evacuee, row['details']), households.get(evacuee)
        yield {
            'number': row['number'],
            'household': household['household'] if household else '',
            'representative': '1' if household and household['is_representative'] else '',
            'name': known.name,
            'kana': known.kana,
            'birth_date': known.birth_date.isoformat() if known.birth_date else '',
            'sex': str(known.sex or ''),
            'postal_code': known.postal_code,
            'address': known.address,
            'phone': known.phone,
            'neighbourhood': known.neighbourhood,
            'relation': known.relation,
            'home_damage': known.home_damage,
            'dwelling': damages.get(household['household'], '') if household else '',
            'needs': '、'.join(sorted(known.needs)),
            'protected': '1' if known.protected else '',
            'registered': row['registered_at'],
        }


def _damages(rows: sqlite3.Connection, vault: Vault) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows.execute(DWELLINGS):
        shared = open_shared(vault, 'dwelling', UUID(row['id']), row['details'])
        told = ' '.join(text for text in (shared.address, shared.damage) if text)
        found[row['household']] = '、'.join(text for text in (found.get(row['household'], ''), told) if text)
    return found


def _stays(rows: sqlite3.Connection, vault: Vault, wanted: frozenset[UUID], origin: Origin) -> Sheet:
    headings = {
        'number': _('番号'), 'shelter': _('避難所'), 'place': _('滞在の場所'), 'arrived_at': _('到着'),
        'left_at': _('退所'), 'left_for': _('行き先'),
        'there': _('行き先の避難所'), 'destination': _('行き先の詳しいこと'), 'needs_supplies': _('物資の支援が要る'),
    }  # fmt: skip
    return _sheet(_('滞在の記録'), headings, _stay_lines(rows, vault, wanted), origin)


def _stay_lines(rows: sqlite3.Connection, vault: Vault, wanted: frozenset[UUID]) -> Iterator[Line]:
    for row in rows.execute(STAYS):
        if UUID(row['evacuee']) in wanted:
            owner = UUID(row['owner'] or row['evacuee'])
            destination = open_destination(vault, owner, UUID(row['id']), row['sealed'])
            yield {**dict(row), 'destination': destination, 'needs_supplies': '1' if row['needs_supplies'] else ''}


def _benefits(rows: sqlite3.Connection, vault: Vault, wanted: frozenset[UUID], origin: Origin) -> Sheet:
    headings = {
        'number': _('番号'), 'item': _('給付'), 'amount': _('金額'), 'state': _('状態'), 'applied_at': _('申請'),
        'decided_at': _('決定'), 'payee': _('支払先'),
    }  # fmt: skip
    return _sheet(_('給付の記録'), headings, _benefit_lines(rows, vault, wanted), origin)


def _benefit_lines(rows: sqlite3.Connection, vault: Vault, wanted: frozenset[UUID]) -> Iterator[Line]:
    for row in rows.execute(BENEFITS):
        evacuee = UUID(row['evacuee'])
        if evacuee in wanted:
            text = vault.open((evacuee, RecordClass.SHELTER), f'benefit.payee.{row["id"]}', row['payee'])
            payee = json.loads(text or '{}')
            told = ' '.join(str(payee[name]) for name in Payee.__slots__ if payee.get(name))
            yield {**dict(row), 'payee': told}


def _sheet(title: str, headings: dict[str, str], lines: Iterable[Line], origin: Origin) -> Sheet:
    return Sheet(
        title=title,
        made_at=origin.made_at,
        source=origin.source,
        columns=tuple(Column(key, heading, Kind.TEXT) for key, heading in headings.items()),
        rows=(_texts(line, headings) for line in lines),
    )


def _texts(line: Line, headings: dict[str, str]) -> Row:
    return {key: '' if line[key] is None else str(line[key]) for key in headings}
