"""`whoholds extract`: claims of passages, in the gold layout."""

from __future__ import annotations

from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.output import errors, print_json_lines


@click.command()
@click.argument("passages", metavar="PASSAGES.jsonl")
@opt.theatre_option
@opt.gazetteer_option
@click.option("--explain", is_flag=True, help="Print sentence, parse and rule of each claim, for people.")
def extract(passages: str, theatre: str, gazetteer: Path | None, explain: bool) -> int:
    """Read JSON Lines (id, date, lang, text, source) and print the claims of each passage.

    Offsets count characters of `text` as it stands. A `theatre` key in a line goes before the option.

    \b
    Examples:
      whoholds extract passages.jsonl --gazetteer ua.gazetteer > claims.jsonl
      echo '{"id": "1", "date": "2022-09-10", "text": "Troops took the town of Lyman."}' | whoholds extract -

    Library twin: whoholds.pipeline.passages.extract_passages
    """
    from whoholds.pipeline.passages import Bad, explain_passages, extract_passages, read_passages

    n_bad = n_good = 0
    twin = explain_passages if explain else extract_passages
    for answer in twin(read_passages(passages), theatre=theatre, gazetteer=gazetteer, cache=opt.cache()):
        if isinstance(answer, Bad):
            n_bad += 1
            errors.print(f"{answer.where}: {answer.problem} {answer.remedy}", markup=False, soft_wrap=True)
            continue
        n_good += 1
        if explain:
            click.echo(answer["explained"])
        else:
            print_json_lines([answer])
    return exit_code(n_good, n_bad, passages)


def exit_code(n_good: int, n_bad: int, origin: str) -> int:
    """0 all, 1 some lines set aside, 3 none usable."""
    if n_good:
        return 1 if n_bad else 0
    errors.print(f"{origin} holds no usable passage. Give JSON Lines with id, date and text.", markup=False)
    return 3
