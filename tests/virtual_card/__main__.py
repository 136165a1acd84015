"""Hold a card to a virtual reader by hand: `python -m tests.virtual_card --variant normal --root-out root.pem`."""

import argparse
import signal
import sys
import time
from pathlib import Path

from tests.virtual_card.apdu_journal import ApduJournal
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.card import Card
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.link import VpcdLink
from tests.virtual_card.my_number import Activation, MyNumberCard, Variant
from tests.virtual_card.type_a import RandomUidCard, TypeACard
from tests.virtual_card.type_b import DriverLicenceCard

EXAMPLES = """\
Needs pcscd with vpcd listening (apt-get install pcscd vsmartcard-vpcd; as root: pcscd --foreground).
The card lies there until Ctrl-C. Trust its root with MACHIBAKO_TRUST__EXTRA_ROOTS=root.pem.

examples:
  python -m tests.virtual_card --variant normal --root-out root.pem
  python -m tests.virtual_card --variant pin-blocked --port 35964
  python -m tests.virtual_card --felica 01101234567890AB
"""


def main(arguments: list[str]) -> int:
    """Put one card down, print what is said to it (PINs masked), until interrupted; 1 when no reader notices it."""
    options = _options(arguments)
    authority = CardAuthority()
    card = _card(options, authority)
    if options.root_out is not None:
        root = card.authority if isinstance(card, MyNumberCard) else authority
        options.root_out.write_bytes(root.root_pem)
    link = VpcdLink(options.port, host=options.host)
    try:
        link.insert(card, timeout=options.timeout)
    except TimeoutError as error:
        print(f'{options.host}:{options.port}: {error}; is pcscd running with vpcd?', file=sys.stderr)
        return 1
    print(f'{type(card).__name__} lies on the reader at {options.host}:{options.port}; Ctrl-C lifts it', flush=True)
    try:
        _print_exchanges(link.journal)
    except KeyboardInterrupt:
        link.remove()
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog='python -m tests.virtual_card',
        description='Hold an emulated card to a virtual reader (vpcd).',
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument('--host', default='127.0.0.1', help='where vpcd listens (default: this machine)')
    parser.add_argument('--port', type=int, default=35963, help='port of the slot; the next slot is the next port')
    parser.add_argument('--timeout', type=float, default=10.0, help='seconds to wait for the reader (default: 10)')
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument('--variant', type=Variant, choices=list(Variant), default=Variant.NORMAL, help='My Number Card')
    kind.add_argument('--felica', type=bytes.fromhex, metavar='IDM', help='FeliCa card with this IDm (16 hex digits)')
    kind.add_argument('--type-a', type=bytes.fromhex, metavar='UID', help='Type A card with this UID')
    kind.add_argument('--random-uid', action='store_true', help='Type A card that makes up its UID')
    kind.add_argument('--driver-licence', action='store_true', help='Type B card of another kind')
    parser.add_argument('--activation', type=Activation, choices=list(Activation), default=Activation.CONTACTLESS)
    parser.add_argument('--pin', default='1234', help='PIN of the My Number Card (default: 1234)')
    parser.add_argument(
        '--root-out', type=Path, metavar='FILE', help='write the root that issued the certificate (PEM)'
    )
    return parser.parse_args(arguments)


def _card(options: argparse.Namespace, authority: CardAuthority) -> Card:
    if options.felica is not None:
        return FelicaCard(options.felica)
    if options.type_a is not None:
        return TypeACard(options.type_a)
    if options.random_uid:
        return RandomUidCard()
    if options.driver_licence:
        return DriverLicenceCard()
    return MyNumberCard(authority, pin=options.pin, variant=options.variant, activation=options.activation)


def _print_exchanges(journal: ApduJournal) -> None:
    printed = 0
    while True:
        for exchange in journal.exchanges[printed:]:
            print(exchange, flush=True)
            printed += 1
        time.sleep(0.1)


if __name__ == '__main__':
    # Whoever starts it in the background may have told it to ignore Ctrl-C.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
