"""One small war for all tests of serving."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from tests.serve.made import made_store
from whoholds.cli.exploring import Explorers
from whoholds.serve.app import create_app
from whoholds.settings import STORE_NAME
from whoholds.store import Store


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run."""
    return made_store(tmp_path_factory.mktemp("serve"))


@pytest.fixture(scope="session")
def explorers(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explorers]:
    """Explorers over the small war."""
    with Store.open(run_folder / STORE_NAME, create=False) as store:
        yield Explorers(store, cache=tmp_path_factory.mktemp("cache"))


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of an application, on a free port of this machine."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    socket = uvicorn.Config(app, port=0).bind_socket()
    # Who comes before the server is up waits in the queue.
    socket.listen(64)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)
    socket.close()


@pytest.fixture(scope="session")
def address(explorers: Explorers) -> Iterator[str]:
    """The real server on a free port of this machine."""
    with served(
        create_app(explorers, explain=explorers.explain, fronts=explorers.fronts, digest=explorers.digest)
    ) as at:
        yield at


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    """A client of the real server."""
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as made:
        yield made
