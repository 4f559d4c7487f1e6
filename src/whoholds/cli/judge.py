"""`whoholds judge`: an analyst's verdict on a claim; export, import, and what is worth a look."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.output import print_rows

QUEUE_COLUMNS = ("worth", "doubt", "effect", "reasons", "kind", "side", "places", "speaker", "day", "sentence", "id")
COLUMNS = ("at", "by", "verdict", "claim_id", "place_id", "kind", "note")


class _Judge(click.Group):
    """`judge CLAIM VERDICT` is `judge claim CLAIM VERDICT`: no command is called like a claim."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take the id of a claim for the command that judges it."""
        return super().resolve_command(ctx, ["claim", *args] if args[0].startswith("c-") else args)


@click.group(cls=_Judge)
def judge() -> None:
    """Accept, reject or correct claims; the claims stay as they are, and every verdict can be undone.

    \b
    Examples:
      whoholds judge c-1bd7466b2e2a1d4391e8 reject --note "the caption is older" --store out/
      whoholds judge queue --store out/
    """


@judge.command()
@click.argument("claim_id", metavar="CLAIM")
@click.argument("verdict", type=click.Choice(("accept", "reject", "correct", "undo")))
@click.option("--place", metavar="PLACE", help="With correct: the right place, by name or geonameid.")
@click.option("--kind", metavar="KIND", help="With correct: the right kind.")
@click.option("--note", default="", metavar="WORDS", help="Why.")
@click.option("--by", metavar="NAME", help="Who judges; the user's name where missing.")
@opt.store_option
def claim(
    *, claim_id: str, verdict: str, place: str | None, kind: str | None, note: str, by: str | None, store: Path | None
) -> None:
    """Keep a verdict on a claim. Run again for estimates that respect it; the word `claim` may be left out.

    \b
    Example:
      whoholds judge claim c-1bd7466b2e2a1d4391e8 correct --place Izium --store out/

    Library twin: whoholds.pipeline.judging.judge
    """
    from whoholds.model import Judgement, Verdict
    from whoholds.pipeline.judging import judge as twin
    from whoholds.pipeline.questions import find_place
    from whoholds.store import Store

    with Store.open(opt.find_store(store), create=False) as opened:
        place_id = find_place(opened.view(), place, cache=opt.cache()).id if place is not None else None
        signed = Judgement(
            claim_id=claim_id, verdict=Verdict(verdict), by=by or getpass.getuser(), at=opt.now(), note=note,
            place_id=place_id, kind=kind,
        )  # fmt: skip
        twin(opened, signed)
    click.echo(f"Kept: {verdict} of {claim_id} by {signed.by}. Run again for estimates that respect it.", err=True)


@judge.command(name="list")
@click.option("--misfits", is_flag=True, help="Only verdicts whose claim the newest reading no longer finds.")
@opt.store_option
@opt.json_option
def listed(*, misfits: bool, store: Path | None, as_json: bool) -> None:
    """List the verdicts in the order they were made.

    \b
    Example:
      whoholds judge list --misfits --store out/

    Library twin: whoholds.store.View.judgements
    """
    from whoholds.pipeline.judging import misfits as unfit
    from whoholds.store import Store

    with Store.open(opt.find_store(store), create=False) as opened:
        view = opened.view()
        rows = [
            {
                "at": j.at.isoformat(timespec="seconds"), "by": j.by, "verdict": j.verdict.value,
                "claim_id": j.claim_id, "place_id": j.place_id, "kind": j.kind, "note": j.note,
            }
            for j in (unfit(view) if misfits else view.judgements())
        ]  # fmt: skip
    print_rows(rows, COLUMNS, as_json=as_json, empty="Every verdict fits." if misfits else "No verdict yet.")


@judge.command(name="export")
@click.argument("file", type=opt.FILE)
@opt.store_option
def export_file(*, file: Path, store: Path | None) -> None:
    """Write every verdict to a CSV file.

    \b
    Example:
      whoholds judge export verdicts.csv --store out/

    Library twin: whoholds.pipeline.judging.export_judgements
    """
    from whoholds.pipeline.judging import export_judgements
    from whoholds.store import Store

    with Store.open(opt.find_store(store), create=False) as opened:
        n = export_judgements(opened.view(), file)
    click.echo(f"{n} verdicts written to {file}.", err=True)


@judge.command(name="import")
@click.argument("file", type=opt.FILE)
@opt.store_option
def import_file(*, file: Path, store: Path | None) -> None:
    """Append the verdicts of a CSV file that the store does not have.

    \b
    Example:
      whoholds judge import verdicts.csv --store out/

    Library twin: whoholds.pipeline.judging.import_judgements
    """
    from whoholds.pipeline.judging import import_judgements
    from whoholds.store import Store

    with Store.open(opt.find_store(store), create=False) as opened:
        n = import_judgements(opened, file)
    click.echo(f"{n} new verdicts kept.", err=True)


@judge.command()
@click.option("--limit", type=int, default=20, show_default=True, metavar="N", help="At most so many.")
@click.option("--quick", is_flag=True, help="Take how far the place moved for the claim's own effect.")
@opt.store_option
@opt.json_option
def queue(*, limit: int, quick: bool, store: Path | None, as_json: bool) -> None:
    """List the claims most worth a look: doubt times how far the map would move without them.

    \b
    Example:
      whoholds judge queue --limit 10 --store out/

    Library twin: whoholds.pipeline.judging.queue
    """
    from whoholds.pipeline.judging import queue as twin
    from whoholds.pipeline.questions import series_of
    from whoholds.store import Store

    with Store.open(opt.find_store(store), create=False) as opened:
        view = opened.view()
        rows = [
            {
                "worth": q.worth, "doubt": q.doubt, "effect": q.effect, "reasons": ", ".join(q.reasons),
                "kind": q.kept.claim.kind.value,
                "side": q.kept.claim.side, "places": ", ".join(p.span.text for p in q.kept.claim.places),
                "speaker": q.kept.claim.speaker.text if q.kept.claim.speaker else q.kept.outlet,
                "day": str(q.kept.placed.valid_day) if q.kept.placed else "", "sentence": q.kept.sentence,
                "id": q.kept.claim.id,
            }
            for q in twin(view, limit=limit, series=None if quick else series_of(view))
        ]  # fmt: skip
    print_rows(rows, QUEUE_COLUMNS, as_json=as_json, empty="No claim waits for a look.")
