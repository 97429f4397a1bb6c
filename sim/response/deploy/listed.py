"""Strategies by list: the tables of posts, patrols, reserves and standing guards that a planner has written.

A row is a post, a patrol, a team in reserve or an office, so that the officers of a column add up to what is spent.
Where a cell holds several places or teams, semicolons stand between them. Every name that the gazetteer knows is a name
here too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

from sim.config.fields import MOST
from sim.config.plan_tables import KNOWN, NEEDED, TEAM, PlanTable
from sim.config.strategy import MOST_STOPS
from sim.errors import MOST_SHOWN, Mistakes, SeveralMistakes, UserError, nearest, quoted, shortened
from sim.region.gazetteer import Gazetteer, fold
from sim.region.place import Place
from sim.region.region import Base
from sim.response.deploy.guards import PostPlan
from sim.response.deploy.workbook import sheet_text
from sim.table import MOST_IN_ROW, Row, Table
from sim.text import NAME, TABLE_NAME, Rule
from sim.vocabulary import PlaceKind
from sim.words import own as words
from sim.words.language import gettext as _
from sim.words.language import marked
from sim.workbook import WORKBOOK

BETWEEN = ";"
"""What stands between the places or teams of one cell."""
MOST_PATROLS = 1_000
"""Patrols of a table (assumption): each is planned and a process of every day, as for a list in the settings."""
MOST_RESERVES = 1_000
"""Reserve teams of a table (assumption), as for patrols."""
_CELL = Rule(MOST_IN_ROW, marked("as long as a row may be"), in_tables=True)
_ON_A_ROUTE = (PlaceKind.STATION, PlaceKind.AREA, PlaceKind.BASE)


_Made = TypeVar("_Made")


class ListedPatrol(NamedTuple):
    """A patrol as its row has it: its name, where it goes, its officers and their vehicle."""

    name: str
    route: tuple[Place, ...]
    officers: int
    vehicle: str


class ListedReserve(NamedTuple):
    """A team in reserve as its row has it: its name, the base where it waits, its officers and their vehicle."""

    name: str
    base: Base
    officers: int
    vehicle: str


class Lists:
    """Reads the tables of one strategy.

    Attributes:
        texts: What was read, table by table, as it was written: a run keeps it.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.texts: dict[PlanTable, str] = {}
        self._gazetteer = gazetteer
        self._teams: dict[str, tuple[Row, str]] = {}

    def posts(self, file: str) -> list[PostPlan]:
        """Read a table of guard posts.

        A village or district in the column ``stations`` stands for all its stations, in the order of the region's
        table. A post without officers has its wardens only.

        Raises:
            UserError: For a table that cannot be read or lacks a column; with row and column for a post, station or
                team that stands twice, an unknown station (with the nearest name), and numbers that are none. What a
                row repeats of a row with the same name is one mistake: the name.
        """
        named: dict[str, Row] = {}
        posted: dict[int, Row] = {}

        def made(row: Row) -> PostPlan:
            found = Mistakes()
            post, officers, wardens = "", 0, 0
            stations: tuple[int, ...] = ()
            with found.noted():
                post = _own_name(row, "post", named)
            same = _of_same_name(row, "post", named)
            with found.noted():
                self._claim_teams(row, _("post {name} ({file}, row {row})"), "post", same)
            with found.noted():
                stations = self._stations(row, posted, same)
            with found.noted():
                officers = row.whole("officers", 0, MOST)
            with found.noted():
                wardens = row.whole("wardens", 0, MOST)
            found.refuse()
            return PostPlan(post, stations, officers, wardens, is_named=True)

        return _each(self._rows(file, PlanTable.POSTS), made)

    def patrols(self, file: str, vehicles: Collection[str]) -> list[ListedPatrol]:
        """Read a table of patrols.

        Args:
            file: The table.
            vehicles: Names of the vehicles that there are.

        Raises:
            UserError: As :meth:`posts`; for a route that goes nowhere, and an unknown vehicle.
        """
        named: dict[str, Row] = {}

        def made(row: Row) -> ListedPatrol:
            found = Mistakes()
            name, vehicle, officers = "", "", 0
            route: tuple[Place, ...] = ()
            with found.noted():
                name = _own_name(row, "patrol", named)
            with found.noted():
                same = _of_same_name(row, "patrol", named)
                self._claim_teams(row, _("patrol {name} ({file}, row {row})"), "patrol", same)
            with found.noted():
                route = route_of(_parts(row, "route"), row.place("route"), self._gazetteer)
            with found.noted():
                officers = row.whole("officers", 1, MOST)
            with found.noted():
                vehicle = row.choice("vehicle", vehicles)
            found.refuse()
            return ListedPatrol(name, route, officers, vehicle)

        return _each(self._rows(file, PlanTable.PATROLS, MOST_PATROLS), made)

    def reserves(self, file: str, vehicles: Collection[str]) -> list[ListedReserve]:
        """Read a table of reserve teams.

        Args:
            file: The table.
            vehicles: Names of the vehicles that there are.

        Raises:
            UserError: As :meth:`posts`; for an unknown base (with the nearest), and an unknown vehicle.
        """
        named: dict[str, Row] = {}

        def made(row: Row) -> ListedReserve:
            found = Mistakes()
            name, base, officers, vehicle = "", 0, 0, ""
            with found.noted():
                name = _own_name(row, "reserve", named)
            with found.noted():
                same = _of_same_name(row, "reserve", named)
                self._claim_teams(row, _("reserve {name} ({file}, row {row})"), "reserve", same)
            with found.noted():
                base = self._gazetteer.base(_checked(row, "base", row.text("base"), NAME), row.place("base")).base
            with found.noted():
                officers = row.whole("officers", 1, MOST)
            with found.noted():
                vehicle = row.choice("vehicle", vehicles)
            found.refuse()
            return ListedReserve(name, self._gazetteer.region.bases[base], officers, vehicle)

        return _each(self._rows(file, PlanTable.RESERVES, MOST_RESERVES), made)

    def offices(self, file: str) -> list[Row]:
        """Read a table of offices with a standing guard: rows with a ``place`` and ``officers``.

        Raises:
            UserError: For a table that cannot be read or lacks a column.
        """
        return self._rows(file, PlanTable.STANDING_GUARDS)

    def _rows(self, file: str, what: PlanTable, most: int | None = None) -> list[Row]:
        try:
            table = _table(Path(file), what)
        except FileNotFoundError:
            raise UserError(
                _("{file}: there is no such file; a strategy names it as its table of {what}").format(
                    file=file, what=what
                )
            ) from None
        except OSError as error:
            raise UserError(_("{file}: cannot be read ({why})").format(file=file, why=error.strerror)) from error
        table.refuse_missing(NEEDED[what], KNOWN[what])
        for name in table.columns:
            if name not in KNOWN[what]:
                raise UserError(
                    _("{file}: unknown column {name}; {hint}").format(
                        file=file, name=quoted(name), hint=nearest(name, KNOWN[what])
                    )
                )
        rows = list(table.rows())
        if not rows:
            raise UserError(_("{file}: has no rows").format(file=file))
        if most is not None and len(rows) > most:
            raise UserError(
                _("{file}: has {count:,} {what}; at most {most:,} are planned").format(
                    file=file, count=len(rows), what=words.ROWS[what], most=most
                )
            )
        self.texts[what] = table.text
        return rows

    def _stations(self, row: Row, posted: dict[int, Row], same: Row) -> tuple[int, ...]:
        """Return the stations of a post, none of which is in another.

        Args:
            row: The row.
            posted: The row of each station so far.
            same: The first row of this name; stations that stand there too say no more than that it is there twice.
        """
        found = []
        for text in _parts(row, "stations"):
            for station in self._gazetteer.stations(text, row.place("stations")):
                if station in posted and (posted[station] is row or posted[station] is not same):
                    raise row.error("stations", self._twice(text, station, row, posted[station]))
                posted.setdefault(station, row)
                found.append(station)
        return tuple(found)

    def _twice(self, text: str, station: int, row: Row, before: Row) -> str:
        name = self._gazetteer.name_of(self._gazetteer.station_place(station))
        which = quoted(text) if fold(text) == fold(name) else f"{quoted(text)}: {name}"
        if before is row:
            return _("{which} is listed twice; a station has one post").format(which=which)
        return _("{which} is listed in post {post} (row {row}) already; a station has one post").format(
            which=which, post=quoted(before.text("post")), row=before.line
        )

    def _claim_teams(self, row: Row, where: str, column: str, same: Row) -> None:
        """Note the teams of a row; each is at one place.

        Args:
            row: The row.
            where: Says of a row where it stands: a text with the fields ``name``, ``file`` and ``row``.
            column: Its column of names.
            same: The first row of this name; teams that stand there too say no more than that it is there twice.
        """
        at = where.format(name=quoted(row.cell(column).strip()), file=row.file.name, row=row.line)
        for team in _parts(row, TEAM) if row.cell(TEAM).strip() else ():
            if fold(team) in self._teams:
                first, before = self._teams[fold(team)]
                if first is row or first is not same:
                    raise row.error(
                        TEAM,
                        _("team {team} is at {before} already; a team is at one place").format(
                            team=quoted(team), before=before
                        ),
                    )
            self._teams.setdefault(fold(team), (row, at))


def _each(rows: Iterable[Row], make: Callable[[Row], _Made]) -> list[_Made]:
    """Return what is made of each row; the mistakes of all of them are said at once, as far as they are shown.

    Raises:
        SeveralMistakes: When there was any; after so many as are shown no further row is looked at.
    """
    made, lines = [], list[str]()
    for row in rows:
        try:
            made.append(make(row))
        except SeveralMistakes as error:
            lines += error.lines
        if len(lines) >= MOST_SHOWN:
            break
    if lines:
        raise SeveralMistakes(lines)
    return made


def _table(file: Path, what: PlanTable) -> Table:
    """Open a table: a file of its own, or the sheet of a workbook that is called like it."""
    if file.suffix != WORKBOOK:
        return Table(file, _CELL)
    sheet = _("{file}, sheet '{what}'").format(file=file, what=what)
    return Table(Path(sheet), _CELL, text=sheet_text(file, what))


def route_of(names: Collection[str], setting: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Return the places of a route in its order.

    Args:
        names: Stations, areas (a district is its seat) or bases, by any name.
        setting: What the user set, for the message.
        gazetteer: The names of the place.

    Raises:
        UserError: For an unknown place (with the nearest name), for fewer than two different places, or too many.
    """
    if len(names) > MOST_STOPS:
        raise UserError(
            _("{setting}: a route of {count:,} places; at most {most} are planned").format(
                setting=setting, count=len(names), most=MOST_STOPS
            )
        )
    route = tuple(gazetteer.find(name, setting, _ON_A_ROUTE) for name in names)
    if len(set(route)) < 2:
        shown = shortened(f"{BETWEEN} ".join(names))
        raise UserError(
            _(
                "{setting}: '{shown}': a route needs two different places or more; who stays at one is "
                "a reserve at a base"
            ).format(setting=setting, shown=shown)
        )
    return route


def _of_same_name(row: Row, column: str, named: dict[str, Row]) -> Row:
    """Return the first row of the name of a row: the row itself, unless the name stood there before."""
    return named.get(fold(row.cell(column).strip()), row)


def _own_name(row: Row, column: str, named: dict[str, Row]) -> str:
    """Return the name of a row, which no other row has; case and spaces make no difference."""
    name = _checked(row, column, row.text(column), TABLE_NAME)
    if fold(name) in named:
        raise row.error(
            column,
            _("{name} stands already in row {row}; a {column} has one row").format(
                name=quoted(name), row=named[fold(name)].line, column=column
            ),
        )
    named[fold(name)] = row
    return name


def _parts(row: Row, column: str) -> list[str]:
    """Return what stands in a cell between semicolons; an empty piece, as a last semicolon makes it, does not count."""
    pieces = [piece.strip() for piece in row.text(column).split(BETWEEN)]
    parts = [_checked(row, column, piece, NAME) for piece in pieces if piece]
    if not parts:
        raise row.error(column, _("is empty"))
    return parts


def _checked(row: Row, column: str, text: str, rule: Rule) -> str:
    fault = rule.fault(text)
    if fault:
        raise row.error(column, f"{quoted(text)} {fault}")
    return text
