"""`whoholds claims`: list and filter claims, and enter some by hand."""

from __future__ import annotations

import getpass
from datetime import date
from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.output import print_rows
from whoholds.model import EvidenceType, Kind, Stance

COLUMNS = ("valid_day", "kind", "side", "where", "stance", "speaker", "outlet", "words", "id")


HAND_COLUMNS = ("known", "day", "kind", "side", "where", "stance", "speaker", "author", "note", "id")


@click.group(invoke_without_command=True)
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
@click.pass_context
def claims(
    ctx: click.Context,
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
      whoholds claims add --kind gain --side UA --place Lyman --day 2022-10-01 --author Olena --store out/

    Library twin: whoholds.store.View.claims
    """
    if ctx.invoked_subcommand:
        ctx.obj = store
        return
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


@claims.command()
@click.option("--kind", type=click.Choice([k.value for k in Kind]), required=True, help="What was done.")
@click.option("--side", required=True, metavar="SIDE", help="Who did it.")
@click.option("--place", required=True, metavar="NAME", help="Where: a name of the last run's places, or a geonameid.")
@click.option("--day", type=opt.DAY, required=True, help="When it was so.")
@click.option("--speaker", metavar="NAME", help="Whose word it is, where not the author's own.")
@click.option("--speaker-side", metavar="SIDE", help="The speaker's side.")
@click.option(
    "--stance",
    type=click.Choice([s.value for s in Stance]),
    default="asserted",
    show_default=True,
    help="How the speaker stands to it.",
)
@click.option("--hedged", is_flag=True, help="The speaker is not sure.")
@click.option("--failed", is_flag=True, help="The deed failed.")
@click.option(
    "--evidence",
    type=click.Choice([e.value for e in EvidenceType]),
    default="statement",
    show_default=True,
    help="What is shown for it.",
)
@click.option("--author", metavar="NAME", help="Who enters it, and answers for it; the user's name where missing.")
@click.option("--note", default="", metavar="WORDS", help="How it came in: a phone call, a paper map.")
@click.option("--known", type=opt.DAY, help="The day it came in; the claim's own day where missing.")
@opt.store_option
@click.pass_context
def add(
    ctx: click.Context,
    *,
    kind: str,
    side: str,
    place: str,
    day: date,
    speaker: str | None,
    speaker_side: str | None,
    stance: str,
    hedged: bool,
    failed: bool,
    evidence: str,
    author: str | None,
    note: str,
    known: date | None,
    store: Path | None,
) -> None:
    """Enter a claim by hand. Run again for estimates that rest on it.

    \b
    Example:
      whoholds claims add --kind gain --side UA --place Lyman --day 2022-10-01 --author Olena \\
        --speaker "a teacher" --note "by phone" --store out/

    Library twin: whoholds.pipeline.byhand.add_claim
    """
    from whoholds.pipeline.byhand import HandClaim, add_claim
    from whoholds.store import Store

    given = HandClaim(
        kind=Kind(kind), side=side, place=place, day=day, author=author if author is not None else getpass.getuser(),
        speaker=speaker, speaker_side=speaker_side, stance=Stance(stance), hedged=hedged, failed=failed,
        evidence=EvidenceType(evidence), note=note, known=known,
    )  # fmt: skip
    with Store.open(opt.find_store(store or ctx.obj), create=False) as opened:
        entered = add_claim(opened, given, cache=opt.cache())
    click.echo(entered.claim_id)
    kept = "Kept" if entered.new else "Kept already"
    click.echo(
        f"{kept}: {side} {kind} at {entered.place.name} ({entered.place.id}), {day}, by {given.author}."
        " Run again for estimates that rest on it.",
        err=True,
    )


@claims.command(name="by-hand")
@opt.store_option
@opt.json_option
@click.pass_context
def by_hand(ctx: click.Context, *, store: Path | None, as_json: bool) -> None:
    """List the claims entered by hand.

    \b
    Example:
      whoholds claims by-hand --store out/

    Library twin: whoholds.pipeline.byhand.hand_claims
    """
    from dataclasses import asdict

    from whoholds.pipeline.byhand import hand_claims
    from whoholds.store import Store

    with Store.open(opt.find_store(store or ctx.obj), create=False) as opened:
        rows = [
            {**asdict(e.given), "known": e.given.known or e.given.day, "where": e.place.name, "id": e.claim_id}
            for e in hand_claims(opened.view())
        ]
    print_rows(rows, HAND_COLUMNS, as_json=as_json, empty="No claim was entered by hand.")


@claims.command()
@click.argument("claim_id", metavar="CLAIM")
@click.option("--reason", required=True, metavar="WORDS", help="Why; it is kept.")
@click.option("--by", metavar="NAME", help="Who removes it; the user's name where missing.")
@opt.store_option
@click.pass_context
def remove(ctx: click.Context, *, claim_id: str, reason: str, by: str | None, store: Path | None) -> None:
    """Take a claim entered by hand out again; a tombstone with the reason stays.

    \b
    Example:
      whoholds claims remove CLAIM --reason "the caller took it back" --store out/

    Library twin: whoholds.pipeline.byhand.remove_claim
    """
    from whoholds.pipeline.byhand import remove_claim
    from whoholds.store import Store

    with Store.open(opt.find_store(store or ctx.obj), create=False) as opened:
        remove_claim(opened, claim_id, reason=reason, by=by or getpass.getuser(), at=opt.now())
    click.echo(f"Removed {claim_id}. Run again for estimates without it.", err=True)


@claims.command(name="export")
@click.argument("file", type=opt.FILE)
@opt.store_option
@click.pass_context
def export_file(ctx: click.Context, *, file: Path, store: Path | None) -> None:
    """Write the claims entered by hand to a CSV file.

    \b
    Example:
      whoholds claims export by-hand.csv --store out/

    Library twin: whoholds.pipeline.byhand.export_claims
    """
    from whoholds.pipeline.byhand import export_claims
    from whoholds.store import Store

    with Store.open(opt.find_store(store or ctx.obj), create=False) as opened:
        n = export_claims(opened.view(), file)
    click.echo(f"{n} claims written to {file}.", err=True)


@claims.command(name="import")
@click.argument("file", type=opt.FILE)
@opt.store_option
@click.pass_context
def import_file(ctx: click.Context, *, file: Path, store: Path | None) -> None:
    """Enter the claims of a CSV file that the store does not have.

    \b
    Example:
      whoholds claims import by-hand.csv --store out/

    Library twin: whoholds.pipeline.byhand.import_claims
    """
    from whoholds.pipeline.byhand import import_claims
    from whoholds.store import Store

    with Store.open(opt.find_store(store or ctx.obj), create=False) as opened:
        n = import_claims(opened, file, cache=opt.cache())
    click.echo(f"{n} new claims kept.", err=True)
