"""Key stores that a restore set aside in the data directory: what is thrown away goes there too."""

from pathlib import Path

from app.storage.layout import DataDirectory
from app.storage.vault import Vault


def erase_in_replaced_stores(database: Path) -> None:
    """Apply the list of erasures to every key store under `backups`. For a thread.

    Raises:
        StorageError: a store cannot be opened.
    """
    directory = DataDirectory(database.parent)
    for folder in sorted(directory.backups.glob('replaced-*')):
        old = DataDirectory(folder)
        if old.keys.exists() and old.box_key.exists():
            Vault(old.keys, old.box_key, directory.erasures)
