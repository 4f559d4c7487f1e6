"""`whoholds serve`: the explorer and the API of a store, in a browser."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import click

from whoholds.cli import options as opt
from whoholds.errors import BadSetting, MissingPart

SHORTEST = 16
"""Characters of a token at least."""
_TCP, _NO_DELAY = 6, 1
"""The protocol's number, and its option TCP_NODELAY."""


def tiles_options(command: opt.Command) -> opt.Command:
    """--tiles and --tiles-attribution."""
    command = click.option(
        "--tiles-attribution", default="", metavar="TEXT", help="Whose tiles they are; shown on the map."
    )(command)
    return click.option(
        "--tiles",
        metavar="URL",
        envvar="WHOHOLDS_TILES",
        help="Background tiles, https://.../{z}/{x}/{y}.png; none where missing, and then no other host is asked.",
    )(command)


def tiles_of(url: str | None, attribution: str) -> dict[str, str] | None:
    """The setting for background tiles.

    Raises
    ------
    BadSetting
        The address is not one of tiles.
    """
    if not url:
        return None
    if not url.startswith(("http://", "https://")) or not all(part in url for part in ("{z}", "{x}", "{y}")):
        raise BadSetting(
            f"--tiles {url!r} is not an address of tiles.", remedy="Write it like https://HOST/{z}/{x}/{y}.png."
        )
    if any(sign in url for sign in " ;,'\"<>"):
        raise BadSetting(
            f"--tiles {url!r} holds a sign no address of tiles has.", remedy="Take blanks, quotes, ; and , out of it."
        )
    return {"url": url, "attribution": attribution}


def token_of(path: Path | None) -> str | None:
    """The token in a file, without the white space around it.

    Raises
    ------
    BadSetting
        The file cannot be read, or its token is so short that it can be guessed.
    """
    if path is None:
        return None
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"{path} cannot be read: {error}.", remedy="Give a text file with the token.") from None
    if len(token) < SHORTEST or not token.isascii() or not token.isprintable():
        raise BadSetting(
            f"{path} holds no token of {SHORTEST} plain characters or more.",
            remedy='Make one with python -c "import secrets; print(secrets.token_urlsafe())" > FILE.',
        )
    return token


@click.command()
@opt.store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8022, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 for a free one."
)
@click.option(
    "--token-file", type=opt.FILE, metavar="FILE", envvar="WHOHOLDS_TOKEN_FILE",
    help="Who sends the token in this file may judge claims and enter claims by hand; nobody may where missing.",
)  # fmt: skip
@tiles_options
def serve(
    *, store: Path | None, host: str, port: int, token_file: Path | None, tiles: str | None, tiles_attribution: str
) -> None:
    """Open the explorer and the API over a store; stop it with Ctrl-C. Nothing can be changed without a token.

    \b
    Examples:
      whoholds serve --store out/
      whoholds serve --store out/ --port 8080
      whoholds serve --store out/ --token-file token.txt

    Library twin: whoholds.serve.app.create_app
    """
    try:
        import uvicorn

        from whoholds.serve.app import create_app
    except ImportError as error:
        raise MissingPart(
            f"The server needs {error.name}.", remedy="Install it with pip install 'whoholds[serve]'."
        ) from error
    from whoholds.cli.desk import StoreDesk
    from whoholds.cli.exploring import Explorers
    from whoholds.store import Store

    token = token_of(token_file)
    with Store.open(opt.find_store(store), create=False) as opened:
        # What a server reads in stays; looking through it for what can be thrown away takes as long as reading it.
        gc.disable()
        explorers = Explorers(opened, cache=opt.cache(), tiles=tiles_of(tiles, tiles_attribution))
        click.echo("Preparing the map ...", err=True)
        desk = StoreDesk(opened, cache=opt.cache())
        app = create_app(
            explorers,
            explain=explorers.explain,
            fronts=explorers.fronts,
            digest=explorers.digest,
            desk=desk,
            token=token,
        )
        server = uvicorn.Server(uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False))
        config = server.config
        sockets = [config.bind_socket()]
        # What explains an estimate takes a while on a large store: made while the first visitor looks at the map.
        Thread(target=_each, args=(app.state.warm, explorers.warm, app.state.warm_rest, _settled), daemon=True).start()
        # Else each answer waits for the client's delayed acknowledgement, 40 ms.
        sockets[0].setsockopt(_TCP, _NO_DELAY, 1)
        click.echo(f"The explorer is at http://{host}:{sockets[0].getsockname()[1]}/ (Ctrl-C stops it)", err=True)
        with suppress(KeyboardInterrupt):  # the server has answered what was open
            server.run(sockets=sockets)


def _settled() -> None:
    """All that is read in by now is left out of every later search for garbage, which would hold up an answer."""
    gc.freeze()
    gc.enable()


def _each(*steps: Callable[[], None]) -> None:
    """Take steps in turn."""
    for step in steps:
        step()
