"""A run as files for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path

from whoholds.errors import BadSetting, MissingPart
from whoholds.pipeline.exported import Exported
from whoholds.pipeline.formats import FORMATS, Format
from whoholds.pipeline.steps import Progress, Watch, unwatched
from whoholds.store import Store


def export(
    store: Store,
    keys: Sequence[str],
    out: Path,
    *,
    cache: Path,
    first_day: date | None = None,
    last_day: date | None = None,
    known_on: date | None = None,
    nowcast: bool = False,
    watch: Watch = unwatched,
) -> list[Path]:
    """Write the last run of a store in some formats; answers the files.

    Parameters
    ----------
    store : Store
    keys : sequence of str
        Formats, see `FORMATS`.
    out : Path
        The folder for the files; it is there already.
    cache : Path
        Where the packaged gazetteer is kept once made.
    first_day, last_day : date, optional
        Only these days; all of the run where missing.
    known_on : date, optional
        Leave out whatever became known later; control is then inferred anew.
    nowcast : bool
        Each day as known on that day, in place of what every report together tells.

    Raises
    ------
    BadSetting
        No such format, or days that lie outside the run.
    MissingPart
        A library the format needs is not installed.
    StoreError
        Nothing was run on this store yet.
    """
    unknown = [key for key in keys if key not in FORMATS]
    if unknown:
        raise BadSetting(
            f"There is no format {', '.join(unknown)}.", remedy="See the formats with `whoholds export --list`."
        )
    wanted = list(dict.fromkeys(keys))
    for key in wanted:
        _check(FORMATS[key])
    made = Exported(
        store, cache=cache, first_day=first_day, last_day=last_day, known_on=known_on, nowcast=nowcast, watch=watch
    )
    files: list[Path] = []
    for n, key in enumerate(wanted):
        watch(Progress(stage="formats", done=n, total=len(wanted), unit="formats"))
        files += FORMATS[key].write(made, out)
    watch(Progress(stage="formats", done=len(wanted), total=len(wanted), unit="formats"))
    return files


def _check(wanted: Format) -> None:
    """Say that a library is missing before the work, not after it."""
    if wanted.library is None:
        return
    try:
        import_module(wanted.library)
    except ImportError as error:
        raise MissingPart(
            f"The format {wanted.key} needs {wanted.library}, which is not installed.",
            remedy="Install it with: pip install 'whoholds[export]'.",
        ) from error
