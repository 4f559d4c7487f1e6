"""From a TOML file to a theatre, with messages that name the line."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from whoholds.errors import TheatreError, UnknownTheatre
from whoholds.model import Theatre
from whoholds.theatres.lines import line_of
from whoholds.theatres.schema import TheatreFile

_SHOWN_PROBLEMS = 5
_HOW_TO = "docs/how-to/add-a-theatre.md"


def theatre_keys() -> tuple[str, ...]:
    """The keys of the packaged theatres, sorted.

    >>> "ukraine-2022" in theatre_keys()
    True
    """
    files = resources.files("whoholds.theatres").iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")))


def load_theatre(key_or_path: str) -> Theatre:
    """A packaged theatre by its key, or one of your own by the path of its file.

    Parameters
    ----------
    key_or_path
        "ukraine-2022", or a path that ends in ".toml".

    Raises
    ------
    UnknownTheatre
        No packaged theatre and no file of that name.
    TheatreError
        The file is there, but not a valid theatre; the message names the line.

    >>> load_theatre("libya-2011").side_keys
    ('REB', 'GOV', 'NATO')
    """
    if key_or_path in theatre_keys():
        return _packaged(key_or_path)
    path = Path(key_or_path)
    if path.suffix != ".toml" or not path.is_file():
        raise UnknownTheatre(
            f"No theatre is called {key_or_path!r}, and no file of that name ends in .toml.",
            remedy=f"Take one of {', '.join(theatre_keys())}, or the path of a theatre file ({_HOW_TO}).",
        )
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise TheatreError(f"{path} is not UTF-8 (byte {error.start}).", remedy="Save it as UTF-8.") from error
    return parse_theatre(text, origin=str(path))


@cache
def _packaged(key: str) -> Theatre:
    """A packaged theatre, read once."""
    text = resources.files("whoholds.theatres").joinpath(f"{key}.toml").read_text("utf-8")
    return parse_theatre(text, origin=f"{key}.toml")


def parse_theatre(text: str, *, origin: str) -> Theatre:
    """A theatre from the text of its file; `origin` names the file in messages.

    Raises
    ------
    TheatreError
        The text is not TOML or not a valid theatre; the message names the line.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TheatreError(f"{origin} is not valid TOML: {error}.", remedy="Mend that line.") from error
    try:
        file = TheatreFile.model_validate(raw)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        problems = [(one["loc"], one["msg"].removeprefix("Value error, ")) for one in found]
        raise _invalid(text, origin, problems) from error
    if contradictions := file.contradictions():
        raise _invalid(text, origin, contradictions)
    return file.theatre()


def _invalid(text: str, origin: str, problems: Sequence[tuple[tuple[str | int, ...], str]]) -> TheatreError:
    """The error that names the line of each of the first few problems."""
    first = problems[:_SHOWN_PROBLEMS]
    shown = [f"line {line_of(text, path)}, {'.'.join(map(str, path))}: {message}" for path, message in first]
    if len(problems) > _SHOWN_PROBLEMS:
        shown.append(f"and {len(problems) - _SHOWN_PROBLEMS} more")
    return TheatreError(
        f"{origin} is not a valid theatre: {'; '.join(shown)}.", remedy=f"Mend it; {_HOW_TO} says what each key holds."
    )
