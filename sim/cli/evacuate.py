"""``simulate evacuate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.completing import complete_layouts, complete_plans
from sim.cli.given import GivenPath
from sim.cli.say import say, say_json
from sim.cli.tables import say_text
from sim.text import shown
from sim.words.language import number

if TYPE_CHECKING:
    from sim.evacuation.site.alone import Evacuated
    from sim.evacuation.site.occupants import Occupants

_AT_LEAST_NOBODY = click.IntRange(min=0)
_PICTURES = (".png", ".svg", ".pdf")


@click.command()
@click.argument("layout", nargs=-1, shell_complete=complete_layouts)
@click.option(
    "--area",
    metavar="PLAN",
    shell_complete=complete_plans,
    help="Evacuate an area instead: a packaged plan, or a file of your own (.yaml).",
)
@click.option("--people", type=_AT_LEAST_NOBODY, help="People in all, of all sorts as usual; without it a hundred.")
@click.option("--voters-inside", type=_AT_LEAST_NOBODY, help="Voters who are being served.")
@click.option("--voters-in-line", type=_AT_LEAST_NOBODY, help="Voters who wait.")
@click.option("--crew", type=_AT_LEAST_NOBODY, help="Who runs the station.")
@click.option("--officers", type=_AT_LEAST_NOBODY, help="Police and wardens.")
@click.option("--spectators", type=_AT_LEAST_NOBODY, help="Everybody else.")
@click.option("--blocked", multiple=True, metavar="EXIT", help="An exit that is shut.")
@click.option("--open", "openings", multiple=True, metavar="EXIT=SHARE", help="An exit that is only partly open.")
@click.option("--figure", type=GivenPath(), help="Draw who is safe by when (.png, .svg, .pdf).")
@click.option(
    "--closed", multiple=True, metavar="ROAD", help="With --area: a road that is closed; ROAD@MINUTES: from then on."
)
@click.option("--seed", type=_AT_LEAST_NOBODY, default=0, help="With --area: what random numbers begin from.")
@click.option("--out", type=GivenPath(), help="With --area: a folder for the curve and the map.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else on standard output.")
def command(
    layout: tuple[str, ...], area: str | None, closed: tuple[str, ...], seed: int, out: Path | None, people: int | None,
    blocked: tuple[str, ...], openings: tuple[str, ...], figure: Path | None, as_json: bool, **counts: int | None,
) -> None:  # fmt: skip
    """Tell how soon everybody at a site, or in an area, is safe when it is evacuated.

    LAYOUT is school_room, tent or office, or the file of your own (.yaml): spaces, ways between them, exits, and where
    people stand. With --area a plan is played instead, such as kaba_ring; what would be LAYOUT may then be settings,
    such as weather=heavy_rain. The answer stands beside the least time that any choice of ways could take.
    """
    if area is not None:
        _area(area, layout, closed, seed, out, refused=bool(people or blocked or openings or figure or as_json))
    else:
        _site(layout, people, blocked, openings, figure, as_json, counts, refused=bool(closed or seed or out))


def _area(
    area: str, settings: tuple[str, ...], closed: tuple[str, ...], seed: int, out: Path | None, *, refused: bool
) -> None:  # fmt: skip
    from sim.cli.evacuate_area import evacuate_area_command
    from sim.errors import UserError
    from sim.words import evacuate as words

    if refused:
        raise UserError(words.OF_A_SITE)
    evacuate_area_command(area, settings, seed, closed, out)


def _site(
    layouts: tuple[str, ...], people: int | None, blocked: tuple[str, ...], openings: tuple[str, ...],
    figure: Path | None, as_json: bool, counts: dict[str, int | None], *, refused: bool,
) -> None:  # fmt: skip
    from sim.config.layouts import layout_names
    from sim.errors import UserError
    from sim.evacuation.site.alone import evacuate_layout
    from sim.words import evacuate as words

    if refused:
        raise UserError(words.OF_AN_AREA)
    if len(layouts) != 1:
        raise UserError(words.NO_LAYOUT.format(known=", ".join(layout_names())))
    if figure is not None and figure.suffix not in _PICTURES:
        raise UserError(words.NO_PICTURE.format(file=figure))
    shares = {**{name: 0.0 for name in blocked}, **dict(map(_opening, openings))}
    done = evacuate_layout(layouts[0], _occupants(people, counts), open_share_by_exit=shares)
    if as_json:
        say_json(_answer(done))
    else:
        _print(done, shares)
    if figure is not None:
        _draw(done, figure)
        if not as_json:
            say(words.WRITTEN.format(file=figure))


def _opening(text: str) -> tuple[str, float]:
    """Read EXIT=SHARE."""
    from sim.errors import UserError
    from sim.words import evacuate as words

    name, sign, share = text.partition("=")
    try:
        is_open = float(share)
    except ValueError:
        is_open = -1.0
    if not (name and sign and 0 <= is_open <= 1):
        raise UserError(words.NO_OPENING.format(text=shown(text)))
    return name, is_open


def _occupants(people: int | None, counts: dict[str, int | None]) -> Occupants:
    """Return who is there: the usual hundred, or so many in the same shares; sorts that are counted are as counted."""
    from dataclasses import replace

    from sim.evacuation.site.alone import USUAL, scaled

    given = {name: count for name, count in counts.items() if count is not None}
    return replace(USUAL if people is None else scaled(people), **given)


def _answer(done: Evacuated) -> dict[str, Any]:
    from sim.words import evacuate as words

    def finite(minutes: float) -> float | None:
        return minutes if abs(minutes) < float("inf") else None

    curve = done.curve
    return {
        "layout": done.site.layout.said_title,
        "people": curve.people,
        "occupants": {sort: getattr(done.occupants, sort) for sort in words.SORTS},
        "minutes": {f"{share:g}": finite(curve.time_of(share)) for share in words.SHARES},
        "never": curve.never,
        "bottleneck": curve.bottleneck,
        "waited_person_minutes": dict(sorted(curve.waited.items())),
        "least_minutes": finite(done.least_minutes),
        "ratio": finite(done.ratio),
    }


def _print(done: Evacuated, shares: dict[str, float]) -> None:
    from sim.words import evacuate as words

    curve = done.curve
    say_text(words.TITLE.format(title=done.site.layout.said_title, people=number(curve.people, ",.0f")))
    told = [f"{number(getattr(done.occupants, sort), ',')} {name}" for sort, name in words.SORTS.items()]
    say_text("  " + ", ".join(told))
    states = {name: shares.get(name, 1.0) for name in done.site.exits}
    told = [words.EXIT.format(name=name, state=_state(share)) for name, share in states.items()]
    say_text(words.EXITS.format(exits=", ".join(told)))
    for share, what in words.SHARES.items():
        say_text(words.MINUTES.format(what=what, minutes=_minutes(curve.time_of(share))))
    if curve.never:
        say_text(words.STRANDED.format(people=number(curve.never, ",.0f")))
    else:
        say_text(words.BOUND.format(minutes=_minutes(done.least_minutes)))
        say_text(words.RATIO.format(ratio=number(done.ratio, ".2f")))
    name = curve.bottleneck
    if curve.never:
        return
    if name is None:
        say_text(words.NO_BOTTLENECK)
    else:
        say_text(words.BOTTLENECK.format(name=name, minutes=number(curve.waited[name], ",.1f")))


def _state(share: float) -> str:
    from sim.words import evacuate as words

    return words.STATES.get(share) or words.PART_OPEN.format(percent=100 * share)


def _minutes(minutes: float) -> str:
    from sim.words import evacuate as words

    return words.FINITE.format(minutes=minutes) if minutes < float("inf") else words.NEVER


def _draw(done: Evacuated, file: Path) -> None:
    import matplotlib as mpl

    from sim.errors import UserError
    from sim.words import evacuate as words

    mpl.use("Agg")
    from sim.report.evacuation import write_curve

    try:
        write_curve(file, done.curve, done.least_minutes, done.site.layout.said_title)
    except OSError as error:
        raise UserError(words.NOT_WRITTEN.format(file=file, why=error.strerror)) from None
