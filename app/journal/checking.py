"""Checking the journal while the box runs, beside everything else."""

import asyncio
from contextlib import closing
from pathlib import Path

from app.journal.verify import Verdict, verify_journal
from app.storage.reading import open_read_only
from app.storage.vault import Vault


async def check_journal(database: Path, checkpoints: Path, vault: Vault) -> Verdict:
    """Check every line on a connection of its own, in a thread of its own."""

    def check() -> Verdict:
        with closing(open_read_only(database)) as connection:
            return verify_journal(connection, checkpoints, vault.public_key)

    return await asyncio.to_thread(check)
