"""A stick that is full, read-only or gone: nothing half is left, and the reason is clear."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.shelters.copies.stick import write_on_stick
from app.shelters.copies.values import CopyRefused

WRITE = """
import pathlib, sys
from app.shelters.copies.stick import write_on_stick
from app.shelters.copies.values import CopyRefused
folder = pathlib.Path(sys.argv[1])
try:
    write_on_stick(folder, 'copy.machibako', b'x' * 200_000)
except CopyRefused as error:
    print(error.problem, sorted(path.name for path in folder.iterdir()))
"""
MOUNTED = 'mount -t tmpfs -o "$1" tmpfs "$2" && exec "$3" -c "$4" "$2"'


@pytest.mark.parametrize(
    ('options', 'problem'),
    [('size=64k', 'stick_full'), ('size=1m,nr_inodes=1', 'stick_full'), ('ro', 'stick_read_only')],
)
def test_a_full_or_read_only_stick_keeps_nothing_half(tmp_path: Path, options: str, problem: str) -> None:
    order = ['unshare', '--mount', 'sh', '-c', MOUNTED, 'sh', options, str(tmp_path), sys.executable, WRITE]
    ended = subprocess.run(order, capture_output=True, text=True, check=True)
    assert ended.stdout == f'{problem} []\n'


def test_a_stick_that_was_pulled_out_is_told(tmp_path: Path) -> None:
    with pytest.raises(CopyRefused, match='no_stick'):
        write_on_stick(tmp_path / 'usb', 'copy.machibako', b'x')
    (tmp_path / 'file').touch()
    with pytest.raises(CopyRefused, match='no_stick'):
        write_on_stick(tmp_path / 'file', 'copy.machibako', b'x')


def test_a_whole_file_stands_under_its_name_and_an_earlier_one_is_replaced(tmp_path: Path) -> None:
    for content in (b'first', b'second'):
        assert write_on_stick(tmp_path, 'copy.machibako', content).read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ['copy.machibako']
