"""The console in a real browser: by keyboard, on a laptop without scrolling, on a phone, read by axe, with a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn

from sim.exercise.room.app import Desk, make_app
from sim.exercise.room.lobby import Lobby
from sim.exercise.room.register import registered
from sim.exercise.session import actions as a
from sim.exercise.session.entry import Entry
from sim.exercise.session.room import Room
from tests.browser.opened import Opened
from tests.exercise.room.console.conftest import Does, hold
from tests.exercise.room.console.test_options import FASTER

pytestmark = pytest.mark.slow  # `make test` plays a whole exercise in browsers instead, tests/exercise/whole

LONG_MS = 20_000
LAPTOP, PHONE = (1280, 800), (390, 844)


@dataclass
class Page:
    """The console, opened.

    Attributes:
        opened: The page, with what it asked for and what went wrong.
        room: The room behind it.
    """

    opened: Opened
    room: Room

    @property
    def page(self) -> Any:
        return self.opened.page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def until(self, script: str) -> None:
        """Wait until a script is true; the page's own rules let nothing be evaluated inside it."""
        for _ in range(LONG_MS // 50):
            if self.page.evaluate(script):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(script)

    def shows(self, selector: str, text: str) -> None:
        """Wait until an element says something."""
        self.page.locator(selector, has_text=text).first.wait_for(timeout=LONG_MS)

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.id"))

    def done(self) -> list[str]:
        return [entry.action.do for entry in self.room.state.done]


@pytest.fixture
def busy(room: Room, does: Does, asks: Callable[..., Entry]) -> Room:
    """A room at 10:05, with late injects, requests, a question that is answered, and another line."""
    does(a.Jump(to=585))
    does(a.Deliver(inject=1))
    asks(text="Hold the reserve", orders=(hold(room),))
    does(a.Jump(to=605))
    ask = does(a.Ask(options=(a.Option(title="Hold", orders=(hold(room),)),)))
    room.do(a.Answer(question=ask.seq, found=FASTER.written()), by="siaga", role=None)
    does(a.Back(to=600, name="otherwise"))
    does(a.GoTo(line=0))
    return room


@pytest.fixture
def address(busy: Room) -> Iterator[str]:
    """Where a server in a thread of this process answers for the room."""
    desk = Desk(busy, Lobby(), *registered())
    server = uvicorn.Server(uvicorn.Config(make_app(desk, frozenset({"127.0.0.1"})), port=0, log_level="warning"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def open_console(chromium: Any, address: str, busy: Room) -> Iterator[Callable[..., Page]]:
    contexts = []

    def opened(size: tuple[int, int] = LAPTOP, locale: str = "en-GB") -> Page:
        contexts.append(chromium.new_context(viewport={"width": size[0], "height": size[1]}, locale=locale))
        page = contexts[-1].new_page()
        made = Opened(page)
        page.on("request", lambda r: None if r.url.startswith((address, "data:")) else made.wanted.append(r.url))
        page.on("pageerror", lambda error: made.wrong.append(str(error)))
        page.on("console", lambda m: made.wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.goto(f"{address}/console/{busy.secret.console}")
        page.locator("[data-inject]").wait_for(timeout=LONG_MS)
        page.locator(".incident, #part-console_situation .none").first.wait_for(timeout=LONG_MS)
        return Page(made, busy)

    yield opened
    for context in contexts:
        context.close()


def test_a_button_works_from_the_moment_that_it_is_there(open_console: Callable[..., Page]) -> None:
    """Pressed before the page had taken note of it, it would have sent its form as a link: the page anew, and no hold."""
    console = open_console()
    console.press("Escape")
    console.page.evaluate(
        """() => document.body.addEventListener("htmx:afterSwap", (event) => {
            if (event.detail.target.id === "part-console_inject")
                setTimeout(() => document.querySelector("#do-hold").click(), 0)
        }, {once: false})"""
    )
    there = console.page.url
    console.press("j")
    console.until("document.querySelector('.status.held')")
    assert console.page.url == there and "hold" in console.done()


def test_the_console_is_worked_by_keys_alone(open_console: Callable[..., Page]) -> None:
    console = open_console()
    console.press("Escape", "d")  # the digest goes away, and the first late inject is delivered
    console.shows("#undo", "Inject 2 delivered")
    assert console.room.state.injects[2].delivered is not None
    console.press("j")
    console.shows("#part-console_inject h2", "title 3")
    console.press("h")
    console.until("document.querySelector('.status.held')")
    assert console.room.state.injects[3].status == "held"
    console.press("m")
    assert console.focused() == "move-3"
    console.page.keyboard.type("11:00")
    console.press("Tab", "Enter")
    console.shows("#part-console_inject .meta", "11:00")
    assert console.room.state.injects[3].due == 660
    console.page.locator("#undo").focus()
    console.press(" ")
    console.shows("#part-console_inject .status", "held")
    assert console.opened.wrong == []
    assert console.opened.wanted == []


def test_space_runs_and_pauses_the_clock(open_console: Callable[..., Page]) -> None:
    console = open_console()
    console.page.locator("#list-heading").click()
    console.press(" ")
    console.shows("#run", "Pause")
    assert console.room.state.clock.running
    console.press(" ")
    console.shows("#run", "Run")
    assert not console.room.state.clock.running


def test_keys_do_nothing_where_somebody_writes_and_can_be_switched_off(open_console: Callable[..., Page]) -> None:
    console = open_console()
    before = console.done()
    console.press("t")
    console.page.keyboard.type("dhs d h s")
    assert console.page.locator("#panel-note textarea").input_value() == "dhs d h s"
    assert console.done() == before
    console.page.locator("#show-keys").click()
    console.page.locator("#keys-on").uncheck()
    console.press("Escape")
    console.page.locator("#list-heading").click()
    console.press("d", "h", "n")
    assert console.done() == before


def test_a_decision_is_written_by_keys_and_names_what_there_is(open_console: Callable[..., Page]) -> None:
    console = open_console()
    console.press("r", "Enter")  # the first request is taken up
    console.shows("#decide-form [data-answers] span", "answers request")
    form = console.page.locator("#decide-form")
    assert form.locator("[name=text]").input_value() == "Hold the reserve"
    assert form.locator("[name=lever]").input_value() == "hold"
    form.locator("[name=who]").fill("Head of operations")
    form.locator("button.go").press("Enter")
    console.shows("#part-console_requests .none", "No request is open.")
    decided: Any = console.room.state.decisions[-1].action
    assert (decided.do, decided.who, len(decided.orders), decided.inject) == ("decide", "Head of operations", 1, None)
    console.until("document.querySelector('#decide-form [name=text]').value === ''")


def test_an_option_of_an_answer_is_decided_with_its_orders_and_its_question(open_console: Callable[..., Page]) -> None:
    console = open_console()
    console.press("w")
    console.page.locator("[data-fills]", has_text="Decide A").click()
    console.page.locator("#decide-form button.go").click()
    console.shows("#undo", "Decision: Hold")
    decided: Any = console.room.state.decisions[-1].action
    assert decided.question == next(iter(console.room.state.questions))


def test_up_to_four_options_are_asked_about_at_once(open_console: Callable[..., Page], busy: Room) -> None:
    console = open_console()
    console.press("w")
    for number in range(3):
        console.page.locator("[data-add-option]").click()
        console.page.locator(f"[data-option='{number + 1}'] [name=title]").fill(f"way {number + 1}")
    console.page.locator("[data-option='0'] [name=title]").fill("way 0")
    row = console.page.locator("[data-option='1'] .order").first
    row.locator("[name=lever]").select_option("hold")
    row.locator("[name=unit]").fill(hold(busy).unit)
    console.page.locator("#weigh-form button.go").click()
    console.shows("#part-console_questions", "Waits to be played")
    asked: Any = list(console.room.state.questions.values())[-1].entry.action
    assert [(option.title, len(option.orders)) for option in asked.options] == [
        ("way 0", 0), ("way 1", 1), ("way 2", 0), ("way 3", 0),
    ]  # fmt: skip


def test_an_inject_is_written_and_delivered_or_put_on_the_list(open_console: Callable[..., Page]) -> None:
    console = open_console()
    console.press("n")
    form = console.page.locator("#new-form")
    form.locator("[name=text]").fill("The bridge is closed")
    form.locator("[name=time]").fill("12:00")
    form.locator("[data-set='deliver=']").click()
    console.shows("#part-console_list", "The bridge is closed")
    assert (console.room.state.injects[5].due, console.room.statuses()[5]) == (720, "scheduled")
    form.locator("[name=text]").fill("The bridge is open")
    form.locator("[data-set='deliver=yes']").click()
    console.until("document.querySelector('#new-form [name=text]').value === ''")
    assert console.room.state.injects[6].delivered == 605


def test_a_message_of_the_models_own_is_delivered_with_one_click(open_console: Callable[..., Page]) -> None:
    console = open_console()
    first = console.page.locator("#part-console_untold details").first
    title = first.locator("summary b + *, summary").first.inner_text()
    first.locator("summary").click()
    first.locator("button.go").click()
    console.until("document.querySelectorAll('#part-console_untold details[open]').length === 0")
    assert console.room.state.injects[5].delivered == 605
    assert console.room.state.injects[5].inject.model_event
    assert title


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("#jump", "09:00", "jump to 09:00"), ("#jump", "noon", "noon"), ("#back-to", "11:00", "go back to 11:00")],
)
def test_what_cannot_be_done_is_said_at_once_at_the_top(
    open_console: Callable[..., Page], field: str, value: str, said: str
) -> None:
    console = open_console()
    before = console.done()
    console.press("4")
    console.page.locator(field).fill(value)
    console.page.locator(field).press("Enter")
    console.shows("#said[role=alert]", said)
    assert console.page.locator("#said").bounding_box()["y"] < 60
    assert console.done() == before


def test_a_decision_on_a_unit_that_is_not_there_is_said_and_the_form_keeps_what_was_written(
    open_console: Callable[..., Page],
) -> None:
    console = open_console()
    console.press("a")
    form = console.page.locator("#decide-form")
    form.locator("[name=text]").fill("Send them")
    form.locator("[name=lever]").select_option("withdraw")
    form.locator("[name=unit]").fill("reserve/nowhere/1")
    form.locator("button.go").click()
    console.shows("#said", "there is no 'reserve/nowhere/1'")
    assert form.locator("[name=text]").input_value() == "Send them"
    assert form.locator("[name=unit]").input_value() == "reserve/nowhere/1"


def test_what_is_being_written_and_the_focus_outlast_news(open_console: Callable[..., Page], does: Does) -> None:
    console = open_console()
    console.page.locator("[id^=decline-why]").first.fill("Not n")
    console.press("Home")
    console.page.evaluate("document.querySelector('#part-console_requests').dataset.old = 1")
    console.room.do(a.Propose(text="One more"), by="d-p", role=a.RoomRole.PLAYER)
    console.shows("#part-console_requests", "One more")
    field = console.page.locator("[id^=decline-why]").first
    assert field.input_value() == "Not n"
    assert console.focused().startswith("decline-why")
    assert console.page.evaluate("document.activeElement.selectionStart") == 0


def test_a_room_that_is_read_only_says_so_in_the_head(open_console: Callable[..., Page]) -> None:
    console = open_console()
    console.room.read_only = "the room is read-only: the disk is full"
    console.press("Escape", "d")
    console.shows("#said", "read-only")


@pytest.mark.parametrize("locale", ["en-GB", "id-ID"])
def test_clock_next_injects_the_chosen_one_and_requests_are_seen_on_a_laptop_without_scrolling(
    open_console: Callable[..., Page], locale: str
) -> None:
    console = open_console(LAPTOP, locale)
    console.press("Escape")
    for selector in (
        "#scenario", "#wall", "#run", "#undo", "#row-2", "#row-3", "#do-deliver", ".told", ".hidden-notes",
        ".request", "[data-accept]",
    ):  # fmt: skip
        box = console.page.locator(selector).first.bounding_box()
        assert box is not None, selector
        assert box["y"] + box["height"] <= LAPTOP[1], (selector, box)
    assert console.page.evaluate("document.documentElement.scrollHeight") <= LAPTOP[1]
    assert console.opened.overflow() == 0


@pytest.mark.parametrize(
    ("locale", "size"),
    [
        pytest.param("en-GB", LAPTOP, id="en-laptop"),
        pytest.param("id-ID", PHONE, id="id-phone"),
        pytest.param("en-GB", PHONE, id="en-phone", marks=pytest.mark.slow),
        pytest.param("id-ID", LAPTOP, id="id-laptop", marks=pytest.mark.slow),
    ],
)
def test_no_rule_of_accessibility_is_broken_on_any_panel(
    open_console: Callable[..., Page], size: tuple[int, int], locale: str
) -> None:
    console = open_console(size, locale)
    broken = {"digest": console.opened.broken_rules()}
    for tab in ("decide", "weigh", "note", "overrule", "new", "situation", "map", "log", "lines", "room"):
        console.page.locator(f"#tab-{tab}").click()
        console.page.wait_for_load_state("networkidle")
        broken[tab] = console.opened.broken_rules()
        assert console.opened.overflow() == 0, tab
    console.page.evaluate("document.querySelector('#keys').showModal()")
    broken["keys"] = console.opened.broken_rules()
    assert {name: found for name, found in broken.items() if found} == {}
    assert console.opened.wrong == []


def test_everything_that_can_be_used_is_reached_by_tab(open_console: Callable[..., Page]) -> None:
    console = open_console()
    usable = (
        "[...document.querySelectorAll('a[href], button, select, input:not([type=hidden]), textarea, summary')]"
        ".filter(e => e.offsetParent && !e.disabled && e.tabIndex >= 0"
        " && !(e.closest('details:not([open])') && e.tagName !== 'SUMMARY'))"
    )
    there = console.page.evaluate(f"{usable}.map((e, i) => e.dataset.tabbed = i).length")
    reached = set()
    console.page.evaluate("document.activeElement.blur()")
    for _ in range(there + 3):
        console.press("Tab")
        reached.add(console.page.evaluate("document.activeElement.dataset.tabbed ?? ''"))
    assert len(reached - {""}) == there


def test_arrows_go_from_tab_to_tab(open_console: Callable[..., Page]) -> None:
    console = open_console()
    console.press("1", "ArrowRight", "ArrowRight")
    assert console.focused() == "tab-log"
    console.shows("#part-console_log", "Request: Hold the reserve")


def test_two_devices_see_what_the_other_does(open_console: Callable[..., Page], does: Does) -> None:
    console = open_console()
    console.room.do(a.Deliver(inject=3), by="d-other", role=a.RoomRole.FACILITATOR)
    console.shows("#undo", "Inject 3 delivered")


def test_files_of_the_console_load_nothing_from_elsewhere() -> None:
    static = Path(__file__).parents[4] / "sim/exercise/room/static"
    for name in ("console.js", "console.css"):
        text = (static / name).read_text(encoding="utf-8")
        assert "http" not in text, name
        assert "eval(" not in text, name
