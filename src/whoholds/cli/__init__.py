"""The command line: one thin file a command, each calling its library twin."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from whoholds import __version__
from whoholds.cli.commands import COMMANDS
from whoholds.cli.group import LazyGroup
from whoholds.errors import WhoholdsError

TRACEBACK_VARIABLE = "WHOHOLDS_TRACEBACK"
INTERRUPTED = 130


@click.group(cls=LazyGroup, commands_by_name=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="whoholds")
def cli() -> None:
    """From reports of a war to who holds which settlement on which day, how sure, and on whose word.

    \b
    Example:
      whoholds run examples/kharkiv-2022 --theatre ukraine-2022 -o out/

    Exit codes: 0 all went well, 1 some reports were set aside, 2 the call was wrong, 3 nothing was usable.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; answers the exit code. No error leaves as a traceback."""
    try:
        code = cli.main(
            args=list(arguments) if arguments is not None else None, prog_name="whoholds", standalone_mode=False
        )
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted: what was kept so far stays; run the same command again to go on.", err=True)
        return INTERRUPTED
    except WhoholdsError as error:
        click.echo(f"{error.problem}\n{error.remedy}", err=True)
        return error.exit_code
    except SystemExit:
        # Not standalone, click leaves only when the reader of the pipe (head, less) has had enough, and then with 1,
        # which here means "some set aside".
        return 0
    except Exception as error:
        if os.environ.get(TRACEBACK_VARIABLE):
            raise
        click.echo(
            f"whoholds itself failed: {type(error).__name__}: {error}\n"
            f"Please report it with what {TRACEBACK_VARIABLE}=1 prints; nothing kept so far is lost.",
            err=True,
        )
        return 2
    return code if isinstance(code, int) else 0


__all__ = ["cli", "main"]
