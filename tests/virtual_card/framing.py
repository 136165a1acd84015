"""Messages between vpcd and a card: two bytes of length, then so many bytes (domain/cards.md 3.1)."""

import socket


def send_message(connection: socket.socket, message: bytes) -> None:
    """Send one message of at most 65535 bytes; OSError when the connection is gone."""
    connection.sendall(len(message).to_bytes(2, 'big') + message)


def receive_message(connection: socket.socket) -> bytes | None:
    """The next message, None when the other side has closed; OSError when the connection is gone."""
    length = _receive_exactly(connection, 2)
    return None if length is None else _receive_exactly(connection, int.from_bytes(length, 'big'))


def _receive_exactly(connection: socket.socket, size: int) -> bytes | None:
    received = b''
    while len(received) < size:
        part = connection.recv(size - len(received))
        if not part:
            return None
        # Without an immediate acknowledgement vpcd's two small writes cost 44 ms (domain/cards.md 0.9).
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        received += part
    return received
