"""The QR code by which a phone finds the room: on a page as the path of an SVG, on a terminal as half blocks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4
"""Light modules around a code, which readers need (ISO/IEC 18004)."""


@dataclass(frozen=True)
class Code:
    """A QR code.

    Attributes:
        rows: Its modules, row by row, its quiet zone included; true where it is dark.
    """

    rows: tuple[tuple[bool, ...], ...]

    @classmethod
    def of(cls, text: str) -> Code:
        """Return the code of a text, with the error correction that restores 15 % of it (level M)."""
        made = segno.make_qr(text, error="m")
        return cls(tuple(tuple(map(bool, row)) for row in made.matrix_iter(border=QUIET)))

    @property
    def size(self) -> int:
        """Modules from edge to edge."""
        return len(self.rows)

    def path(self) -> str:
        """Return the dark modules as the ``d`` of an SVG path, in units of a module."""
        drawn = []
        for y, row in enumerate(self.rows):
            x = 0
            for dark, run in groupby(row):
                width = len(list(run))
                if dark:
                    drawn.append(f"M{x} {y}h{width}v1h-{width}z")
                x += width
        return "".join(drawn)

    def terminal(self) -> str:
        """Return it for a terminal, two rows a line, light modules drawn: most terminals are dark."""
        rows = [*self.rows, (True,) * self.size] if self.size % 2 else list(self.rows)
        signs = {(True, True): " ", (True, False): "▄", (False, True): "▀", (False, False): "█"}
        pairs = zip(rows[::2], rows[1::2], strict=True)
        return "\n".join("".join(signs[pair] for pair in zip(above, below, strict=True)) for above, below in pairs)
