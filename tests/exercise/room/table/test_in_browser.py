"""The pages of the table in a real browser: messages come by themselves, nothing typed is lost, everybody can use them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import uvicorn

from sim.exercise.inject import Party
from sim.exercise.room.app import Desk, make_app
from sim.exercise.room.lobby import Lobby
from sim.exercise.room.parts import HOMES
from sim.exercise.room.register import registered
from sim.exercise.session.actions import Decide, Deliver, Join, Jump, RoomRole
from sim.exercise.session.orders import Lever, Order
from sim.exercise.session.room import Room
from sim.words.language import Language
from tests.browser.opened import Opened
from tests.exercise.room.table.conftest import LATER

pytestmark = pytest.mark.slow  # `make test` plays a whole exercise in browsers instead, tests/exercise/whole

F = RoomRole.FACILITATOR
DEVICES = (
    Join(device="d-police", role=RoomRole.PLAYER, party=Party.POLICE, label="duty officer"),
    Join(device="d-supervisor", role=RoomRole.PLAYER, party=Party.SUPERVISOR),
    Join(device="d-evaluator", role=RoomRole.EVALUATOR, label="hall"),
    Join(device="d-screen", role=RoomRole.PROJECTOR),
    Join(device="console", role=F),
)
PHONE, LAPTOP, SCREEN = (390, 844), (1280, 800), (1920, 1080)


@dataclass
class Site:
    """A served room."""

    base: str
    desk: Desk
    room: Room

    def cookie(self, device: str) -> dict[str, str]:
        return {"name": self.desk.doors.cookie, "value": self.desk.doors.sealed(device)}

    def do(self, name: str, **fields: object) -> None:
        """Do something as the facilitator."""
        cookie = self.cookie("console")
        got = httpx.post(
            f"{self.base}/console/do/{name}", data=fields,
            headers={"origin": self.base, "content-type": "application/x-www-form-urlencoded"},
            cookies={cookie["name"]: cookie["value"]},
        )  # fmt: skip
        assert got.status_code == 204, got.text


@pytest.fixture
def site(room: Room) -> Iterator[Site]:
    """The room, served; the day has been played to when something is known, and two messages were given out."""
    for joining in DEVICES:
        room.do(joining, by="siaga", role=None)
    for action in (
        Jump(to=LATER), Deliver(inject=1), Deliver(inject=2), Deliver(inject=3),
        Decide(text="The station is shut", who="chief", why="danger",
               orders=(Order(lever=Lever.CLOSE_STATION, station="T1.1/01"),)),
    ):  # fmt: skip
        room.do(action, by="console", role=F)
    listening = socket.create_server(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    desk = Desk(room, Lobby(address=f"{base}/", open=True), *registered())
    app = make_app(desk, frozenset({"127.0.0.1"}))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield Site(base, desk, room)
    desk.hub.close(None, lambda: "")
    server.should_exit = True
    thread.join()


Open = Callable[..., Opened]


@pytest.fixture
def device(chromium: Any, site: Site) -> Iterator[Open]:
    """Open the page of a device that has joined: ``device("d-police", PHONE)``; "" for one that has not."""
    contexts = []

    def opened(name: str, size: tuple[int, int] = PHONE, language: Language = Language.ENGLISH) -> Opened:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, locale=str(language))
        contexts.append(context)
        context.set_default_timeout(10_000)
        home = "/"
        if name:
            home = HOMES[site.room.state.devices[name].role]
            context.add_cookies([{**site.cookie(name), "domain": "127.0.0.1", "path": home}])
        page = context.new_page()
        made = Opened(page)
        page.on(
            "request", lambda r: None if r.url.startswith(site.base) or r.url == "data:," else made.wanted.append(r.url)
        )
        page.on("pageerror", lambda error: made.wrong.append(str(error)))
        page.on("console", lambda m: made.wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.goto(site.base + home)
        if name:
            page.wait_for_selector("[data-clock]")
        return made

    yield opened
    for context in contexts:
        context.close()


def test_a_message_comes_by_itself_and_what_is_being_typed_stays(site: Site, device: Open) -> None:
    page = device("d-police").page
    page.wait_for_selector("#message-2")
    assert page.locator("#message-7").count() == 0
    page.click("#answer-2 > summary")
    page.fill("#answer-text-2", "we send the reser")
    page.focus("#answer-text-2")
    site.do("deliver", inject=7)
    page.wait_for_selector("#message-7")
    assert page.inner_text("#arrived") == "text-7-mark"  # said to who does not see it, and nothing else
    assert page.input_value("#answer-text-2") == "we send the reser"
    assert page.evaluate("document.activeElement.id") == "answer-text-2"
    page.keyboard.type("ve")
    page.click("#answer-2 button")
    page.wait_for_selector(".requests li.open")
    assert "we send the reserve" in page.inner_text(".requests")
    assert page.locator("#message-3").count() == 0


def test_a_message_is_acknowledged_and_others_of_the_party_are_told(site: Site, device: Open) -> None:
    page = device("d-police").page
    page.wait_for_selector("#message-2")
    page.click("#message-2 .doing button")
    page.wait_for_selector("#message-2 .done")
    assert site.room.state.injects[2].acknowledged == ("d-police",)


def test_a_party_asks_by_its_levers_and_sees_what_came_of_it(site: Site, device: Open) -> None:
    page = device("d-police", LAPTOP).page
    page.wait_for_selector("#ask-send-incident option[value=s1]", state="attached")
    page.click("text=Send a unit")
    page.select_option("#ask-send-unit", index=1)
    page.select_option("#ask-send-incident", "s1")
    page.locator("details.form[open] form:has(#ask-send-unit) button").click()
    page.wait_for_selector(".requests li.open")
    (number,) = site.room.state.proposals
    site.do("decline", proposal=number, why="it is held for Curup")
    page.wait_for_selector(".requests li.declined")
    assert "it is held for Curup" in page.inner_text(".requests")


def test_the_clock_goes_on_and_says_when_it_stands(site: Site, device: Open) -> None:
    page = device("d-police").page
    page.wait_for_selector("[data-clock]:text-is('10:26')")
    assert "paused" in page.inner_text(".going")
    site.do("jump", to="10:40")
    page.wait_for_selector("[data-clock]:text-is('10:40')")
    site.do("end")
    page.wait_for_selector("[data-over]")
    assert "over" in page.inner_text(".going")
    assert not page.is_visible("#ask-words")


def test_an_evaluator_rates_with_the_keyboard_and_corrects_it(site: Site, device: Open) -> None:
    page = device("d-evaluator").page
    page.wait_for_selector("#rate-3 form")
    page.focus("#rate-3-P")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("late by ten minutes")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("article:has(#rate-3) .rated q")
    assert "S, performed with some challenges" in page.inner_text("article:has(#rate-3) .rated")
    page.click("#rate-3 > summary")
    page.check("#rate-3-U")
    page.click("#rate-3 button")
    page.wait_for_selector("article:has(#rate-3) .rated:has-text('U, unable')")


def test_the_map_shows_what_is_known_and_follows_the_day(site: Site, device: Open) -> None:
    page = device("d-screen", SCREEN).page
    page.wait_for_selector(".field .mark")
    assert page.locator(".field .mark").count() == 2  # of three that go on
    assert page.locator(".field .unit").count() == len(site.room.day().fleet.units)
    assert "Bomb threat" in page.inner_text("#part-table-knows")
    site.do("jump", to="10:28")
    page.wait_for_selector("#part-table-knows:has-text('Landslide')")


def test_the_projector_tells_decisions_and_messages_to_all_and_can_be_dark(device: Open) -> None:
    opened = device("d-screen", SCREEN)
    page = opened.page
    page.wait_for_selector(".decision")
    assert "chief" in page.inner_text(".taken")
    assert "text-1-mark" in page.inner_text(".told")
    assert "text-2-mark" not in page.content()
    page.click("[data-theme-switch]")
    assert opened.broken_rules() == {}
    page.reload()
    page.wait_for_selector(".decision")
    assert page.evaluate("document.documentElement.classList.contains('dark')")


def test_a_device_joins_by_pin_and_comes_to_its_page(site: Site, device: Open) -> None:
    page = device("").page
    page.fill("#pin", "000000" if site.room.secret.players != "000000" else "111111")
    page.select_option("#party", "health")
    page.click("form[data-join] > button")
    page.wait_for_selector("#said:not(:empty)")
    page.fill("#pin", site.room.secret.players)
    page.select_option("#party", "health")
    page.fill("#label", "secretary")
    page.click("form[data-join] > button")
    page.wait_for_selector("h1:has-text('Health, secretary')")
    page.wait_for_selector("#message-3")


def test_the_language_is_each_devices_own(site: Site, device: Open) -> None:
    del site
    page = device("").page
    page.click("[name=language][value=id]")
    page.wait_for_selector("html[lang=id]")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("name", "size"),
    [("", PHONE), ("d-police", PHONE), ("d-police", LAPTOP), ("d-supervisor", PHONE), ("d-evaluator", PHONE),
     ("d-screen", SCREEN)],
)  # fmt: skip
def test_everybody_can_use_a_page_and_it_asks_for_nothing_elsewhere(
    site: Site, device: Open, name: str, size: tuple[int, int], language: Language
) -> None:
    opened = device(name, size, language)
    if name:
        opened.page.wait_for_timeout(600)
    assert opened.broken_rules() == {}
    assert opened.overflow() == 0
    assert opened.wanted == []
    assert opened.wrong == []
    assert opened.page.get_attribute("html", "lang") == language
    for name_of in ("console", "evaluators", "seal"):
        assert getattr(site.room.secret, name_of) not in opened.page.content()


def test_all_that_a_player_can_use_is_reached_by_the_keyboard(device: Open) -> None:
    opened = device("d-police", LAPTOP)
    opened.page.wait_for_selector("#message-2")
    opened.page.evaluate(
        "document.querySelectorAll('details').forEach((one) => { one.removeAttribute('name'); one.open = true; })"
    )
    reached, there = opened.reached_by_tab()
    assert reached == there > 15
