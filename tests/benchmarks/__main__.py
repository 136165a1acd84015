"""Measures the box against bare NiceGUI and plain sqlite3: `python -m tests.benchmarks [NAME...]`.

Ends 1 when a bar does not hold. The figures behind each bar go to tests/benchmarks/results/ as JSON.
"""

import argparse
import importlib
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.bars import Bar, table

MEASURES = (
    'commits',
    'car_desk',
    'car_board',
    'monthly_pdf',
    'tap_to_dom',
    'load',
    'start',
    'memory',
    'fleet_replay',
    'reception',
    'intake',
    'evacuee_search',
    'inquiries',
    'headquarters',
)
RESULTS = Path(__file__).with_name('results')


def main(arguments: list[str]) -> int:
    """Run the named measures, or all."""
    bars: list[Bar] = []
    for name in _chosen(arguments):
        print(f'measuring {name} ...', file=sys.stderr, flush=True)
        bars += importlib.import_module(f'tests.benchmarks.{name}').measure()
    print(table(bars))
    print(_keep(bars))
    return 0 if all(bar.holds for bar in bars) else 1


def _chosen(arguments: list[str]) -> list[str]:
    parser = argparse.ArgumentParser(prog='python -m tests.benchmarks', description=__doc__.partition('\n')[0])
    parser.add_argument('names', nargs='*', metavar='NAME', help=f'one or more of: {", ".join(MEASURES)}')
    names: list[str] = parser.parse_args(arguments).names
    if unknown := set(names) - set(MEASURES):
        parser.error(f'there is no measure {", ".join(sorted(unknown))}')
    return names or list(MEASURES)


def _keep(bars: list[Bar]) -> Path:
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f'{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json'
    rows = [{**asdict(bar), 'holds': bar.holds} for bar in bars]
    file.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + '\n', encoding='utf-8')
    return file


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
