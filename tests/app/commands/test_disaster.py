"""`machibako disaster`: declared with a reason, once, and ended; cars kept for disasters follow."""

import pytest

from app.commands.exit_codes import FAILED, OK, USAGE
from app.journal.history import History, HistoryFilter
from app.journal.line import Actor
from app.runtime import Box
from app.shelters.vulnerable.disasters import DECLARED, ENDED
from tests.app.commands.conftest import Give

DECLARE = ('disaster', 'declare', '令和8年11月の地震', '--reason', '震度6強')


async def test_a_disaster_is_declared_told_and_ended(served: Box, give: Give) -> None:
    assert (await give('disaster', 'status')).out == '災害は宣言されていません。\n'
    assert (await give(*DECLARE)).code == OK
    assert '令和8年11月の地震' in (await give('disaster', 'status')).out
    assert served.vehicles.declared.is_on
    assert (await give('disaster', 'end', '--reason', '避難所をすべて閉鎖した')).code == OK
    assert not served.vehicles.declared.is_on

    lines, _total = await History(served.reading, served.vault).page(HistoryFilter(), 0, 9)
    told = {line.kind: line.payload for line in lines}
    assert (told[DECLARED]['reason'], told[ENDED]['ended_because']) == ('震度6強', '避難所をすべて閉鎖した')


async def test_a_drill_opens_no_car_and_nothing_is_declared_twice(served: Box, give: Give) -> None:
    assert (await give(*DECLARE, '--practice')).code == OK
    assert not served.vehicles.declared.is_on
    again = await give(*DECLARE)
    assert (again.code, again.err) == (FAILED, '災害はもう宣言されています\n')


@pytest.mark.parametrize('arguments', [('disaster', 'declare', '地震'), ('disaster', 'end')])
async def test_without_a_reason_nothing_is_declared_or_ended(
    served: Box, give: Give, arguments: tuple[str, ...]
) -> None:
    await served.shelters.disasters.declare('地震', '震度6強', Actor.system(), practice=True)
    with pytest.raises(SystemExit, match=str(USAGE)):
        await give(*arguments)
    assert await served.shelters.disasters.current() is not None


async def test_a_blank_reason_and_an_end_of_nothing_are_refused(served: Box, give: Give) -> None:
    assert (await give('disaster', 'declare', '地震', '--reason', ' ')).err == '理由が空か、長すぎます\n'
    assert (await give('disaster', 'end', '--reason', 'なし')).code == FAILED
