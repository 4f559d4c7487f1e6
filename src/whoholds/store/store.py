"""The file everything is kept in: opened, brought up to date, and handed out as a writer or a view."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from whoholds.errors import StoreError
from whoholds.store.migrations import steps
from whoholds.store.view import View
from whoholds.store.writer import Writer

APPLICATION_ID = 0x77686F68
"""Marks the file as a store (SQLite `application_id`): the letters "whoh"."""


class Store:
    """One SQLite file with reports, claims, estimates and judgements.

    Examples
    --------
    >>> with Store.open(":memory:") as store:
    ...     store.view().counts()["reports"]
    0
    """

    def __init__(self, engine: Engine, path: str) -> None:
        self._engine = engine
        self.path = path

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True, patience_s: float = 10.0) -> Store:
        """Open a store, bringing an older one up to date.

        Parameters
        ----------
        path : str or Path
            The file, or ":memory:".
        create : bool
            Make the file where there is none.
        patience_s : float
            How long to wait for another process that writes [s].

        Raises
        ------
        StoreError
            There is no such file, it is not a store, it is locked, or a newer whoholds made it.
        """
        name = str(path)
        if name != ":memory:":
            if not create and not Path(name).is_file():
                raise StoreError(
                    f"There is no store at {name}.",
                    remedy="Make one with `whoholds run REPORTS... -o OUT/`, or give the right file with --store.",
                )
            if not Path(name).absolute().parent.is_dir():
                raise StoreError(f"The folder of the store {name} does not exist.", remedy="Make the folder first.")
        engine = create_engine(
            f"sqlite:///{name}",
            connect_args={"timeout": patience_s, "check_same_thread": False},
            poolclass=StaticPool if name == ":memory:" else QueuePool,
        )
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _begin)
        store = cls(engine, name)
        with store._explained():
            store._migrate()
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """A writer whose changes are kept together at the end, or not at all."""
        with self._explained(), self._engine.begin() as connection:
            yield Writer(connection)

    def view(self, as_known_on: date | None = None) -> View:
        """What the store holds, or what it would hold had it been asked on `as_known_on`."""
        return View(self._engine, as_known_on)

    def _migrate(self) -> None:
        """Run the steps the file has not had."""
        known = steps()
        with self._engine.begin() as connection:
            raw: Any = connection.connection.dbapi_connection
            version = raw.execute("PRAGMA user_version").fetchone()[0]
            tables = raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            application = raw.execute("PRAGMA application_id").fetchone()[0]
            if (tables or version) and application != APPLICATION_ID:
                raise StoreError(
                    f"{self.path} is an SQLite file, but not a whoholds store.",
                    remedy="Give another file with --store.",
                )
            if version > known[-1][0]:
                raise StoreError(
                    f"{self.path} has schema {version}; this whoholds knows up to {known[-1][0]}.",
                    remedy="Use the newer whoholds that made it, or start another store.",
                )
            for number, sql in known:
                if number > version:
                    # executescript would commit first: a step that fails half way must leave nothing.
                    for statement in _statements(sql):
                        raw.execute(statement)
                    raw.execute(f"PRAGMA user_version = {number}")
            if version == 0:
                raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn the driver's errors into ours."""
        try:
            yield
        except (DBAPIError, sqlite3.DatabaseError) as error:
            words = str(getattr(error, "orig", error))
            if "locked" in words:
                problem, remedy = "is in use by another process", "Wait for it to end, or use another --store."
            elif "not a database" in words or "malformed" in words:
                problem, remedy = "is not a whoholds store, or is damaged", "Give another file with --store."
            elif "readonly" in words or "unable to open" in words:
                problem, remedy = "cannot be written", "Check the permissions, or give another file with --store."
            else:
                raise
            raise StoreError(f"{self.path} {problem} ({words}).", remedy=remedy) from error


def _on_connect(connection: Any, _record: Any) -> None:
    """Settings of each connection."""
    # The driver's own BEGIN comes too late for schema changes; SQLAlchemy's documentation gives this recipe.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA temp_store = MEMORY")


def _begin(connection: Any) -> None:
    """Begin a transaction ourselves, as the driver no longer does."""
    connection.exec_driver_sql("BEGIN")


def _statements(sql: str) -> Iterator[str]:
    """The statements of a script."""
    buffer = ""
    for line in sql.splitlines(keepends=True):
        buffer += line
        if sqlite3.complete_statement(buffer):
            yield buffer
            buffer = ""
