"""What must be settled before people are made nameless."""

from app.shelters.ending.values import EndingRefused, Problem, Scope
from app.shelters.handouts.benefit_values import BenefitState
from app.shelters.handouts.models import Benefit
from app.shelters.models import Shelter, Stay
from app.shelters.values import RECEIVING, StayState
from app.shelters.vulnerable.models import Disaster
from app.storage.transaction import Transaction

UNSETTLED = (str(BenefitState.APPLIED), str(BenefitState.APPROVED))


async def refuse_obstacles(tx: Transaction, scope: Scope) -> None:
    """Refuse while a shelter receives people, somebody is there, or money is not paid; a drill has no obstacle.

    Raises:
        EndingRefused: names the first obstacle, and how many there are.
    """
    at = {'shelter': scope.shelter} if scope.shelter else {}
    if scope.shelter and not await Shelter.filter(id=scope.shelter).using_db(tx.connection).exists():
        raise EndingRefused(Problem.NO_SHELTER)
    if scope.practice:
        return
    the_one = {'id': scope.shelter} if scope.shelter else {}
    receiving = Shelter.filter(state__in=[str(one) for one in RECEIVING], practice=False, retired_at=None, **the_one)
    if count := await receiving.using_db(tx.connection).count():
        raise EndingRefused(Problem.STILL_OPEN, count)
    staying = Stay.filter(practice=False, **at).exclude(state=str(StayState.LEFT))
    if count := await staying.using_db(tx.connection).count():
        raise EndingRefused(Problem.STILL_PRESENT, count)
    if not scope.shelter and await Disaster.filter(ended_at=None, practice=False).using_db(tx.connection).exists():
        raise EndingRefused(Problem.DISASTER)
    unpaid = Benefit.filter(state__in=UNSETTLED, practice=False, **at)
    if count := await unpaid.using_db(tx.connection).count():
        raise EndingRefused(Problem.UNPAID, count)
