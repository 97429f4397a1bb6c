"""Paths on the command line: what no file system has a name for is a mistake of whoever typed it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from sim.files import LONGEST_NAME, is_path
from sim.words.language import gettext as _


class GivenPath(click.Path):
    """A file or folder; whether it is there is for the subcommand to say."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; refused are an empty one and a name that is too long."""
        text = os.fspath(value)
        if not text:
            self.fail(_("it is empty; '.' is the folder one is in"), param, ctx)
        if not is_path(text):
            self.fail(
                _("no file can be called that; a name has {most} bytes at most").format(most=LONGEST_NAME), param, ctx
            )
        return super().convert(value, param, ctx)
