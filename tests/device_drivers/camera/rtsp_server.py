import asyncio
import re
from collections.abc import Callable
from contextlib import suppress

from tests.device_drivers.camera.pictures import jpeg

_CLOCK = 90_000
_JPEG_TYPE, _TABLES_FOLLOW = 1, 255
_PAYLOAD = 1200


class RtspServer:
    """A camera that speaks RTSP (RFC 2326) and sends JPEG in RTP (RFC 2435) over the same TCP connection."""

    def __init__(self, picture: Callable[[], bytes] = jpeg) -> None:
        self.picture = picture
        self.is_silent = False
        self.requests: list[str] = []
        self.port = 0
        self._server: asyncio.Server | None = None
        self._at_work: set[asyncio.Task] = set()

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, '127.0.0.1', self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._at_work:
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        player: asyncio.Task | None = None
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                head = (await reader.readuntil(b'\r\n\r\n')).decode(errors='replace')
                head = head[head.find(re.findall(r'[A-Z_]+ rtsp://', head)[0]) :]
                self.requests.append(head)
                writer.write(self._answer(head))
                if head.startswith('PLAY') and player is None:
                    player = asyncio.create_task(self._play(writer))
                    self._at_work.add(player)
        if player is not None:
            player.cancel()
        writer.close()

    def _answer(self, head: str) -> bytes:
        number = re.findall(r'CSeq: (\d+)', head)[0]
        method = head.split(maxsplit=1)[0]
        lines = ['RTSP/1.0 200 OK', f'CSeq: {number}']
        body = ''
        if method == 'OPTIONS':
            lines.append('Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN')
        elif method == 'DESCRIBE':
            body = (
                'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\n'
                'm=video 0 RTP/AVP 26\r\na=control:video\r\na=framerate:25\r\n'
            )
            lines += ['Content-Type: application/sdp', f'Content-Length: {len(body)}']
        elif method == 'SETUP':
            lines += ['Transport: RTP/AVP/TCP;unicast;interleaved=0-1', 'Session: 1']
        else:
            lines.append('Session: 1')
        return ('\r\n'.join(lines) + '\r\n\r\n' + body).encode()

    async def _play(self, writer: asyncio.StreamWriter) -> None:
        sequence = 0
        with suppress(OSError):
            for frame in range(1_000_000):
                packets = [] if self.is_silent else _packets(self.picture(), sequence, frame * _CLOCK // 25)
                for packet in packets:
                    writer.write(packet)
                    sequence += 1
                await writer.drain()
                await asyncio.sleep(0.02)


def _packets(picture: bytes, sequence: int, timestamp: int) -> list[bytes]:
    tables = b''.join(_segments(picture, 0xDB))
    tables = b''.join(tables[at + 1 : at + 65] for at in range(0, len(tables), 65))
    frame = next(iter(_segments(picture, 0xC0)))
    height, width = int.from_bytes(frame[1:3], 'big'), int.from_bytes(frame[3:5], 'big')
    start = picture.index(b'\xff\xda')
    scan = picture[start + 2 + int.from_bytes(picture[start + 2 : start + 4], 'big') : -2]
    quantisation = b'\x00\x00' + len(tables).to_bytes(2, 'big') + tables
    packets = []
    for offset in range(0, len(scan), _PAYLOAD):
        is_last = offset + _PAYLOAD >= len(scan)
        head = bytes([0x80, 26 | is_last << 7]) + (sequence & 0xFFFF).to_bytes(2, 'big')
        head += (timestamp & 0xFFFFFFFF).to_bytes(4, 'big') + b'\x00\x00\x00\x07'
        head += b'\x00' + offset.to_bytes(3, 'big') + bytes([_JPEG_TYPE, _TABLES_FOLLOW, width // 8, height // 8])
        packet = head + (quantisation if offset == 0 else b'') + scan[offset : offset + _PAYLOAD]
        packets.append(b'$\x00' + len(packet).to_bytes(2, 'big') + packet)
        sequence += 1
    return packets


def _segments(picture: bytes, wanted: int) -> list[bytes]:
    found, at = [], 2
    while picture[at + 1] != 0xDA:
        length = int.from_bytes(picture[at + 2 : at + 4], 'big')
        if picture[at + 1] == wanted:
            found.append(picture[at + 4 : at + 2 + length])
        at += 2 + length
    return found
