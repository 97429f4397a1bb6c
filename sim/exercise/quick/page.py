"""A page of cards to print on both sides and cut out: what is read aloud in front, the model's answer on the back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.config.fields import clock_in_words
from sim.day.world import World
from sim.errors import UserError, cannot_be_written
from sim.exercise.futures.pool import FuturesPool, Progress
from sim.exercise.futures.question import DEFAULT_FUTURES
from sim.exercise.quick import telling
from sim.exercise.quick.answer import WORKERS, Answered, answer
from sim.exercise.quick.card import draw_card
from sim.exercise.quick.deal import deal, with_card
from sim.experiment.unedited import write_unless_edited
from sim.pages import page
from sim.words import exercise
from sim.words import quick as words
from sim.words.language import gettext as _

MOST_CARDS = 100
"""Cards of a page; each is played for some ten seconds."""
_MOST_SENT = 4
"""Teams that a back lists; it has no room for more."""
_SHEET = 4
"""Cards of one sheet of A4, two beside each other."""


def answer_all(
    world: World,
    first: int,
    count: int,
    kind: str | None = None,
    progress: Progress | None = None,
    futures: int = DEFAULT_FUTURES,
) -> list[Answered]:
    """Draw some cards and let the model answer each.

    Args:
        world: The prepared scenario; its first plan is in force.
        first: Number of the first card.
        count: How many, 1 to MOST_CARDS; their numbers follow each other.
        kind: Draw cards of this kind; None: of any.
        progress: Is told how many futures of all cards are done, and of how many.
        futures: How many futures of each card.

    Raises:
        UserError: For a number of cards that cannot be, and as :func:`sim.exercise.quick.card.draw_card`.
    """
    if not 1 <= count <= MOST_CARDS:
        raise UserError(
            _("cards = {count}: a whole number from 1 to {most} is needed").format(count=count, most=MOST_CARDS)
        )
    cards = [draw_card(world, number, kind) for number in range(first, first + count)]
    found = []
    for done, card in enumerate(cards):
        with FuturesPool(with_card(world, card).scenario, WORKERS) as pool:
            move = _moved(progress, done * futures, count * futures)
            found.append(answer(deal(world, card), pool, move, futures))
    return found


def _moved(progress: Progress | None, before: int, whole: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, _of: progress(before + done, whole)


def cards_page(world: World, answered: Sequence[Answered], command: str) -> str:
    """Return the page.

    Fronts and backs follow each other sheet by sheet, the backs of each row in the other order, so that they meet when
    the paper is flipped on its long edge.

    Args:
        world: The prepared scenario.
        answered: The cards, in order.
        command: The command that makes the page.
    """
    sheets = [answered[i : i + _SHEET] for i in range(0, len(answered), _SHEET)]
    return page(
        "sim.exercise.quick", "cards.html",
        words=words, title=words.PAGE_TITLE.format(region=world.scenario.region.title), command=command,
        questions=exercise.STANDING_QUESTIONS,
        sheets=[([_front(one) for one in sheet], list(_backs(sheet))) for sheet in sheets],
    )  # fmt: skip


def _front(one: Answered) -> dict[str, str]:
    dealt = one.dealt
    return {
        "number": words.CARD.format(number=dealt.card.number), "time": clock_in_words(dealt.time), "text": dealt.text,
        "plan": words.PLAN.format(plan=dealt.plan_title),
    }  # fmt: skip


def _backs(sheet: Sequence[Answered]) -> Iterator[dict[str, object] | None]:
    """Return the backs of a sheet, each row of two in the other order; None: nothing is on that back."""
    for at in range(0, len(sheet), 2):
        row = [_back(one) for one in sheet[at : at + 2]]
        yield from reversed([*row, None] if len(row) == 1 else row)


def _back(one: Answered) -> dict[str, object]:
    heads = telling.headings(one)
    return {
        "title": telling.title(one), "alternative": telling.alternative_in_words(one.dealt.choice), "heads": heads,
        "rows": [tuple(map(_unbroken, _cells(row)))[: len(heads)] for row in telling.rows(one)],
        "sent": telling.sent_in_words(one, _MOST_SENT), "worst": telling.worst_in_words(one),
        "left_out": telling.left_out_in_words(one), "limits": telling.limits_in_words(one),
    }  # fmt: skip


def _cells(row: telling.Row) -> tuple[str, ...]:
    return row.title, row.plan, row.other, row.change


def _unbroken(text: str) -> str:
    """Return a text of which no line is broken between the ends of a range."""
    return text.replace("–", "\u2060–\u2060")


def write_page(text: str, file: Path) -> None:
    """Write the page; one that somebody has edited is not written over.

    Raises:
        UserError: When it was edited, or cannot be written.
    """
    try:
        write_unless_edited(file.parent, {file.name: text.encode()})
    except OSError as error:
        raise cannot_be_written(file, error) from error
