"""`whoholds reports`: list reports, show one, remove one."""

from __future__ import annotations

import getpass
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from whoholds.cli import options as opt
from whoholds.cli.output import print_json, print_rows
from whoholds.errors import BadSetting, UnknownReport

EDITED_COLUMNS = ("known_day", "n", "outlet", "title", "id")
COLUMNS = ("known_day", "day", "outlet", "lang", "format", "title", "id")


@click.group(invoke_without_command=True)
@opt.store_option
@click.option("--outlet", metavar="NAME", help="Only this outlet.")
@click.option("--words", metavar="WORDS", help="Only reports with all of these words in title or text.")
@click.option("--from", "since", type=opt.DAY, help="Known on this day or later.")
@click.option("--to", "until", type=opt.DAY, help="Known on this day or earlier.")
@opt.known_option
@click.option("--limit", type=int, metavar="N", help="At most so many.")
@click.option("--set-aside", is_flag=True, help="List the reports that were set aside instead, and why.")
@click.option("--removed", is_flag=True, help="List the reports that were removed instead, and why.")
@opt.json_option
@click.pass_context
def reports(
    ctx: click.Context,
    *,
    store: Path | None,
    outlet: str | None,
    words: str | None,
    since: date | None,
    until: date | None,
    known_on: date | None,
    limit: int | None,
    set_aside: bool,
    removed: bool,
    as_json: bool,
) -> None:
    """List the reports of a store by the day they became known.

    \b
    Examples:
      whoholds reports --store out/ --words "Izium flag"
      whoholds reports --store out/ --set-aside
      whoholds reports show REPORT --store out/
      whoholds reports versions REPORT --store out/
      whoholds reports remove REPORT --reason "retracted by its outlet" --store out/

    Library twin: whoholds.store.View.reports
    """
    if ctx.invoked_subcommand:
        ctx.obj = store
        return
    from dataclasses import asdict

    from whoholds.store import Store

    with Store.open(opt.find_store(store), create=False) as opened:
        view = opened.view(known_on)
        if set_aside:
            rows = [asdict(s) for s in view.set_aside()]
            print_rows(rows, ("origin", "problem", "remedy"), as_json=as_json, empty="No report was set aside.")
            return
        if removed:
            rows = [asdict(r) for r in view.removed()]
            print_rows(rows, ("report_id", "reason", "by", "at"), as_json=as_json, empty="No report was removed.")
            return
        found = view.reports(outlet=outlet, since=since, until=until, words=words, limit=limit)
        rows = [report_record(k) for k in found]
    print_rows(rows, COLUMNS, as_json=as_json, empty="No report fits.")


@reports.command()
@click.argument("report_id", metavar="REPORT")
@opt.store_option
@opt.json_option
@click.option("--original", is_flag=True, help="Print the bytes as they were given.")
@click.pass_context
def show(ctx: click.Context, *, report_id: str, store: Path | None, as_json: bool, original: bool) -> None:
    """Print the text of a report as kept.

    \b
    Example:
      whoholds reports show REPORT --store out/

    Library twin: whoholds.store.View.report
    """
    from whoholds.store import Store

    with Store.open(opt.find_store(store or ctx.obj), create=False) as opened:
        kept = opened.view().report(report_id)
    if kept is None:
        raise unknown_report(report_id)
    if original:
        sys.stdout.buffer.write(kept.report.original)
    elif as_json:
        print_json({**report_record(kept), "text": kept.report.text})
    else:
        click.echo(kept.report.text)


@reports.command()
@click.argument("report_id", metavar="REPORT")
@click.option("--reason", required=True, metavar="WORDS", help="Why; it is kept with the report's name.")
@click.option("--by", metavar="NAME", help="Who removes it; the user's name where missing.")
@opt.store_option
@click.pass_context
def remove(ctx: click.Context, *, report_id: str, reason: str, by: str | None, store: Path | None) -> None:
    """Take a report and its claims out of every view; a tombstone with the reason stays.

    \b
    Example:
      whoholds reports remove REPORT --reason "retracted by its outlet" --store out/

    Library twin: whoholds.store.Writer.remove_report
    """
    from whoholds.store import Store

    if not reason.strip():
        raise BadSetting("The reason is empty.", remedy="Say why the report is removed: --reason WORDS.")
    with Store.open(opt.find_store(store or ctx.obj), create=False) as opened:
        if not opened.view().versions(report_id):
            raise unknown_report(report_id)
        rested = len(opened.view().claims(report_id=report_id))
        with opened.writer() as writer:
            writer.remove_report(report_id, reason=reason.strip(), by=by or getpass.getuser(), at=opt.now())
    click.echo(f"Removed {report_id}; {rested} claims rested on it. Run again for estimates without them.", err=True)


@reports.command()
@click.argument("report_id", metavar="[REPORT]", required=False)
@opt.store_option
@opt.json_option
@click.pass_context
def versions(ctx: click.Context, *, report_id: str | None, store: Path | None, as_json: bool) -> None:
    """List reports that were edited; or what the last edit of one changed: claims, and places that rested on them.

    \b
    Examples:
      whoholds reports versions --store out/
      whoholds reports versions REPORT --store out/

    Library twin: whoholds.pipeline.versions.edits
    """
    from whoholds.pipeline.versions import edited_reports, edits
    from whoholds.store import Store

    with Store.open(opt.find_store(store or ctx.obj), create=False) as opened:
        view = opened.view()
        if report_id is None:
            rows = [
                {
                    "known_day": str(v[-1].known_day),
                    "n": len(v),
                    **{k: report_record(v[-1])[k] for k in EDITED_COLUMNS[2:]},
                }
                for v in edited_reports(view)
            ]
            print_rows(rows, EDITED_COLUMNS, as_json=as_json, empty="No report was edited.")
            return
        found = [_edit_record(e) for e in edits(view, report_id)]
    if as_json:
        print_json(found)
        return
    if not found:
        click.echo(f"{report_id} has one version.", err=True)
    for edit in found:
        click.echo(
            f"{edit['old']['known_day']} to {edit['new']['known_day']}: {len(edit['gone'])} claims gone,"
            f" {len(edit['fresh'])} new, {edit['kept']} the same"
        )
        for sign, claims in (("-", edit["gone"]), ("+", edit["fresh"])):
            for claim in claims:
                click.echo(f"  {sign} {claim['side'] or '?'} {claim['kind']} ({claim['stance']}) {claim['places']}")
        for moved in edit["places"]:
            click.echo(f"  {moved['name']}: {moved['before']} to {moved['after']}")


def _edit_record(edit: Any) -> dict[str, Any]:
    """An edit as plain values."""

    def claims(found: Any) -> list[dict[str, Any]]:
        return [
            {
                "id": c.id, "kind": c.kind.value, "side": c.side, "stance": c.stance.value,
                "places": ", ".join(p.span.text for p in c.places), "words": c.trigger.text,
            }
            for c in found
        ]  # fmt: skip

    def told(status: str, p: Any) -> str:
        return f"{status} {p[status]:.0%}"

    return {
        "old": report_record(edit.old), "new": report_record(edit.new), "gone": claims(edit.gone),
        "fresh": claims(edit.fresh), "kept": edit.kept,
        "places": [
            {"id": m.place.id, "name": m.place.name, "before": told(m.before, m.p_before),
             "after": told(m.after, m.p_after)}
            for m in edit.moved
        ],
    }  # fmt: skip


def unknown_report(report_id: str) -> UnknownReport:
    """The error for a report that is not there."""
    return UnknownReport(
        f"There is no report {report_id!r} in the store.", remedy="See `whoholds reports` for the ids."
    )


def report_record(kept: Any) -> dict[str, Any]:
    """A report as plain values, without its text."""
    r = kept.report
    return {
        "id": r.id,
        "version": kept.version,
        "known_day": str(kept.known_day),
        "day": str(r.day) if r.day else None,
        "published": str(r.published) if r.published else None,
        "outlet": r.outlet,
        "author": r.author,
        "lang": r.lang,
        "format": r.format,
        "title": r.title,
        "categories": list(r.categories),
        "url": r.url,
        "sha256": r.sha256,
        "origin": r.origin,
        "n_characters": len(r.text),
    }
