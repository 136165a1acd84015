"""Mutual TLS between boxes that know each other's certificate."""

import ssl
from collections.abc import Iterable

from app.exchange.identity import Identity


def listening_context(identity: Identity, peers: Iterable[bytes]) -> ssl.SSLContext:
    """For the listener: whoever cannot prove one of these certificates (DER) does not get past the handshake."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    return _pinned(context, identity, peers)


def calling_context(identity: Identity, peer: bytes) -> ssl.SSLContext:
    """For calls to one peer. Its address may be any: the certificate is pinned, so its host name says nothing."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    return _pinned(context, identity, [peer])


def _pinned(context: ssl.SSLContext, identity: Identity, peers: Iterable[bytes]) -> ssl.SSLContext:
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(identity.certificate_file, identity.key_file)
    context.verify_mode = ssl.CERT_REQUIRED
    # Lets a pinned certificate end the chain by itself, whether or not somebody else signed it.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    for certificate in peers:
        context.load_verify_locations(cadata=certificate)
    return context
