"""A box with a mail server and LINE, and a browser without script."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.chromium import browser, start_pages
from tests.fakes import mail_server
from tests.fakes.line import server as line_server
from tests.fakes.line.server import TOKEN, LineStore
from tests.fakes.mail_server import MailStore

__all__ = ['browser']

HERE = Path(__file__).parent
SETTINGS = """
[messages]
quiet_from = "00:00"
quiet_until = "00:00"
areas = ["材木町", "野町"]

[messages.mail]
host = "127.0.0.1"
port = {port}
security = "plain"
sender = "oshirase@city.example.jp"

[messages.line]
base_url = "{line}"
access_token = "{token}"
channel_secret = "channel-secret"
account_id = "@kanazawa"
"""


@dataclass(frozen=True, slots=True)
class MessagesBox:
    """A running box, its mailboxes and what LINE has taken."""

    address: str
    mail: MailStore
    line: LineStore


@pytest.fixture(scope='session')
def messages_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MessagesBox]:
    """One for all tests of the folder."""
    state, mail, line = tmp_path_factory.mktemp('messages'), MailStore(), LineStore()
    with mail_server.running(mail) as port, line_server.running(line) as line_address:
        (state / 'box').mkdir()
        settings = SETTINGS.format(port=port, line=line_address, token=TOKEN)
        (state / 'box' / 'machibako.toml').write_text(settings, encoding='utf-8')
        address, process = start_pages(HERE / 'messages_box.py', state, ready='/subscribe')
        yield MessagesBox(address, mail, line)
        process.terminate()
        process.wait(15)
