"""`whoholds locate`: the places that texts name."""

from __future__ import annotations

from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.extract import exit_code
from whoholds.cli.output import errors, print_json_lines


@click.command()
@click.argument("passages", metavar="FILE.jsonl")
@opt.theatre_option
@opt.gazetteer_option
@click.option("--without-phrases", is_flag=True, help='Ignore phrases such as "13 km southeast of X" (for measuring).')
def locate(passages: str, theatre: str, gazetteer: Path | None, without_phrases: bool) -> int:
    """Read JSON Lines (id, date, lang, text) and print the places each text names, with what they were taken for.

    \b
    Example:
      whoholds locate passages.jsonl --theatre ukraine-2022 --gazetteer ua.gazetteer > places.jsonl

    Library twin: whoholds.pipeline.passages.locate_passages
    """
    from whoholds.pipeline.passages import Bad, locate_passages, read_passages

    n_bad = n_good = 0
    answers = locate_passages(
        read_passages(passages),
        theatre=theatre,
        gazetteer=gazetteer,
        cache=opt.cache(),
        phrases="ignored" if without_phrases else "used",
    )
    for answer in answers:
        if isinstance(answer, Bad):
            n_bad += 1
            errors.print(f"{answer.where}: {answer.problem} {answer.remedy}", markup=False, soft_wrap=True)
            continue
        n_good += 1
        print_json_lines([answer])
    return exit_code(n_good, n_bad, passages)
