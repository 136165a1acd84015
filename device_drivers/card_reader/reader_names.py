import re
from collections.abc import Sequence

_INDEX = re.compile(r' [0-9A-F]{2} [0-9A-F]{2}$')
_SERIAL = re.compile(r' \([0-9A-Za-z]+\)$')


def match_reader(wanted: str, present: Sequence[str]) -> str | None:
    """Which of the readers present is meant by a configured name, or None.

    The exact name comes first. A name that ends in a serial number, `RC-S300 (123456)`, is found under any index, for
    pcscd deals indexes anew after each plugging. A shorter name, without serial or index, is found when it fits one
    reader only. A name with an index but no serial never means another index: that could be the next desk's reader.
    """
    if wanted in present:
        return wanted
    if _SERIAL.search(_without_index(wanted)):
        return _only([name for name in present if _without_index(name) == _without_index(wanted)])
    return _only([name for name in present if wanted in (_without_index(name), _without_serial(name))])


def _without_index(name: str) -> str:
    return _INDEX.sub('', name)


def _without_serial(name: str) -> str:
    return _SERIAL.sub('', _without_index(name))


def _only(names: list[str]) -> str | None:
    return names[0] if len(names) == 1 else None
