import subprocess
import sys
from pathlib import Path

from tests.virtual_card.authority import CardAuthority

ROOT = Path(__file__).parents[3]
RUNS = 20_000


def test_random_mutations_of_a_certificate_raise_only_typed_errors(
    card_authority: CardAuthority, tmp_path: Path
) -> None:
    (tmp_path / 'certificate').write_bytes(card_authority.issue()[0])
    (tmp_path / 'root').write_bytes(card_authority.root_der)
    harness = Path(__file__).with_name('fuzz_parsers.py')
    done = subprocess.run(
        [sys.executable, str(harness), str(RUNS), str(tmp_path)],
        cwd=tmp_path,
        env={'PYTHONPATH': str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert f'Done {RUNS} runs' in done.stderr
