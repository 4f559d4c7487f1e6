"""A group of commands whose modules are imported only when needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """Commands given as "module:name", in the order they are listed in the help."""

    def __init__(self, *args: Any, commands_by_name: dict[str, str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._where = commands_by_name or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order given."""
        del ctx
        return [*self._where, *sorted(self.commands)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in self._where:
            return super().get_command(ctx, cmd_name)
        module, _, name = self._where[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self._where[cmd_name]} is no command")
        return command
