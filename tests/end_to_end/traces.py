"""Everything that a tap can leave behind: files, logs, screens and what went over the wire."""

import re
from dataclasses import dataclass, field

from playwright.async_api import Page, WebSocket

from tests.support.process import RunningBox


@dataclass(slots=True)
class Traces:
    """Texts by where they were found."""

    sent: list[str] = field(default_factory=list)
    """Frames of the web socket in both directions, requests with their addresses, and what was printed."""
    files: dict[str, bytes] = field(default_factory=dict)

    def say(self, text: str) -> None:
        """Something was shown or sent."""
        self.sent.append(text)

    def with_files(self, box: RunningBox) -> 'Traces':
        """These traces, and what is in the files and in the log of the box now."""
        files = {str(path.relative_to(box.data)): path.read_bytes() for path in box.data.rglob('*') if path.is_file()}
        files['log'] = box.output().encode()
        return Traces(list(self.sent), files)

    def files_with(self, text: str) -> list[str]:
        """Files that hold this text."""
        return [name for name, content in self.files.items() if text.encode() in content]

    def places_with_pin(self, pin: str) -> list[str]:
        """Where the digits of a PIN stand alone, or as the bytes of an APDU; parts of longer numbers do not count."""
        digits = pin.encode().hex()
        spaced = ' '.join(digits[index : index + 2] for index in range(0, len(digits), 2))
        found = re.compile(rf'(?<![0-9A-Za-z.-]){pin}(?![0-9A-Za-z-])|{digits}|{spaced}')
        places = [text[:200] for text in self.sent if found.search(text)]
        return places + [name for name, content in self.files.items() if found.search(content.decode('latin-1'))]


def watch(page: Page, traces: Traces) -> None:
    """Keep everything that goes between this page and its server."""

    def opened(socket: WebSocket) -> None:
        socket.on('framesent', lambda payload: traces.say(_text(payload)))
        socket.on('framereceived', lambda payload: traces.say(_text(payload)))

    page.on('websocket', opened)
    page.on('request', lambda request: traces.say(f'{request.url} {request.post_data or ""}'))
    page.on('console', lambda message: traces.say(message.text))


def _text(payload: str | bytes) -> str:
    return payload if isinstance(payload, str) else payload.decode('utf-8', 'replace')
