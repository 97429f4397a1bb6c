"""Writing an exercise pack: the events list for the control team, a handout for players, one for facilitators."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from sim.config.fields import clock_in_words
from sim.day.world import World, prepare
from sim.errors import UserError
from sim.exercise.expected import Expected, milestones, votes_lost
from sim.exercise.inject import COLUMNS, HIDDEN, Inject
from sim.exercise.timeline import place_in_words, timeline
from sim.experiment.inputs import DEPLOYMENTS, REGION
from sim.experiment.partial import partial_sentences
from sim.experiment.store import Run
from sim.experiment.unedited import write_unless_edited
from sim.pages import page
from sim.sheet_cell import as_written, fill
from sim.words import exercise as text
from sim.words import names
from sim.words.language import Language, number, spoken
from sim.words.language import gettext as _

_WIDE = {
    "text": 50,
    "note": 60,
    "expected_action": 40,
    "decision": 30,
    "title": 28,
    "objective": 34,
    "learning_point": 34,
}


@dataclass(frozen=True)
class PlayerView:
    """All that a participant's document is made from: no hidden field, no incident, no title of the scenario."""

    title: str
    place: str
    date: str
    districts: str
    stations: str
    registered: str
    police: str
    wardens: str
    opening: str
    closing: str
    weather: str
    purpose: str
    roles: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]


def player_view(world: World) -> PlayerView:
    """Return what players may know before the exercise begins."""
    scenario, region = world.scenario, world.region
    return PlayerView(
        title=text.PLAYER_TITLE.format(region=region.title),
        place=region.title,
        date=text.DATE,
        districts=number(len(region.districts), ","),
        stations=number(len(region.stations), ","),
        registered=number(int(region.stations.registered.sum()), ","),
        police=number(scenario.region.forces.police, ","),
        wardens=number(scenario.region.forces.wardens, ","),
        opening=clock_in_words(scenario.voting.open),
        closing=clock_in_words(scenario.voting.close),
        weather=names.called(names.WEATHER, scenario.weather.name),
        purpose=text.PURPOSE,
        roles=text.ROLES,
        rules=text.RULES,
    )


def write_pack(run: Run, folder: Path) -> list[Path]:
    """Write the pack of a finished run and return its files.

    The files are ``msel.xlsx`` and ``facilitator.html`` for the control team, and ``participant.html`` for players, in
    a folder of its own for each side.

    Raises:
        UserError: When the run has no finished day, what it is played on is not what was written, a file of the pack
            was edited since it was made (then nothing is written), or the folder cannot be written.
    """
    if not run.finished:
        raise UserError(
            _("'{run}': the run has no finished day; an exercise needs expected times").format(run=run.path)
        )
    run.check_inputs(REGION, DEPLOYMENTS)
    world = prepare(run.own_scenario)
    incidents = run.table("incidents")
    injects = timeline(world, incidents, run.replications)
    files = {
        "control/msel.xlsx": spreadsheet(injects),
        "control/facilitator.html": _facilitator(run, world, injects),
        "players/participant.html": _participant(player_view(world)),
    }
    try:
        return write_unless_edited(folder, files)
    except OSError as error:
        raise UserError(
            _("'{folder}': the pack cannot be written ({why})").format(folder=folder, why=error.strerror or error)
        ) from error


def _participant(view: PlayerView) -> bytes:
    return page("sim.exercise", "participant.html", words=text, view=view).encode()


def _facilitator(run: Run, world: World, injects: list[Inject]) -> bytes:
    scenario, incidents = run.scenario, run.table("incidents")
    stations = run.table("stations")
    ranges: list[tuple[str, list[tuple[str, dict[str, Expected]]]]] = []
    for scripted in world.disturbances.scripted:
        name = f"{scenario.kinds[scripted.start.kind_name].said_title}, {place_in_words(scripted, world)}"
        by_strategy = [
            (s.said_title, milestones(incidents, scripted.start.identity, s.name, run.replications))
            for s in scenario.strategies
        ]
        ranges.append((name, by_strategy))
    lost = [(s.said_title, votes_lost(stations, s.name)) for s in scenario.strategies]
    return page(
        "sim.exercise", "facilitator.html",
        words=text, scenario=scenario, view=player_view(world), injects=injects, ranges=ranges, lost=lost,
        days=run.replications, partial=partial_sentences(run.replications, run.scenario.run.replications),
        command=run.manifest["command"],
    ).encode()  # fmt: skip


def spreadsheet(injects: list[Inject]) -> bytes:
    """Return the events list as a spreadsheet, one row an inject, in the order of its columns."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = text.SHEET
    sheet.append([text.COLUMNS[name] for name in COLUMNS])
    for row, inject in enumerate(injects, start=2):
        for column, name in enumerate(COLUMNS, start=1):
            fill(sheet.cell(row, column), getattr(inject, name))
    dark, pale = PatternFill("solid", fgColor="1F3864"), PatternFill("solid", fgColor="7F6000")
    for i, name in enumerate(COLUMNS, start=1):
        head = sheet.cell(1, i)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), pale if name in HIDDEN else dark
        sheet.column_dimensions[get_column_letter(i)].width = _WIDE.get(name, 14)
    for cells in sheet.iter_rows(min_row=1):
        for one in cells:
            one.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read_spreadsheet(content: bytes) -> list[Inject]:
    """Read back an events list that :func:`spreadsheet` wrote, its headings being in any language that is spoken.

    Raises:
        UserError: When a column is missing.
    """
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    known = _columns_by_heading()
    header = [known.get(str(heading), str(heading)) for heading in rows[0]]
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise UserError(_("events list: the column '{column}' is missing").format(column=missing[0].replace("_", " ")))
    found = [dict(zip(header, row, strict=True)) for row in rows[1:]]
    numbers = ("seq", "longest_minutes")
    return [
        Inject(**{name: int(str(row[name])) if name in numbers else _text(row[name]) for name in COLUMNS})  # type: ignore[arg-type]
        for row in found
    ]


def _columns_by_heading() -> dict[str, str]:
    """Return the columns by what heads them, in each language."""
    known: dict[str, str] = {}
    for language in Language:
        with spoken(language):
            known |= {heading: name for name, heading in text.COLUMNS.items()}
    return known


def _text(value: object) -> str:
    """Return the text of a cell as somebody reads it who opens the spreadsheet."""
    return as_written(str(value or ""))
