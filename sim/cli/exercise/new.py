"""``simulate exercise new SESSION …``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.given import GivenPath
from sim.cli.say import say
from sim.cli.tables import say_text
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.exercise.inject import Inject
    from sim.exercise.session.about import About
    from sim.experiment.store import Run

_MEDIAN = "median"


@click.command()
@click.argument("session", type=GivenPath())
@click.option("--run", "run_folder", type=GivenPath(), help="The finished run whose day is played.")
@click.option("--plan", help="Name of the plan in force; else the run's first.")
@click.option("--day", help="The day: median, worst, or its number, from 0; else the median day.")
@click.option("--msel", type=GivenPath(), help="The list of events, as 'simulate exercise import' writes it.")
@click.option("--like", type=GivenPath(), help="Another session: a second room on the same day, with the same list.")
def command(
    session: Path, run_folder: Path | None, plan: str | None, day: str | None, msel: Path | None, like: Path | None
) -> None:
    """Make a session: the folder of an exercise, with the day that a room will play and its list of events."""
    from sim.errors import UserError
    from sim.text import word
    from sim.words import msel as words

    if like is not None:
        others = {"--run": run_folder, "--plan": plan, "--day": day, "--msel": msel}
        if given := [name for name, value in others.items() if value is not None]:
            raise UserError(
                _("--like takes everything from the other session; leave out {options}").format(
                    options=", ".join(given)
                )
            )
        _second(session, like)
    elif run_folder is not None:
        _first(session, run_folder, plan, day or _MEDIAN, msel)
    else:
        raise UserError(_("a finished run is needed: --run FOLDER; or another session: --like FOLDER"))
    say_text(words.SESSION["names"])
    say(words.NEXT_RUN.format(session=word(str(session))))


def _first(session: Path, run_folder: Path, plan: str | None, day: str, msel: Path | None) -> None:
    """Make a session of a run."""
    from sim.cli.show import as_typed
    from sim.exercise.session.new import new_session
    from sim.experiment.again import check_strategy
    from sim.experiment.batch import world_of
    from sim.experiment.inputs import DEPLOYMENTS, REGION
    from sim.experiment.store import read
    from sim.playback.page import rule_sentence
    from sim.report.chosen_day import chosen_day

    _refuse_taken(session)
    run = read(run_folder)
    strategy = run.strategies[0] if plan is None else plan
    check_strategy(run, strategy)
    chosen = chosen_day(run, day)
    run.check_inputs(REGION, DEPLOYMENTS)
    start = world_of(run.own_scenario).start
    injects = _of_pack(run, strategy, chosen.day) if msel is None else _of_file(msel, run, start)
    typed = as_typed("simulate exercise new", _given(session, run_folder, plan, day, msel), None)
    about = new_session(session, run, strategy, chosen.day, injects, typed)
    say_text(rule_sentence(chosen, run.scenario.titles[run.strategies[0]]))
    if msel is not None:
        _warn_of_events(run, strategy, chosen.day, injects)
    _say(session, about, run, injects)


def _second(session: Path, like: Path) -> None:
    """Make a session of the same day as another."""
    from sim.cli.show import as_typed
    from sim.exercise.session.about import played_run, read_about, read_injects
    from sim.exercise.session.new import session_like
    from sim.words import msel as words

    typed = as_typed("simulate exercise new", [str(session), "--like", str(like)], None)
    about = session_like(session, like, typed)
    say_text(words.SESSION["like"].format(other=read_about(like).name))
    _say(session, about, played_run(session, about), read_injects(session))


def _say(session: Path, about: About, run: Run, injects: tuple[Inject, ...]) -> None:
    from sim.config.fields import clock_in_words
    from sim.words import msel as words

    say_text(words.SESSION["plan"].format(plan=run.scenario.titles[about.strategy]))
    say_text(words.SESSION["injects"].format(count=len(injects), start=clock_in_words(about.start)))
    say(words.SESSION["made"].format(folder=session))


def _refuse_taken(session: Path) -> None:
    """Refuse a folder that is there, before a run is read."""
    from sim.errors import UserError

    if session.exists():
        raise UserError(_("'{folder}' is there already; give the session another name").format(folder=session))


def _given(session: Path, run: Path, plan: str | None, day: str, msel: Path | None) -> list[str]:
    """Return what was given on the command line."""
    options = {"--run": str(run), "--plan": plan, "--day": day, "--msel": None if msel is None else str(msel)}
    return [
        str(session), *(part for name, value in options.items() if value is not None for part in (name, value))
    ]  # fmt: skip


def _of_file(file: Path, run: Run, start: float) -> tuple[Inject, ...]:
    """Return the injects of a list in this program's form.

    Raises:
        UserError: When it is not in this form, or anything is wrong with it.
    """
    from sim.errors import UserError
    from sim.exercise.msel import read
    from sim.text import word

    found = read(file, start)
    if not found.mapped.is_own:
        raise UserError(
            _(
                "{file}: its headings are not those of a list of this program; bring it into that form first: "
                "simulate exercise import {name} --out LIST.xlsx"
            ).format(file=file, name=word(str(file)))
        )
    injects = found.checked()
    _check_end(file, run, injects)
    return injects


def _check_end(file: Path, run: Run, injects: tuple[Inject, ...]) -> None:
    """Refuse injects that are due when the day that is played is over."""
    from sim.config.fields import clock_in_words
    from sim.errors import SeveralMistakes
    from sim.experiment.batch import world_of

    end = world_of(run.own_scenario).end
    late = [inject for inject in injects if inject.time is not None and inject.time > end]
    if late:
        raise SeveralMistakes(
            _("{file}: inject {seq} is at {time}; the day that is played ends at {end}").format(
                file=file, seq=inject.seq, time=clock_in_words(inject.time or 0.0), end=clock_in_words(end)
            )
            for inject in late
        )


def _warn_of_events(run: Run, strategy: str, day: int, injects: tuple[Inject, ...]) -> None:
    """Name the injects that wait for what does not happen on the day, unless the room makes it: a slip of the pen?"""
    from difflib import get_close_matches

    from sim.cli.show import Warnings
    from sim.exercise.inject import event_and_delay
    from sim.exercise.pack.played import played_day
    from sim.words import msel as words

    known = [event.key for event in played_day(run, strategy, str(day)).events]
    remarks = []
    for inject in injects:
        event, _delay = event_and_delay(inject.model_event)
        if event and event not in known:
            near = get_close_matches(event, known, n=1)
            said = words.SESSION["near" if near else "event"]
            remarks.append(said.format(seq=inject.seq, event=event, near=near[0] if near else ""))
    Warnings().say(remarks)


def _of_pack(run: Run, strategy: str, day: int) -> tuple[Inject, ...]:
    """Return the injects that the program makes of a day, as they stand in its pack."""
    from sim.exercise.pack.played import played_day

    return played_day(run, strategy, str(day)).injects()
