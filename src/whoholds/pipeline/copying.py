"""A copy of a store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from whoholds.errors import BadSetting, StoreError
from whoholds.store import Store


def copy_store(store: Store, path: Path) -> None:
    """A consistent copy of a store while others may write to it: `VACUUM INTO`, which is one read transaction.

    Raises
    ------
    BadSetting
        The copy would overwrite the store itself.
    StoreError
        The store cannot be read.
    """
    if path.exists() and Path(store.path).exists() and path.samefile(store.path):
        raise BadSetting(
            f"{path} is the store itself.", remedy="Choose another folder with -o; the store is a file to copy already."
        )
    path.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(f"file:{Path(store.path).absolute()}?mode=ro", uri=True)) as connection:
            connection.execute("VACUUM INTO ?", (str(path),))
    except sqlite3.Error as error:
        raise StoreError(f"{store.path} cannot be copied ({error}).", remedy="Try again when nobody writes.") from error
