"""What keeps boxes from knowing all of each other, as plain facts with since when; pages word them."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography import x509

from app import clock
from app.clock import TOKYO
from app.exchange.receiver import PEER_RESTORED, NotTaken
from app.exchange.sender import PeerHealth, PeerState

NAMED = 3
"""So many lines are named; the others are counted."""
RESTORE_IS_TOLD = timedelta(days=30)
CERTIFICATE_NOTICE = timedelta(days=60)
WAITING = """
    SELECT kind, box, sequence, received_at FROM exchange_line
    WHERE received_at < ? AND NOT EXISTS (SELECT 1 FROM exchange_applied WHERE line = exchange_line.id) ORDER BY id
"""
RESTORED = 'SELECT payload, recorded_at FROM journal_line WHERE kind = ? AND recorded_at > ? ORDER BY sequence'
PEER_OF = 'SELECT name FROM exchange_peer WHERE box = ?'


class ExchangeMatter(StrEnum):
    """What is the matter between two boxes."""

    AWAY = 'away'
    """A peer has not been reached for a while."""
    REFUSES = 'refuses'
    """Two boxes reach each other and do not exchange."""
    NOT_TAKEN = 'not_taken'
    """What a peer sends cannot be taken here."""
    WAITING = 'waiting'
    """Lines are here that could not be applied."""
    RESTORED = 'restored'
    """A peer was restored, and this box alone has what it lost."""
    CERTIFICATE = 'certificate'
    """A certificate ends soon, or has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeConcern:
    """One matter. `peer` is its name in the settings; for a certificate, empty means that of this box."""

    matter: ExchangeMatter
    peer: str = ''
    reason: str = ''
    """A `Refusal` or a `Fault`."""
    about: str = ''
    """Which lines: kind and place of the first few."""
    count: int = 0
    since: datetime | None = None
    until: datetime | None = None


def concerns_of_peers(peers: Iterable[PeerHealth], patience: timedelta) -> Iterator[ExchangeConcern]:
    """Peers that are away for longer than `patience`, and those that refuse, which nothing but a person mends."""
    for peer in peers:
        since = peer.since
        if peer.state is PeerState.REFUSED:
            reason = str(peer.refusal or '')
            yield ExchangeConcern(matter=ExchangeMatter.REFUSES, peer=peer.name, reason=reason, since=since)
        elif peer.state is PeerState.UNREACHABLE and since is not None and clock.now() - since >= patience:
            yield ExchangeConcern(matter=ExchangeMatter.AWAY, peer=peer.name, count=peer.waiting, since=since)


def concerns_of_what_came(not_taken: Iterable[NotTaken]) -> Iterator[ExchangeConcern]:
    """Peers whose lines cannot be taken."""
    for one in not_taken:
        yield ExchangeConcern(
            matter=ExchangeMatter.NOT_TAKEN, peer=one.peer, reason=str(one.fault), about=one.line, since=one.since
        )


def concerns_of_certificates(certificates: Iterable[tuple[str, bytes]]) -> Iterator[ExchangeConcern]:
    """Certificates (peer and DER) that end within 60 days or have ended."""
    for peer, der in certificates:
        until = x509.load_der_x509_certificate(der).not_valid_after_utc
        if until < clock.now() + CERTIFICATE_NOTICE:
            yield ExchangeConcern(matter=ExchangeMatter.CERTIFICATE, peer=peer, until=until.astimezone(TOKYO))


def concerns_of_lines(connection: sqlite3.Connection, patience: timedelta) -> list[ExchangeConcern]:
    """Lines that wait, and restores that left lines here alone. Blocks: call it in a thread."""
    return [*_waiting(connection, patience), *_restored(connection)]


def _waiting(connection: sqlite3.Connection, patience: timedelta) -> Iterator[ExchangeConcern]:
    rows = connection.execute(WAITING, [(clock.now() - patience).isoformat(' ')]).fetchall()
    if rows:
        about = '、'.join(f'{row["kind"]} {row["box"][:8]}:{row["sequence"]}' for row in rows[:NAMED])
        since = datetime.fromisoformat(rows[0]['received_at']).astimezone(TOKYO)
        yield ExchangeConcern(matter=ExchangeMatter.WAITING, about=about, count=len(rows), since=since)


def _restored(connection: sqlite3.Connection) -> Iterator[ExchangeConcern]:
    since = (clock.now() - RESTORE_IS_TOLD).isoformat()
    for row in connection.execute(RESTORED, [PEER_RESTORED, since]):
        told = json.loads(row['payload'])
        peer = connection.execute(PEER_OF, [told['box']]).fetchone()
        yield ExchangeConcern(
            matter=ExchangeMatter.RESTORED,
            peer=peer['name'] if peer else told['box'],
            count=told['only_here'],
            since=datetime.fromisoformat(row['recorded_at']).astimezone(TOKYO),
        )
