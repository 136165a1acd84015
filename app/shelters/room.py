"""The parts of the shelters room, put together."""

from dataclasses import dataclass
from pathlib import Path

from app.journal.journal import Journal
from app.journal.security_log import SecurityLog
from app.messages.service import Messages
from app.shelter_settings import ShelterSettings
from app.shelters.across.keys import SharedKeys
from app.shelters.across.room import Across, build_across
from app.shelters.alike import Alike
from app.shelters.counting import HeadCounts
from app.shelters.departures import Departures
from app.shelters.desk_parts import DeskParts
from app.shelters.desk_room import Registers, build_reception
from app.shelters.duplicates import Duplicates
from app.shelters.dwellings import Dwellings
from app.shelters.ending.carrying import Anonymiser
from app.shelters.ending.service import Endings
from app.shelters.evacuees import Evacuees
from app.shelters.exchange_files.service import ExchangeFiles
from app.shelters.families import Families
from app.shelters.family_joining import FamilyJoining
from app.shelters.guardians import Guardians
from app.shelters.handouts.room import HandoutRoom, build_handouts
from app.shelters.headquarters.service import Headquarters, build_headquarters
from app.shelters.headquarters.sharing import FiguresSharing
from app.shelters.headquarters.snapshot import HandingsOver
from app.shelters.households import Households
from app.shelters.inquiries.service import Inquiries
from app.shelters.leaving import Leavings
from app.shelters.ledger.service import Ledger
from app.shelters.needs.service import Needs, build_needs
from app.shelters.notices import Notices
from app.shelters.opening_room import Opening, build_opening
from app.shelters.own_pages import OwnPages
from app.shelters.people_list import PeopleList
from app.shelters.person_calls import PersonCalls
from app.shelters.protected_twins import ProtectedTwins
from app.shelters.protection import Protection
from app.shelters.registry import ShelterRegister
from app.shelters.reports.service import Reports, build_reports
from app.shelters.roll_call import RollCalls
from app.shelters.search import PeopleSearch
from app.shelters.stays import Stays
from app.shelters.tokens import Tokens
from app.shelters.vulnerable.disasters import Disasters
from app.shelters.vulnerable.register import VulnerableRegister
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault

PREFIX_LETTERS = 'ACDEFHJKLMNPRTUVWXY'


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelters:
    """Everything about shelters on this box."""

    settings: ShelterSettings
    register: ShelterRegister
    evacuees: Evacuees
    stays: Stays
    tokens: Tokens
    counts: HeadCounts
    households: Households
    dwellings: Dwellings
    search: PeopleSearch
    people: PeopleList
    duplicates: Duplicates
    guardians: Guardians
    roll_calls: RollCalls
    protection: Protection
    inquiries: Inquiries
    disasters: Disasters
    vulnerable: VulnerableRegister
    families: Families
    joining: FamilyJoining
    notices: Notices
    person_calls: PersonCalls
    leavings: Leavings
    own_pages: OwnPages
    reception: DeskParts
    opening: Opening
    needs: Needs
    reports: Reports
    handouts: HandoutRoom
    alike: Alike
    endings: Endings
    anonymiser: Anonymiser
    headquarters: Headquarters
    exchange_files: ExchangeFiles
    handings_over: HandingsOver
    ledger: Ledger
    across: Across


def build_shelters(
    vault: Vault,
    journal: Journal,
    reading: ReadOnlyDatabase,
    settings: ShelterSettings,
    log: SecurityLog,
    messages: Messages,
    *,
    own_templates: Path,
) -> Shelters:
    """Put the room together."""
    stays, register = Stays(journal, Departures(vault)), ShelterRegister(journal)
    keys = SharedKeys(vault, journal)
    tokens = Tokens(vault, journal, keys)
    across = build_across(vault, journal, reading, keys, stays.CHANGED.emit, is_headquarters=settings.headquarters)
    prefix = settings.number_prefix or _prefix_of(journal.identity.box.int)
    evacuees = Evacuees(vault, journal, stays, tokens, prefix)
    search = PeopleSearch(vault, journal, reading, evacuees, register)
    evacuees.share_protection = ProtectedTwins(journal, search, evacuees).shared
    counts, families = HeadCounts(journal, reading), Families(vault, journal, register)
    households, leavings = Households(vault, journal), Leavings(journal)
    joining = FamilyJoining(families, evacuees, households, stays)
    handouts = build_handouts(vault, journal, reading)
    alike = Alike(search)
    registers = Registers(
        shelters=register,
        evacuees=evacuees,
        stays=stays,
        tokens=tokens,
        counts=counts,
        households=households,
        families=families,
        joining=joining,
        handouts=handouts,
        alike=alike,
        elsewhere=across.elsewhere,
    )
    disasters = Disasters(journal)
    needs = build_needs(vault, journal, reading, register, stays, settings)
    sharing = FiguresSharing(journal, reading)
    headquarters = build_headquarters(journal.identity, register, reading, settings, sharing)
    return Shelters(
        settings=settings,
        register=register,
        evacuees=evacuees,
        stays=stays,
        tokens=tokens,
        counts=counts,
        households=households,
        dwellings=Dwellings(vault, journal),
        search=search,
        people=PeopleList(reading, search, settings.silent_hours),
        guardians=Guardians(journal, evacuees),
        duplicates=Duplicates(vault, journal, search, evacuees, stays, households),
        roll_calls=RollCalls(vault, journal, reading, register, stays, counts, silent_hours=settings.silent_hours),
        protection=Protection(vault, journal, reading, evacuees, settings.opened_seconds),
        inquiries=Inquiries(vault, journal, reading, settings),
        disasters=disasters,
        vulnerable=VulnerableRegister(vault, journal, reading, disasters),
        families=families,
        joining=joining,
        notices=Notices(journal, register, messages),
        person_calls=PersonCalls(journal, evacuees, stays, register),
        leavings=leavings,
        own_pages=OwnPages(vault, evacuees, stays, households, register, leavings),
        reception=build_reception(journal, registers, prefix),
        opening=build_opening(vault, journal, reading, register, log),
        handouts=handouts,
        alike=alike,
        endings=Endings(vault, journal, reading, settings.recipients),
        anonymiser=Anonymiser(vault, journal, reading, search, messages, stays.CHANGED.emit),
        headquarters=headquarters,
        exchange_files=ExchangeFiles(journal=journal, headquarters=headquarters, own_directory=own_templates),
        handings_over=HandingsOver(journal, reading),
        ledger=Ledger(vault, journal, reading),
        across=across,
        needs=needs,
        reports=build_reports(vault, journal, register, needs, handouts.requests, settings),
    )


def _prefix_of(box: int) -> str:
    """Three letters of the box, of those that are not mistaken for others, so that boxes give different numbers."""
    letters = len(PREFIX_LETTERS)
    return ''.join(PREFIX_LETTERS[box // letters**place % letters] for place in range(3))
