"""`whoholds claims`: list and filter claims."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.output import print_rows
from whoholds.model import Kind, Stance

COLUMNS = ("valid_day", "kind", "side", "where", "stance", "speaker", "outlet", "words", "id")


@click.command()
@opt.store_option
@click.option("--place", metavar="NAME", help="Only claims taken to be about this place (name or geonameid).")
@click.option("--kind", "kinds", multiple=True, type=click.Choice([k.value for k in Kind]), help="Only these kinds.")
@click.option("--side", metavar="SIDE", help="Only claims about what this side did.")
@click.option("--stance", type=click.Choice([s.value for s in Stance]), help="Only this stance.")
@click.option("--speaker", metavar="NAME", help="Only this speaker (part of the name).")
@click.option("--outlet", metavar="NAME", help="Only this outlet.")
@click.option("--report", "report_id", metavar="ID", help="Only this report.")
@click.option("--words", metavar="WORDS", help="Only claims of reports with all of these words.")
@click.option("--from", "since", type=opt.DAY, help="Claims of this day or later.")
@click.option("--to", "until", type=opt.DAY, help="Claims of this day or earlier.")
@opt.known_option
@click.option("--limit", type=int, metavar="N", help="At most so many.")
@opt.json_option
def claims(
    *,
    store: Path | None,
    place: str | None,
    kinds: tuple[str, ...],
    side: str | None,
    stance: str | None,
    speaker: str | None,
    outlet: str | None,
    report_id: str | None,
    words: str | None,
    since: date | None,
    until: date | None,
    known_on: date | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List the claims of a store, by the day they became known.

    \b
    Examples:
      whoholds claims --store out/ --place Izium --kind gain --kind leave
      whoholds claims --store out/ --speaker Pushilin --json

    Library twin: whoholds.store.View.claims
    """
    from whoholds.pipeline.outputs import told
    from whoholds.pipeline.questions import find_place
    from whoholds.store import Store
    from whoholds.tell.claims import claim_record

    with Store.open(opt.find_store(store), create=False) as opened:
        view = opened.view(known_on)
        found = view.claims(
            place_id=find_place(view, place, cache=opt.cache()).id if place else None,
            kinds=kinds,
            side=side,
            stance=stance,
            speaker=speaker,
            outlet=outlet,
            report_id=report_id,
            words=words,
            since=since,
            until=until,
            limit=limit,
        )
    rows = [claim_record(t) for t in told(found)]
    if not as_json:
        for row in rows:
            row["where"] = [p.get("name") or p["text"] for p in row["places"]]
            row["words"] = row["trigger"]["text"]
            row["speaker"] = row["speaker"]["text"] if row["speaker"] else None
    print_rows(rows, COLUMNS, as_json=as_json, empty="No claim fits.")
