"""`machibako drill replay`: an evacuation like the real ones, with a power cut in the middle, and what became of it.

The box runs in a child process that is killed and started again, as a tablet would see it: what was answered stays
answered, what was not is sent again.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from app.commands.drill_tablets import open_tablets
from app.commands.exit_codes import FAILED, OK
from app.composition import open_box
from app.journal.verify import verify_journal
from app.language import _
from app.runtime import Box
from app.settings import load_settings
from app.shelters.drill.curve import Report, follow, read_curve
from app.shelters.drill.feeding import feed, open_gymnasium
from app.shelters.drill.invented import InventedPerson, invent
from app.shelters.drill.scene import Scene
from app.shelters.drill.script import Act, write_script
from app.shelters.drill.serving import Serving
from app.shelters.drill.verdict import DrillVerdict, judge
from app.storage.layout import DataDirectory

TODAY = date(2026, 1, 1)
"""The invented people are as old as they are on this day."""
FEEDER = 'from app.commands.drill import feeder; feeder()'


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """What is replayed."""

    people: int = 2000
    tablets: int = 10
    protected: int = 30
    visitors: int = 100
    seed: int = 1
    cut: bool = True
    """The power is cut when half of the acts were answered."""

    def cast(self) -> list[InventedPerson]:
        """The people, the same ones for the same drill."""
        protected, visitors = min(self.protected, self.people), min(self.visitors, max(0, self.people - self.protected))
        return invent(self.seed, self.people, protected=protected, visitors=visitors, today=TODAY)


def replay_here(directory: DataDirectory, given: argparse.Namespace) -> int:
    """Replay an evacuation in a directory of its own, which must be empty, and tell what became of it."""
    if directory.root.exists() and any(directory.root.iterdir()):
        print(
            _('訓練には空のフォルダーを --data-dir で指定してください: {folder}').format(folder=directory.root),
            file=sys.stderr,
        )
        return FAILED
    directory.create()
    if given.nanao:
        return _tell_curve(asyncio.run(replay_curve(directory, read_curve())))
    drill = Drill(people=given.people, tablets=given.tablets, seed=given.seed, cut=not given.without_cut)
    verdict, is_intact = asyncio.run(replay(directory, drill))
    return _tell(drill, verdict, is_intact)


async def replay(directory: DataDirectory, drill: Drill) -> tuple[DrillVerdict, bool]:
    """What became of it, and whether the journal is intact."""
    cast = drill.cast()
    script = write_script(drill.seed, cast, drill.tablets)
    accepted = await _play(directory, drill, script)
    box = await open_box(directory, load_settings(directory.root))
    try:
        verdict = await judge(await scene_of(box, cast), [act for act in script if act.attempt in accepted])
        checkpoints, key = directory.checkpoints, box.vault.public_key
        journal = await box.reading.read(lambda connection: verify_journal(connection, checkpoints, key))
        return verdict, journal.intact
    finally:
        await box.close()


async def scene_of(box: Box, cast: Sequence[InventedPerson]) -> Scene:
    """The box after the drill, as the checker asks it."""
    return Scene(
        room=box.shelters,
        reading=box.reading,
        vault=box.vault,
        journal=box.journal,
        shelter=await open_gymnasium(box.shelters),
        people=cast,
    )


async def replay_curve(directory: DataDirectory, curve: Sequence[Report]) -> list[str]:
    """Such as the real curve of a shelter in Nanao, at one tablet; what did not agree with it."""
    box = await open_box(directory, load_settings(directory.root))
    try:
        await open_gymnasium(box.shelters)
        (tablet,) = await open_tablets(box, 1)
        return await follow(box.shelters, tablet, curve)
    finally:
        await box.close()


async def _play(directory: DataDirectory, drill: Drill, script: Sequence[Act]) -> set[str]:
    told: dict[str, str] = {}
    if drill.cut:
        await _run_box(directory, drill, told, cut_after=len(script) // 2)
    await _run_box(directory, drill, told, cut_after=None)
    return set(told)


async def _run_box(directory: DataDirectory, drill: Drill, told: dict[str, str], *, cut_after: int | None) -> None:
    """A box in a child process; `cut_after` so many answers it is killed as by a power cut."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, '-c', FEEDER, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdin is not None  # noqa: S101 - both pipes were asked for
    assert child.stdout is not None  # noqa: S101
    order = {'directory': str(directory.root), 'drill': asdict(drill), 'told': told}
    child.stdin.write(json.dumps(order).encode() + b'\n')
    child.stdin.write_eof()
    async for line in child.stdout:
        attempt, answer = json.loads(line)
        told[attempt] = answer
        if cut_after is not None and len(told) >= cut_after and child.returncode is None:
            child.kill()
    if await child.wait() != 0 and cut_after is None:
        raise RuntimeError(f'the box of the drill ended with {child.returncode}')


def feeder() -> None:
    """The child: carries out the acts that were not answered yet, and prints each with its answer."""
    order = json.loads(sys.stdin.readline())
    asyncio.run(_feed(DataDirectory(Path(order['directory'])), Drill(**order['drill']), order['told']))


async def _feed(directory: DataDirectory, drill: Drill, told: dict[str, str]) -> None:
    lock = directory.lock()
    box = await open_box(directory, load_settings(directory.root))
    try:
        cast = drill.cast()
        await open_gymnasium(box.shelters)
        tablets = await open_tablets(box, drill.tablets)
        acts = [act for act in write_script(drill.seed, cast, drill.tablets) if act.attempt not in told]
        await feed(tablets, Serving(cast, box.shelters.families, told), acts, told, _answer)
    finally:
        await box.close()
        lock.release()


def _answer(act: Act, answer: str) -> None:
    print(json.dumps([act.attempt, answer]), flush=True)


def _tell(drill: Drill, verdict: DrillVerdict, is_intact: bool) -> int:
    words = _('訓練: 操作 {acts} 件、数えた人 {counted} 人、受け付けた人 {people} 人')
    print(words.format(acts=f'{verdict.acts:,}', counted=f'{verdict.counted:,}', people=f'{verdict.people:,}'))
    for finding in verdict.findings:
        print(finding, file=sys.stderr)
    if not is_intact:
        print(_('記録がつながっていません。machibako journal verify で確かめてください'), file=sys.stderr)
    if verdict.passed and is_intact:
        print(_('受け付けた操作はすべて残り、人数は合い、保護する人は誰にも見つかりませんでした'))
        return OK
    return FAILED


def _tell_curve(findings: Sequence[str]) -> int:
    for finding in findings:
        print(finding, file=sys.stderr)
    if findings:
        return FAILED
    print(_('七尾市の避難所の1月から9月まで、{count} 回の報告とすべて一致しました').format(count=len(read_curve())))
    return OK
