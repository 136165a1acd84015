"""Restoring is done by the command itself: a running box would write into files that are being replaced."""

import asyncio
import sys
from pathlib import Path

from app.commands.client import NoAnswer, refuse_other_users, take_lock
from app.commands.exit_codes import FAILED
from app.commands.failures import explain
from app.commands.restore import Restoring, restore
from app.commands.terminal import OwnTerminal
from app.language import _
from app.storage.layout import DataDirectory, DirectoryLock


def restore_here(directory: DataDirectory, file: Path, identity: Path | None, accept_broken_journal: bool) -> int:
    """Restore while no box runs; returns the exit code.

    Raises:
        NoAnswer: a box runs here, or the directory belongs to another user.
    """
    refuse_other_users(directory)
    directory.create()
    held = take_lock(directory)
    if not isinstance(held, DirectoryLock):
        held.close()
        raise NoAnswer(_('箱が動いています。止めてから復元してください(systemctl stop machibako)'))
    wish = Restoring(file=file, identity=identity, accept_broken_journal=accept_broken_journal)
    try:
        return asyncio.run(restore(directory, wish, OwnTerminal()))
    except Exception as error:
        sentences = explain(error)
        if not sentences:
            raise
        print('\n'.join([*sentences, _('何も置き換えていません')]), file=sys.stderr)
        return FAILED
    finally:
        held.release()
