"""Paths on the command line: what no file system has a name for is a mistake of whoever typed it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

_LONGEST_NAME = 255


class GivenPath(click.Path):
    """A file or folder; whether it is there is for the subcommand to say."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; refused are an empty one and a name that is too long."""
        text = os.fspath(value)
        if not text:
            self.fail("it is empty; '.' is the folder one is in", param, ctx)
        if (
            "\0" in text
            or len(os.fsencode(text)) > 4_095
            or max(map(len, os.fsencode(text).split(b"/"))) > _LONGEST_NAME
        ):
            self.fail(f"no file can be called that; a name has {_LONGEST_NAME} bytes at most", param, ctx)
        return super().convert(value, param, ctx)
