"""The reception desks, put together."""

from collections.abc import Callable
from dataclasses import dataclass

from app.desks.register import DeskInfo
from app.journal.journal import Journal
from app.shelters.across.elsewhere import Elsewhere
from app.shelters.alike import Alike
from app.shelters.calls import UrgentCalls
from app.shelters.clerk import Clerk
from app.shelters.counting import HeadCounts
from app.shelters.desk import ShelterDesk
from app.shelters.desk_families import FamilyReception
from app.shelters.desk_parts import DeskParts, DeskSetting
from app.shelters.desk_places import DeskPlaces
from app.shelters.evacuees import Evacuees
from app.shelters.families import Families
from app.shelters.family_joining import FamilyJoining
from app.shelters.guardians import Guardians
from app.shelters.handing_desks import HandingDesks
from app.shelters.handout_clerk import HandoutClerk
from app.shelters.handouts.room import HandoutRoom
from app.shelters.households import Households
from app.shelters.number_lookups import NumberLookups
from app.shelters.other_shelters import OtherShelters
from app.shelters.reception import Reception
from app.shelters.registry import ShelterRegister
from app.shelters.stays import Stays
from app.shelters.tokens import Tokens
from app.shelters.totals import ShelterTotals
from app.shelters.withdrawing import Withdrawals
from device_drivers.card_reader.interface import CardReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """What the desks write to and read from."""

    shelters: ShelterRegister
    evacuees: Evacuees
    stays: Stays
    tokens: Tokens
    counts: HeadCounts
    households: Households
    families: Families
    joining: FamilyJoining
    handouts: HandoutRoom
    alike: Alike
    elsewhere: Elsewhere


def build_reception(journal: Journal, registers: Registers, prefix: str) -> DeskParts:
    """What all reception desks of this box work with; `prefix` begins the numbers of the box."""
    calls = UrgentCalls(journal)
    evacuees, stays, households = registers.evacuees, registers.stays, registers.households
    handouts = registers.handouts
    reception = Reception(
        evacuees=evacuees,
        stays=stays,
        tokens=registers.tokens,
        households=households,
        calls=calls,
        alike=registers.alike,
        numbers=NumberLookups(journal, evacuees, prefix),
        others=OtherShelters(registers.shelters, stays, registers.elsewhere),
    )
    clerk = Clerk(
        reception,
        FamilyReception(registers.families, evacuees, households, reception, registers.joining),
        stays,
        calls,
        Withdrawals(journal, stays, registers.tokens, households),
        Guardians(journal, evacuees),
    )
    return DeskParts(
        clerk=clerk,
        handing=HandingDesks(HandoutClerk(reception, handouts.handouts, handouts.items), handouts),
        places=DeskPlaces(registers.shelters, journal),
        register=registers.shelters,
        counts=registers.counts,
        totals=ShelterTotals(registers.counts, stays, registers.shelters),
        calls=calls,
        evacuees=evacuees,
        prefix=prefix,
    )


def shelter_desks(parts: DeskParts, setting: DeskSetting) -> Callable[[DeskInfo, CardReader], ShelterDesk]:
    """Makes the controller of each reception desk, for `DeskEngine`."""
    return lambda desk, reader: ShelterDesk(desk, reader, parts, setting)
