"""How quickly the server answers: the map of any day and the explanation of any changed place, with 20 clients at once.

    python benchmarks/big_store.py big/                makes a store of 32,475 places, 60,000 claims and 400 days
    python benchmarks/serve.py --store big/            measures over it, or over a store of your own
    python benchmarks/serve.py                         over WHOHOLDS_STORE, else "not measured"

The server runs in a process of its own on the loopback; each client keeps one connection and asks for random days and
places with a fixed seed. Bars: p95 of the map below 60 ms, of explain below 120 ms, where explain is the claims that
bear on a place as the page shows them at once. What each of them changes (`effects=true`) means solving the ground
around the place anew for each claim; the page asks for it afterwards, and its time is printed without a bar.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx

CLIENTS = 20
MAPS, REASONS, EFFECTS = 2000, 600, 12
BAR_MS = {"map": 60, "explain": 120}


async def measure(base: str, paths: list[str], *, clients: int = CLIENTS) -> list[float]:
    """The time of each request [ms], from clients that share the list, each over one connection.

    The clients speak HTTP by hand: a comfortable library would take more time than the server.
    """
    todo = iter(paths)
    took: list[float] = []
    host, port = base.removeprefix("http://").split(":")

    async def one() -> None:
        reader, writer = await asyncio.open_connection(host, int(port))
        for path in todo:
            start = perf_counter()
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            if " 200 " not in head.split("\r\n")[0]:
                raise RuntimeError(f"{path}: {head}")
            await reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
            took.append((perf_counter() - start) * 1000)
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(one() for _ in range(clients)))
    return sorted(took)


def report(name: str, took: list[float]) -> bool:
    """Print the figures of one question; answers whether its bar was kept."""
    p50, p95, most = (took[min(len(took) - 1, int(len(took) * q))] for q in (0.5, 0.95, 1.0))
    bar = BAR_MS.get(name.split(maxsplit=1)[0].rstrip(","))
    kept = bar is None or p95 < bar
    goal = f", bar {bar}: {'kept' if kept else 'MISSED'}" if bar else ""
    print(f"{name:<28} n {len(took):>5}  p50 {p50:7.1f} ms  p95 {p95:7.1f} ms  most {most:7.1f} ms{goal}")
    return kept


def run(store: Path) -> int:
    """Start the server, ask, print."""
    command = [sys.executable, "-m", "whoholds.cli", "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        base = ""
        for line in server.stderr:
            if "http://" in line:
                base = "http://" + line.split("http://")[1].split("/")[0]
                break
        try:
            if not base:
                print("not measured: the server did not start", file=sys.stderr)
                return 1
            return ask(base, store)
        finally:
            server.terminate()


def ask(base: str, store: Path) -> int:
    """Every question, first to a server that has answered none, then again."""
    meta: dict[str, Any] = httpx.get(f"{base}/api/meta", timeout=120, trust_env=False).json()
    digest = hashlib.sha256(repr(sorted(meta["counts"].items())).encode()).hexdigest()[:12]
    print(f"{store.name}: {meta['counts']}, {len(meta['days'])} days, {CLIENTS} clients, input {digest}")
    dice = random.Random(0)  # noqa: S311 - which pages are asked for is no secret
    rows = httpx.get(f"{base}/api/changes?limit=1000", timeout=120, trust_env=False).json()["rows"]
    places = [row["place_id"] for row in rows] or [0]
    maps = [f"/api/control/compact?day={dice.choice(meta['days'])}" for _ in range(MAPS)]
    pairs = list({(dice.choice(places), dice.choice(meta["days"])) for _ in range(REASONS)})
    reasons = [f"/api/explain/{place}?day={day}&effects=false" for place, day in pairs]
    start = perf_counter()
    httpx.get(base + reasons.pop(), timeout=600, trust_env=False)
    print(f"the first explanation, which waits for the series inferred at the start: {perf_counter() - start:.1f} s")
    kept = report("map of any day", asyncio.run(measure(base, maps)))
    kept &= report("explain, never asked before", asyncio.run(measure(base, reasons)))
    kept &= report("explain, asked before", asyncio.run(measure(base, reasons)))
    whole = [path.replace("false", "true") for path in reasons[:EFFECTS]]
    report("what each claim changes, one client", asyncio.run(measure(base, whole, clients=1)))
    return 0 if kept else 1


def main() -> int:
    """Parse the options."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--store", type=Path, default=os.environ.get("WHOHOLDS_STORE"))
    store = parser.parse_args().store
    if store is None:
        print("not measured: no store; give one with --store OUT/ or WHOHOLDS_STORE")
        return 0
    return run(Path(store))


if __name__ == "__main__":
    sys.exit(main())
