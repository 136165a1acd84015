"""Which answer whom may be given, as data: the tiers of 災害対策基本法施行規則 8条の3 (domain/shelters.md 2.5).

The text of the rule was not at hand: the table follows the domain notes, and is to be read against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.shelters.details import Consent, PersonDetails
from app.shelters.inquiries.values import NOTHING, Answer, Reach, Relation, Whereabouts
from app.shelters.values import LeftFor


class ConsentTier(StrEnum):
    """Which consent of the 安否情報 form opens a tier."""

    RELATIVES = 'relatives'
    """⑫."""
    ACQUAINTANCES = 'acquaintances'
    """⑬."""


@dataclass(frozen=True, slots=True)
class Tier:
    """How far an answer goes, and what the person must have allowed."""

    reach: Reach
    consent: ConsentTier


TIERS: Mapping[Relation, Tier] = MappingProxyType(
    {
        Relation.HOUSEHOLD: Tier(Reach.WHEREABOUTS, ConsentTier.RELATIVES),
        Relation.RELATIVE: Tier(Reach.CONDITION, ConsentTier.RELATIVES),
        Relation.WORKPLACE: Tier(Reach.CONDITION, ConsentTier.ACQUAINTANCES),
        Relation.ACQUAINTANCE: Tier(Reach.HELD, ConsentTier.ACQUAINTANCES),
    }
)
ORDER = (Reach.NOTHING, Reach.HELD, Reach.CONDITION, Reach.WHEREABOUTS)


def reach_for(relation: Relation, consent: Consent) -> Reach:
    """How far the answer may go; a consent that was not asked for is one that was not given."""
    tier = TIERS[relation]
    allowed = {
        ConsentTier.RELATIVES: consent.relatives is True,
        ConsentTier.ACQUAINTANCES: consent.acquaintances is True,
    }
    return tier.reach if allowed[tier.consent] else Reach.NOTHING


def answer_about(relation: Relation, person: PersonDetails, whereabouts: Whereabouts | None) -> Answer:
    """What may be told about this person; of somebody who died, only that there is something to tell in person."""
    reach = reach_for(relation, person.consent)
    if whereabouts and whereabouts.left_for is LeftFor.DIED:
        reach = min(reach, Reach.HELD, key=ORDER.index)
    if reach is Reach.NOTHING:
        return NOTHING
    tells_condition, tells_place = includes(reach, Reach.CONDITION), includes(reach, Reach.WHEREABOUTS)
    return Answer(
        reach=reach,
        injury=person.injury if tells_condition else '',
        condition=person.condition if tells_condition else '',
        whereabouts=whereabouts if tells_place else None,
        contact=(person.contact or person.phone) if tells_place else '',
    )


def includes(reach: Reach, part: Reach) -> bool:
    """Whether an answer that goes so far includes this part."""
    return ORDER.index(reach) >= ORDER.index(part)
