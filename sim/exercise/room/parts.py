"""What a page of the room is made of, and for whom: the registry that the console and the table fill.

A **page** is fetched once. Its **parts** are fetched again whenever they may have changed: the server tells the names
of those parts over the stream of events, never their contents. Each role has pages, parts and actions of its own
below its home (``/console``, ``/play``, ``/evaluate``, ``/screen``); a browser sends the cookie of a home only there,
so one laptop can have the console in one window and the projector's page in another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sim.exercise.inject import Party
from sim.exercise.room.lobby import Lobby
from sim.exercise.session.actions import RoomRole
from sim.exercise.session.room import Room

HOMES: Mapping[RoomRole, str] = MappingProxyType(
    {
        RoomRole.FACILITATOR: "/console",
        RoomRole.PLAYER: "/play",
        RoomRole.EVALUATOR: "/evaluate",
        RoomRole.PROJECTOR: "/screen",
    }
)
"""Below which path each role's pages, parts and actions are."""


@dataclass(frozen=True)
class Device:
    """Who asks for a page.

    Attributes:
        name: Its name in the log; empty for one that has not joined.
        role: What it is for; None: it has not joined.
        party: For whom its player sits at the table.
        label: What it calls itself.
    """

    name: str = ""
    role: RoomRole | None = None
    party: Party | None = None
    label: str = ""


NOBODY = Device()
"""One that has not joined."""


@dataclass(frozen=True)
class Visit:
    """A request for a page or a part.

    Attributes:
        device: Who asks.
        lobby: What the server knows, and the room does not: who is connected, the address to join, questions at work.
        asked: What stands behind the ``?`` of the address; a stranger's text.
        said: What is to be said on the page, such as why joining failed; empty: nothing.
    """

    device: Device = NOBODY
    lobby: Lobby = field(default_factory=Lobby)
    asked: Mapping[str, str] = field(default_factory=dict)
    said: str = ""

    @property
    def home(self) -> str:
        """Below which path its pages, parts and actions are; empty for one that has not joined."""
        return HOMES[self.device.role] if self.device.role is not None else ""


View = Callable[[Room, Visit], Mapping[str, Any]]
"""What a template speaks of: a pure function of the room and of who asks."""


@dataclass(frozen=True)
class Part:
    """A part of a page, at ``HOME/part/NAME`` of each role that may have it.

    Attributes:
        name: Its name, and that of the event by which its page is told to fetch it again (``sse:NAME``).
        roles: Who may have it; everybody else is refused.
        template: Its template, ``console/…`` or ``table/…`` or ``room/…``; empty: the view is answered as JSON.
        view: What the template speaks of.
        by: After which actions it may have changed; None: after any, and after whatever is not an action.
        due: Whether it may change when an inject becomes due.
        live: Whether it is fetched again, every second or two, while the scenario clock runs.
        shared: Whether all devices of a role and party get the same: then it is made once a second for all of them.
    """

    name: str
    roles: frozenset[RoomRole]
    template: str
    view: View
    by: tuple[type, ...] | None = None
    due: bool = False
    live: bool = False
    shared: bool = False


@dataclass(frozen=True)
class Page:
    """A role's page, at its home; or the one by which devices join, at ``/``.

    Attributes:
        role: Whose page; None: the one by which devices join.
        template: Its template.
        view: What the template speaks of.
    """

    role: RoomRole | None
    template: str
    view: View
