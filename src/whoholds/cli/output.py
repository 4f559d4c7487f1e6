"""Printing: data on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click
from rich.console import Console
from rich.table import Table

errors = Console(stderr=True, highlight=False)


def print_json(value: Any) -> None:
    """JSON on stdout, readable by people and programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def print_json_lines(rows: Iterable[Any]) -> None:
    """One JSON object a line on stdout."""
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False, default=str))


def print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, empty: str) -> None:
    """Rows as a table on a terminal, as tab-separated lines in a pipe."""
    if not rows:
        click.echo(empty, err=True)
        return
    if not sys.stdout.isatty():
        click.echo("\t".join(columns))
        for row in rows:
            click.echo("\t".join(_cell(row.get(c)) for c in columns))
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row.get(c)).replace("[", "\\[") for c in columns))
    Console(highlight=False).print(table)


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, as_json: bool, empty: str) -> None:
    """Rows as the user asked: a JSON list of everything, or a table of these columns."""
    if as_json:
        print_json(list(rows))
    else:
        print_table(rows, columns, empty=empty)


def _cell(value: Any) -> str:
    """A value as one line of text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if isinstance(value, list | tuple):
        return ", ".join(_cell(v) for v in value)
    return " ".join(str(value).split())
