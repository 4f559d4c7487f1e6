"""`whoholds publish`: the explorer as files that need no server."""

from __future__ import annotations

from pathlib import Path

import click

from whoholds.cli import options as opt
from whoholds.cli.collecting import uncollected
from whoholds.cli.serve import tiles_of, tiles_options


@click.command()
@click.argument("out", type=opt.FILE, metavar="OUT/")
@opt.store_option
@tiles_options
@click.option("--link", default="", metavar="URL", help="Where the site will be read; permanent links in its feed.")
def publish(*, out: Path, store: Path | None, tiles: str | None, tiles_attribution: str, link: str) -> None:
    """Write the explorer to the folder OUT/: it opens from disk, or from any web host, without a server.

    \b
    Examples:
      whoholds publish site/ --store out/
      whoholds publish site/ --store out/ --link https://example.org/war/

    Library twin: whoholds.serve.publish.publish
    """
    from whoholds.cli.exploring import EACH, Explorers
    from whoholds.pipeline.outputs import make_folder
    from whoholds.serve.publish import publish as twin
    from whoholds.store import Store

    make_folder(out)
    with uncollected(), Store.open(opt.find_store(store), create=False) as opened:
        explorers = Explorers(opened, cache=opt.cache(), tiles=tiles_of(tiles, tiles_attribution))
        whole, each = explorers(), explorers(EACH)
        fronts, digest = explorers.fronts(None, None), explorers.digest(whole.days[0])
        files = twin(whole, out, nowcast=None if each.empty else each, fronts=fronts, digest=digest, link=link)
    size = sum(file.stat().st_size for file in files)
    click.echo(f"{len(files)} files, {size / 1e6:.1f} MB: open {out / 'index.html'}", err=True)
