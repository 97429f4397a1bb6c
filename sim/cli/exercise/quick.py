"""``simulate exercise quick …``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import randbelow
from typing import TYPE_CHECKING

import click

from sim.cli.completing import complete_settings, complete_strategies
from sim.cli.given import GivenPath
from sim.cli.say import printer, say
from sim.cli.show import Warnings
from sim.cli.tables import print_rows, say_text
from sim.text import shown, word
from sim.words import quick as words

if TYPE_CHECKING:
    from sim.day.world import World
    from sim.exercise.quick.answer import Answered
    from sim.exercise.quick.card import Card
    from sim.exercise.quick.deal import Dealt

_NUMBERS = 10_000
"""Cards are drawn among so many where none is asked for."""
_LINE = 76
"""Columns of running text."""
_READ = 60
"""Columns of what is read aloud."""


@click.command()
@click.argument("overrides", nargs=-1, shell_complete=complete_settings)
@click.option("--plan", shell_complete=complete_strategies, help="The plan in force; else the first of the scenario.")
@click.option("--card", type=int, help="Number of the card, from 0; the same number draws the same card.")
@click.option("--kind", help="Draw a card of this kind.")
@click.option("--wait/--no-wait", default=True, help="Wait for Enter before the answer; without a terminal, go on.")
@click.option("--cards", type=int, help="Write so many cards to print and cut out, from --card on, and end.")
@click.option("--out", type=GivenPath(), default=Path("cards.html"), show_default=True, help="The page of cards.")
@click.option("--scenarios", type=GivenPath(), help="A folder of your own scenarios, found first.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def command(
    overrides: tuple[str, ...],
    plan: str | None,
    card: int | None,
    kind: str | None,
    wait: bool,
    cards: int | None,
    out: Path,
    scenarios: Path | None,
    quiet: bool,
) -> None:
    """Draw a card: an incident at a place to read aloud, five questions, and the model's answer.

    Nothing is prepared. While the room talks, the model plays 200 futures from the report on, under the plan in force
    and under one alternative.
    """
    from sim.exercise.quick.card import draw_card
    from sim.exercise.quick.deal import quick_world

    number = randbelow(_NUMBERS) if card is None else card
    world = quick_world(overrides, plan, scenarios)
    Warnings().say([*world.scenario.remarks, *(line for made in world.deployments.values() for line in made.remarks)])
    typed = _typed(overrides, plan, number, kind, scenarios)
    first = draw_card(world, number, kind)
    if cards is None:
        _play(world, first, wait and sys.stdin.isatty(), quiet)
        say("", words.AGAIN.format(command=typed))  # whole, to be copied
    else:
        _write(world, number, kind, cards, out, f"{typed} --cards {cards}", quiet)


def _play(world: World, card: Card, wait: bool, quiet: bool) -> None:
    """Put one card on the table, and answer it."""
    from sim.exercise.futures.pool import FuturesPool
    from sim.exercise.futures.question import DEFAULT_FUTURES
    from sim.exercise.quick.answer import WORKERS, answer
    from sim.exercise.quick.deal import deal, with_card

    with FuturesPool(with_card(world, card).scenario, WORKERS) as pool:  # they get ready while the card is read
        dealt = deal(world, card)
        _show_card(dealt)
        with _progress(words.PLAYING.format(number=card.number), DEFAULT_FUTURES, quiet) as progress:
            answered = answer(dealt, pool, progress)
    if wait:
        say_text(words.READY)
        sys.stdin.readline()
    _show_answer(answered)


def _write(world: World, number: int, kind: str | None, count: int, out: Path, typed: str, quiet: bool) -> None:
    """Write a page of cards, with the model's answer on their backs."""
    from sim.exercise.futures.question import DEFAULT_FUTURES
    from sim.exercise.quick.page import answer_all, cards_page, write_page

    with _progress(words.PAGE_PLAYING.format(cards=count), count * DEFAULT_FUTURES, quiet) as progress:
        answered = answer_all(world, number, count, kind, progress)
    write_page(cards_page(world, answered, typed), out)
    say(str(out))


def _show_card(dealt: Dealt) -> None:
    """Print a card to be read aloud, and the five questions."""
    from textwrap import wrap

    from sim.words import exercise

    rule = "=" * (_READ + 4)
    say(rule)
    say("", f"  {words.CARD.format(number=dealt.card.number).upper()}", "")
    say(*wrap(shown(dealt.text), _READ, initial_indent="  ", subsequent_indent="  ", break_long_words=False))
    say("", rule, "")
    for number, question in enumerate(exercise.STANDING_QUESTIONS, start=1):
        say_text(f"  {number}. {question}", most=_LINE)
    say("")
    say_text(words.PLAN.format(plan=dealt.plan_title), most=_LINE)
    say("")


def _show_answer(answered: Answered) -> None:
    """Print the model's answer."""
    from sim.exercise.quick import telling
    from sim.report.fitted import Column, Rows

    heads = telling.headings(answered)
    columns = [Column(head, folds=True) for head in heads]
    cells = [(row.title, row.plan, row.other, row.change)[: len(heads)] for row in telling.rows(answered)]
    say_text(telling.title(answered), most=_LINE)
    say_text(telling.alternative_in_words(answered.dealt.choice), most=_LINE)
    print_rows(Rows(columns, cells, whole=True))
    for line in filter(None, (telling.left_out_in_words(answered),)):
        say_text(line, most=_LINE)
        say("")
    say(words.SENT)
    for line in telling.sent_in_words(answered):
        say_text(f"  {line}", most=_LINE, hanging="    ")
    say("")
    say_text(telling.worst_in_words(answered), most=_LINE)
    say("")
    say_text(telling.limits_in_words(answered), most=_LINE)


@contextmanager
def _progress(title: str, futures: int, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function that moves a progress bar on standard error; None when quiet or when nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    shape = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*shape, console=printer(err=True), transient=True) as bar:
        task = bar.add_task(title, total=futures)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _typed(overrides: Sequence[str], plan: str | None, number: int, kind: str | None, scenarios: Path | None) -> str:
    """Return the command that draws the same card again."""
    chosen = [*(["--plan", plan] if plan else []), "--card", str(number), *(["--kind", kind] if kind else [])]
    folder = ["--scenarios", str(scenarios)] if scenarios is not None else []
    return " ".join(map(word, ["simulate", "exercise", "quick", *overrides, *chosen, *folder]))
