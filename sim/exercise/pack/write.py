"""Writing an exercise pack: its papers as pages for print and documents to edit, in a folder for each side.

players/     situation manual, plan in force, floor maps: for everybody
release/     inject cards: handed out one by one
control/     facilitator handbook, move lists, events list: secret
evaluators/  evaluation guide: secret
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sim.errors import UserError
from sim.exercise.msel import written
from sim.exercise.pack.document import document
from sim.exercise.pack.floor import A0, A3, floor_map
from sim.exercise.pack.handbook import cards, guide, handbook
from sim.exercise.pack.html import html
from sim.exercise.pack.manual import manual, player_view
from sim.exercise.pack.moves import move_lists
from sim.exercise.pack.paper import Paper
from sim.exercise.pack.plan import plan_paper
from sim.exercise.pack.played import played_day
from sim.experiment.store import Run
from sim.experiment.unedited import write_unless_edited
from sim.report.region_map import region_picture
from sim.words.language import gettext as _

RENDERED: dict[str, Callable[[Paper], bytes]] = {"html": html, "docx": document}
"""What a paper becomes, by the end of the file's name."""


def write_pack(run: Run, folder: Path, *, strategy: str | None = None, day: str = "median") -> list[Path]:
    """Write the pack of one plan and one day of a finished run, and return its files.

    Args:
        run: The run.
        folder: Where to.
        strategy: Name of the plan in force; None: the run's first.
        day: The day that is played: ``median``, ``worst``, or its number.

    Raises:
        UserError: When the run has no finished day, or not this plan or day, what it is played on is not what was
            written, a file of the pack was edited since it was made (then nothing is written), or the folder cannot be
            written.
    """
    files = pack_files(run, strategy, day)
    try:
        return write_unless_edited(folder, files)
    except OSError as error:
        raise UserError(
            _("'{folder}': the pack cannot be written ({why})").format(folder=folder, why=error.strerror or error)
        ) from error


def pack_files(run: Run, strategy: str | None, day: str) -> dict[str, bytes]:
    """Return the files of a pack by their path in its folder, in the language that is spoken.

    Args:
        run: The run.
        strategy: Name of the plan in force; None: the run's first.
        day: The day that is played.
    """
    played = played_day(run, strategy, day)
    world, injects = played.world, played.injects()
    view = player_view(world, played.strategy, played.start, region_picture(world.region, "png"))
    papers = {
        "players/situation_manual": manual(view),
        "players/deployment": plan_paper(world, played.strategy),
        "release/inject_cards": cards(injects, view.title),
        "control/facilitator_handbook": handbook(played, injects),
        "control/move_lists": move_lists(played),
        "evaluators/evaluation_guide": guide(injects, view.title),
    }
    files = {"control/msel.xlsx": written(injects, played.start)}
    files |= {f"{name}.{end}": made(paper) for name, paper in papers.items() for end, made in RENDERED.items()}
    files |= {f"players/floor_map_{s.name.lower()}.html": floor_map(world, played.strategy, s) for s in (A3, A0)}
    return files
