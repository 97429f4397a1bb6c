"""What the server knows and the room does not: who is connected, where to join, which questions are at work."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Progress:
    """How far a question has come.

    Attributes:
        done: Futures that have been played.
        of: Futures that are played in all.
    """

    done: int
    of: int


@dataclass
class Lobby:
    """What stands outside of the log, and is gone when the server ends.

    Attributes:
        address: Where devices join, such as ``http://192.0.2.7:8765/``.
        code: The QR code of the address, the ``d`` of an SVG path in units of a module, dark modules alone.
        size: Modules of the code from edge to edge, its quiet zone included.
        open: Whether other machines of the network may join.
        streams: How many streams of events each device has open now.
        progress: Of each question at work, by number of the entry that asked.
    """

    address: str = ""
    code: str = ""
    size: int = 0
    open: bool = False
    streams: Counter[str] = field(default_factory=Counter)
    progress: dict[int, Progress] = field(default_factory=dict)

    def is_here(self, device: str) -> bool:
        """Say whether a device is connected now."""
        return self.streams[device] > 0
