"""Layouts of sites: spaces, ways between them, exits, and where people stand when the order comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from sim.config.fields import Description, NonNegative, PlainName, Positive, Settings, Share, Title, Titled
from sim.config.packaged import CONF
from sim.config.refusal import Refusals, SettingError
from sim.config.source import read_yaml
from sim.errors import UserError, nearest, shortened
from sim.words.language import gettext as _

LAYOUTS = "layouts"
"""The folder of the packaged layouts."""
MOST_SPACES = 200
"""Spaces, ways or exits of one layout; a larger building is several sites."""


class Sort(StrEnum):
    """Who is at a site."""

    VOTERS_INSIDE = "voters_inside"
    VOTERS_IN_LINE = "voters_in_line"
    CREW = "crew"
    OFFICERS = "officers"
    SPECTATORS = "spectators"


class SpaceKind(StrEnum):
    """What a space is."""

    ROOM = "room"
    CORRIDOR = "corridor"
    STAIRS = "stairs"
    YARD = "yard"


class WayKind(StrEnum):
    """What people walk through; the kind gives the boundary layer."""

    DOOR = "door"
    GATE = "gate"
    OPENING = "opening"
    CORRIDOR = "corridor"
    STAIRS = "stairs"

    @property
    def boundary_layer_m(self) -> float:
        """Width on each side that nobody uses, m (SFPE Handbook: doors and stairs 0.15, corridors 0.20)."""
        return 0.20 if self is WayKind.CORRIDOR else 0.15

    @property
    def is_long(self) -> bool:
        """Whether people walk along it in its width; else its length is the way through the space before it."""
        return self in (WayKind.CORRIDOR, WayKind.STAIRS)


class StairClass(StrEnum):
    """Riser and tread, inches, as the SFPE Handbook lists them."""

    STEEP = "7.5x10"
    USUAL = "7x11"
    EASY = "6.5x12"
    EASIEST = "6.5x13"


class Space(Settings):
    """Where people are before they walk on."""

    kind: SpaceKind
    """What it is."""
    area_m2: Positive
    """Floor or ground that people can stand on, m²."""
    people: Annotated[dict[Sort, Share], Field(max_length=len(Sort))] = Field(default_factory=dict)
    """Share of each sort that is here when the order comes; over all spaces they add up to 1."""
    only_exits: Annotated[tuple[PlainName, ...], Field(max_length=MOST_SPACES)] = ()
    """Exits that whoever starts here has been told to use; empty: any."""


class Passage(Settings):
    """What ways and exits have in common."""

    kind: WayKind
    """What people walk through; it gives the strip at each side that nobody uses."""
    width_m: NonNegative
    """Clear width."""
    length_m: NonNegative
    """To walk: of a corridor or stairs its own length, along the slope; of a door, gate or opening the way to it
    through the space before it, on average."""
    stair_class: StairClass | None = None
    """Riser and tread of stairs, inches; null for all that is no stairs."""

    @property
    def effective_width_m(self) -> float:
        """Clear width less a boundary layer on each side, m."""
        return self.width_m - 2.0 * self.kind.boundary_layer_m

    @model_validator(mode="after")
    def _passable(self) -> Self:
        found = Refusals()
        with found.noted():
            if self.effective_width_m <= 1e-9:
                layer = self.kind.boundary_layer_m
                raise SettingError(
                    "width_m",
                    _("nobody gets through: more than twice the boundary layer of {layer:g} m is needed").format(
                        layer=layer
                    ),
                )
        with found.noted():
            if (self.kind is WayKind.STAIRS) != (self.stair_class is not None):
                lacks = self.stair_class is None
                message = _("stairs need one of {classes}") if lacks else _("only stairs have a class: {classes}")
                raise SettingError("stair_class", message.format(classes=", ".join(StairClass)), also=["kind"])
        found.refuse()
        return self


class Way(Passage):
    """A way between two spaces, walked in both directions."""

    between: Annotated[tuple[PlainName, PlainName], Field(min_length=2, max_length=2)]
    """The two spaces that it joins."""


def _as_share(value: Any) -> Any:
    return float(value) if isinstance(value, bool) else value


class Exit(Passage):
    """A way out."""

    from_space: PlainName
    """The space that it leads out of."""
    to_assembly_m: NonNegative
    """Way from the exit to the assembly point, m."""
    faces_crowd: Annotated[Share, BeforeValidator(_as_share)] = 0.0
    """Share of its width that a crowd outside can hinder; true means all of it, false nothing."""

    @model_validator(mode="after")
    def _short(self) -> Self:
        if self.kind.is_long:
            raise SettingError("kind", _("an exit is a door, a gate or an opening; what leads to it is a way"))
        return self


class Layout(Titled):
    """A site."""

    title: Title
    """How it is called in reports."""
    description: Description = ""
    """What it is like, in a sentence or two."""
    spaces: Annotated[dict[PlainName, Space], Field(min_length=1, max_length=MOST_SPACES)]
    """Where people are, by name."""
    ways: Annotated[dict[PlainName, Way], Field(max_length=MOST_SPACES)] = Field(default_factory=dict)
    """What joins two spaces, by name."""
    exits: Annotated[dict[PlainName, Exit], Field(max_length=MOST_SPACES)]
    """What leads out, by name."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        found = Refusals()
        for path, name, known in self._names():
            with found.noted():
                if name not in known:
                    raise SettingError(path, _("unknown; {hint}").format(hint=nearest(name, known)))
        for check in (self._check_ways, self._check_exits, self._check_people):
            with found.noted():
                check()
        found.refuse()
        self._check_ways_out()
        return self

    def _names(self) -> Iterator[tuple[tuple[str | int, ...], str, Mapping[str, Any]]]:
        """Give each name that stands for a space or an exit, where it stands, and what there is."""
        for key, way in self.ways.items():
            for i, name in enumerate(way.between):
                yield ("ways", key, "between", i), name, self.spaces
        for key, leaving in self.exits.items():
            yield ("exits", key, "from_space"), leaving.from_space, self.spaces
        for key, space in self.spaces.items():
            for i, name in enumerate(space.only_exits):
                yield ("spaces", key, "only_exits", i), name, self.exits

    def _check_ways(self) -> None:
        for key, way in self.ways.items():
            if way.between[0] == way.between[1]:
                raise SettingError(("ways", key, "between"), _("a way leads from one space to another, not to itself"))
        if twice := sorted(self.ways.keys() & self.exits.keys()):
            raise SettingError(("exits", twice[0]), _("a way has this name; an exit needs another"))

    def _check_exits(self) -> None:
        if not self.exits:
            raise SettingError("exits", _("nobody gets out: at least one exit is needed"))

    def _check_people(self) -> None:
        for sort in Sort:
            total = sum(space.people.get(sort, 0.0) for space in self.spaces.values())
            if total and abs(total - 1.0) > 1e-6:
                raise SettingError(
                    "spaces",
                    _("the shares of {sort} in all spaces add up to {total:g}, and 1 is needed").format(
                        sort=sort, total=total
                    ),
                )
        if not any(space.people for space in self.spaces.values()):
            raise SettingError("spaces", _("nobody starts anywhere: 'people' of a space says who does"))

    def _check_ways_out(self) -> None:
        """Refuse a space whose people cannot reach the assembly point."""
        found = Refusals()
        for name, space in self.spaces.items():
            wanted = space.only_exits or tuple(self.exits)
            if any(space.people.values()) and not (self._reached(name) & {self.exits[e].from_space for e in wanted}):
                with found.noted():
                    raise SettingError(
                        ("spaces", name),
                        _("no way leads from here to {exits}, so nobody from here is safe").format(
                            exits=_(" or ").join(wanted)
                        ),
                    )
        found.refuse()

    def _reached(self, start: str) -> set[str]:
        seen, border = {start}, [start]
        while border:
            here = border.pop()
            for way in self.ways.values():
                if here in way.between:
                    new = set(way.between) - seen
                    seen |= new
                    border += new
        return seen


def layout_names() -> list[str]:
    """Return the names of the packaged layouts."""
    return sorted(file.stem for file in (CONF / LAYOUTS).glob("*.yaml"))


def load_layout(name: str | Path) -> Layout:
    """Read a packaged layout by its name, or one's own by its file.

    Args:
        name: ``school_room``, ``tent``, ``office``, or a path that ends in ``.yaml``.

    Raises:
        UserError: For an unknown name, a file that cannot be read, or everything that is wrong in it, a line each.
    """
    text = str(name)
    if text in layout_names():
        return _packaged(text)
    if not text.endswith(".yaml"):
        raise UserError(
            _("unknown layout '{name}'; {hint}, or a file that ends in .yaml").format(
                name=shortened(text), hint=nearest(text, layout_names())
            )
        )
    return _read(Path(name))


@lru_cache
def _packaged(name: str) -> Layout:
    return _read(CONF / LAYOUTS / f"{name}.yaml")


def _read(file: Path) -> Layout:
    settings = read_yaml(file)
    try:
        return Layout.model_validate(settings)
    except ValidationError as error:
        from sim.config.explain import explain_validation  # read only where something is wrong

        raise explain_validation(error, settings, [], file, {}) from error
