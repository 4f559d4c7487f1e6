"""What a run shows: bars while it goes on, one screen when it is over; all on stderr."""

from __future__ import annotations

import resource
import sys
from collections import Counter
from time import perf_counter
from types import TracebackType
from typing import Any, Self

from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from whoholds.cli.output import errors
from whoholds.pipeline.steps import Progress as Step
from whoholds.pipeline.steps import RunSummary

TITLES = {
    "reading": "Reading reports",
    "claims": "Taking claims",
    "places": "Placing them",
    "control": "Inferring control",
    "files": "Writing files",
    "formats": "Exporting",
    "shapes": "Joining ground",
    "film": "Drawing days",
}
SHOWN_SET_ASIDE = 8


class _Rate(ProgressColumn):
    """So many a second."""

    def render(self, task: Task) -> Text:
        """The rate, where there is one."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f} {task.fields['unit']}/s" if speed else "", style="dim")


class Display:
    """Bars with rate and time left; plain lines where stderr is no terminal."""

    def __init__(self) -> None:
        self._bars: Progress | None = None
        if errors.is_terminal:
            self._bars = Progress(
                SpinnerColumn(),
                TextColumn("{task.description:<18}"),
                BarColumn(bar_width=30),
                TextColumn("{task.completed:>7,.0f} {task.fields[unit]}"),
                _Rate(),
                TimeRemainingColumn(),
                console=errors,
            )
        self._tasks: dict[str, Any] = {}
        self._started: dict[str, float] = {}

    def __enter__(self) -> Self:
        if self._bars is not None:
            self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bars is not None:
            self._bars.stop()

    def watch(self, step: Step) -> None:
        """Show a step forward."""
        title = TITLES.get(step.stage, step.stage)
        if self._bars is not None:
            if step.stage not in self._tasks:
                self._tasks[step.stage] = self._bars.add_task(title, total=step.total, unit=step.unit)
            self._bars.update(self._tasks[step.stage], completed=step.done, total=step.total)
            return
        start = self._started.setdefault(step.stage, perf_counter())
        if step.stage not in self._tasks or step.done == step.total:
            took = perf_counter() - start
            rate = f" ({step.done / took:,.0f} {step.unit}/s)" if took > 0.5 and step.done else ""
            self._tasks[step.stage] = True
            done = f"{step.done:,} {step.unit}" if step.done else "..."
            errors.print(f"{title}: {done}{rate}", markup=False)


def summary_record(summary: RunSummary) -> dict[str, Any]:
    """A summary as plain values."""
    from dataclasses import asdict

    return {**asdict(summary), "exit_code": summary.exit_code, "peak_memory_mb": peak_memory_mb()}


def peak_memory_mb() -> int:
    """The most memory this process has held [MB]."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))


def print_summary(summary: RunSummary) -> None:
    """One screen."""
    say = _say
    say("")
    known = f", as known on {summary.known_on}" if summary.known_on else ""
    start = f"from {summary.base}" if summary.base else "from the theatre's line before the first report"
    say(f"{summary.theatre}: {summary.first_day} to {summary.last_day}{known}, {start}")
    new = f"{summary.n_new:,} new"
    if summary.n_new_versions:
        new += f", {summary.n_new_versions:,} in a new version"
    if not summary.n_new and not summary.n_new_versions and summary.n_read:
        new = "nothing new: all of them were read before"
    say(f"  reports    {summary.n_read:,} read ({new}); {summary.n_reports:,} in the store")
    if summary.n_history:
        say(f"             {summary.n_history:,} with claims known no later than the base map: kept as history")
    if summary.n_maps:
        say(f"             {summary.n_maps:,} of them control maps")
    if summary.n_maps_bearing:
        say(f"             {summary.n_maps_bearing:,} control maps bear on the estimates, each as sure as its maker")
    for lang, n in sorted(summary.languages.items(), key=lambda pair: -pair[1]):
        say(f"             {n:,} in {lang}: kept and searchable, but claims are read in English only")
    reasons = Counter(f"{note.problem} {note.remedy}" for note in summary.set_aside)
    for reason, n in list(reasons.items())[:SHOWN_SET_ASIDE]:
        say(f"  set aside  {reason}" + (f" ({n:,} reports)" if n > 1 else ""))
    if len(reasons) > SHOWN_SET_ASIDE:
        say(f"             and {sum(list(reasons.values())[SHOWN_SET_ASIDE:]):,} more for other reasons")
    say(f"  claims     {summary.n_claims:,} ({summary.n_new_claims:,} new), {summary.n_placed:,} with a place found")
    say(f"  places     {summary.n_places:,}, of which {summary.n_changed:,} changed hands")
    if not summary.inferred:
        say("             nothing that bears on them has changed: the estimates stand")
    for file in summary.files:
        say(f"  wrote      {file.path} ({size_words(file.size_bytes)})")
    total = sum(summary.seconds.values())
    parts = ", ".join(f"{stage} {s:.1f}" for stage, s in summary.seconds.items() if s >= 0.05)
    say(f"  took       {total:.1f} s ({parts}); peak memory {peak_memory_mb():,} MB")
    if summary.set_aside:
        say("  Why each was set aside: whoholds reports --set-aside")


def _say(words: str) -> None:
    """A line on stderr as it stands."""
    errors.print(words, markup=False, soft_wrap=True)


def size_words(n: int) -> str:
    """A number of bytes for people."""
    return f"{n / 1e6:.1f} MB" if n >= 1e6 else f"{n / 1e3:.0f} kB" if n >= 1e3 else f"{n} B"
