"""Runs atheris on the parsers of card data: `python fuzz_parsers.py RUNS SEED_FOLDER`; ends with 0 when none failed."""

import sys
from datetime import UTC, datetime

import atheris

with atheris.instrument_imports(include=['device_drivers']):
    from device_drivers.cards.apdu import Response
    from device_drivers.cards.certificate import CertificateError, TrustStore
    from device_drivers.cards.credential import CardError
    from device_drivers.cards.identify import CardIdentifier
    from device_drivers.cards.tlv import TlvError, read_header, read_tlv

NOW = datetime(2026, 11, 1, tzinfo=UTC)
EMPTY = TrustStore([])
IDENTIFIER = CardIdentifier(EMPTY, True, lambda: NOW)


def parse(data: bytes) -> None:
    """Only the parsers' own errors may come out."""
    for read in (read_header, read_tlv):
        try:
            read(data)
        except TlvError:
            continue
    try:
        EMPTY.check(data, NOW)
    except CertificateError:
        pass
    try:
        IDENTIFIER.identify(data[:32], _card_that_answers(data))
    except CardError:
        pass


def _card_that_answers(data: bytes):
    answers = iter([data[start : start + 258] for start in range(0, len(data), 258)])
    return lambda _: Response(next(answers, b''), 0x9000)


if __name__ == '__main__':
    atheris.Setup([sys.argv[0], f'-runs={sys.argv[1]}', '-max_len=2048', '-seed=1', sys.argv[2]], parse)
    atheris.Fuzz()
