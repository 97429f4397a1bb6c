"""Who gets which page, who may do what, and what is said to whoever may not."""

from __future__ import annotations

import json
import re

import pytest
from starlette.testclient import TestClient

from sim.exercise.inject import Party
from sim.exercise.room.app import Desk
from sim.exercise.room.gate import HEADERS
from sim.exercise.room.parts import HOMES
from sim.exercise.session.actions import RoomRole
from sim.exercise.session.room import Room
from tests.exercise.room.conftest import HERE, HOST, join

ROLES = [("player", "police"), ("player", "commission"), ("evaluator", ""), ("projector", "")]


def home_of(role: str) -> str:
    return HOMES[RoomRole(role)]


@pytest.mark.parametrize(("role", "party"), ROLES)
def test_who_has_joined_gets_the_page_of_the_role_and_no_other(
    asked: TestClient, room: Room, role: str, party: str
) -> None:
    assert join(asked, room, role, party).headers["location"] == home_of(role)
    for other, home in HOMES.items():
        answer = asked.get(home)
        if other == role:
            assert f'data-home="{home}"' in answer.text
        else:
            assert answer.status_code == (403 if home == "/console" else 303)


def test_the_cookie_of_one_role_opens_no_other(asked: TestClient, room: Room) -> None:
    join(asked, room, "player", "police")
    (cookie,) = asked.cookies.jar
    asked.cookies.clear()
    sent = {"cookie": f"{cookie.name}={cookie.value}"}
    assert asked.get("/play", headers=sent).status_code == 200
    for home in set(HOMES.values()) - {"/play"}:
        assert asked.get(home, headers=sent).status_code in (303, 403)
        assert asked.get(f"{home}/events", headers=sent).status_code == 403
        assert asked.post(f"{home}/do/end", headers=sent).status_code == 403
    assert not room.state.ended


def test_a_part_is_for_its_roles(asked: TestClient, room: Room, desk: Desk) -> None:
    for role, party in ROLES:
        join(asked, room, role, party)
    asked.get(f"/console/{room.secret.console}")
    for role, home in HOMES.items():
        for part in desk._parts.values():
            answer = asked.get(f"{home}/part/{part.name}")
            assert answer.status_code == (200 if role in part.roles else 403), (home, part.name, answer.text)
            if role not in part.roles:
                assert answer.text == "<p>this is not for your role</p>"


def test_without_joining_there_is_nothing(asked: TestClient, desk: Desk) -> None:
    for home in HOMES.values():
        for path in ("events", *(f"part/{name}" for name in desk._parts)):
            answer = asked.get(f"{home}/{path}")
            assert (answer.status_code, answer.text) == (
                403, "<p>this device is not in the room; join with the PIN</p>",
            )  # fmt: skip
        assert asked.post(f"{home}/do/note", data={"text": "x"}).status_code == 403


def test_a_role_does_what_it_may_and_nothing_else(asked: TestClient, room: Room) -> None:
    for role, party in ROLES[1:]:
        join(asked, room, role, party)
    before = room.state.seq
    for home, action, fields in (
        ("/play", "run", {"speed": "1"}), ("/play", "note", {"text": "x"}), ("/play", "rate", {"inject": 1, "rating": "P"}),
        ("/evaluate", "propose", {"text": "x"}), ("/evaluate", "end", {}), ("/screen", "propose", {"text": "x"}),
        ("/play", "join", {"device": "d", "role": "facilitator"}), ("/play", "leave", {"device": "d"}),
        ("/play", "answer", {"question": 1}), ("/play", "propose", {"lever": "ask_for_army"}),
    ):  # fmt: skip
        assert asked.post(f"{home}/do/{action}", data=fields).status_code == 422, action
    assert room.state.seq == before
    answer = asked.post("/play/do/propose", data={"lever": "close_station", "station": "T1.1"})
    assert (answer.status_code, answer.headers["siaga-seq"]) == (204, str(before + 1))


def test_what_is_sent_twice_is_done_once(console: TestClient, room: Room) -> None:
    first, second = (console.post("/console/do/note", data={"text": "x", "key": "k"}) for _each in range(2))
    assert first.headers["siaga-seq"] == second.headers["siaga-seq"]
    assert len(room.state.notes) == 1


def test_an_inject_is_added_and_delivered_at_once_and_only_once(console: TestClient, room: Room) -> None:
    data = {"title": "new", "text": "now", "group": ["police"], "deliver": "yes", "key": "k"}
    for _each in range(2):
        assert console.post("/console/do/add", data=data).status_code == 204
    (added,) = (one for one in room.state.injects.values() if one.inject.title == "new")
    assert (added.delivered, added.inject.group) == (room.now, (Party.POLICE,))


def test_what_somebody_sends_is_text_on_every_page(asked: TestClient, room: Room, desk: Desk) -> None:
    asked.get(f"/console/{room.secret.console}")
    evil = "<script>alert(1)</script>'\"&"
    join(asked, room, "player", "police", evil)
    join(asked, room, "evaluator", "", evil)
    join(asked, room, "projector")
    for home, action, fields in (
        ("/play", "propose", {"text": evil}), ("/console", "note", {"text": evil}),
        ("/evaluate", "observe", {"text": evil}), ("/console", "overrule", {"text": evil, "inject": 1}),
        ("/console", "decide", {"text": evil, "who": evil, "why": evil}), ("/console", "back", {"to": room.now, "name": evil}),
        ("/console", "add", {"title": evil, "text": evil, "sender": evil, "module": evil, "deliver": "yes"}),
        ("/console", "find", {"kind": "strength", "text": evil}), ("/console", "improve", {"action": evil}),
    ):  # fmt: skip
        assert asked.post(f"{home}/do/{action}", data=fields).status_code == 204, action
    seen = ""
    for role, home in HOMES.items():
        for path in (
            home,
            *(f"{home}/part/{part.name}" for part in desk._parts.values() if role in part.roles and part.template),
        ):
            seen += asked.get(path).text
    assert "<script>alert" not in seen
    assert seen.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 8
    refusal = asked.post("/console/do/jump", data={"to": evil})
    assert "<script" not in refusal.text
    assert "&lt;script&gt;" in refusal.text


def test_the_console_opens_by_its_key_alone(asked: TestClient, room: Room) -> None:
    for key in ("x", room.secret.console[:-1], room.secret.players, room.secret.seal):
        answer = asked.get(f"/console/{key}")
        assert answer.status_code == 403
        assert "The console opens by the address" in answer.text
    assert room.state.devices == {}


def test_a_second_facilitator_is_asked_before_the_first_loses_the_console(
    asked: TestClient, room: Room, desk: Desk
) -> None:
    asked.get(f"/console/{room.secret.console}")
    (first,) = room.state.in_role(RoomRole.FACILITATOR)
    desk.lobby.streams[first.device] += 1
    cookies = dict(asked.cookies)
    asked.cookies.clear()
    answer = asked.get(f"/console/{room.secret.console}")
    assert (answer.status_code, list(room.state.devices)) == (409, [first.device])
    assert "Another device has the console." in answer.text
    assert asked.post("/console/take", data={"key": "no"}).status_code == 403
    assert asked.post("/console/take", data={"key": room.secret.console}).status_code == 303
    (second,) = room.state.in_role(RoomRole.FACILITATOR)
    assert second.device != first.device
    assert asked.get("/console").status_code == 200
    asked.cookies.clear()
    asked.cookies.update(cookies)
    assert asked.post("/console/do/run", data={}).status_code == 403


def test_a_facilitator_whose_pages_are_all_closed_is_not_asked_for(asked: TestClient, room: Room) -> None:
    for _each in range(2):
        assert asked.get(f"/console/{room.secret.console}").status_code == 303
        asked.cookies.clear()
    assert len(room.state.in_role(RoomRole.FACILITATOR)) == 1


def test_a_wrong_pin_is_said_on_the_page_of_joining(asked: TestClient, room: Room) -> None:
    answer = asked.post("/join", data={"pin": "1", "role": "player", "party": "police"})
    assert answer.status_code == 403
    assert '<div id="said" role="alert">this PIN is not right' in answer.text
    for role, party in (("facilitator", ""), ("player", ""), ("player", "x"), ("king", "")):
        data = {"pin": room.secret.players, "role": role, "party": party}
        assert asked.post("/join", data=data).status_code == 403
    assert room.state.devices == {}


def test_a_room_that_is_full_says_so(asked: TestClient, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.exercise.session.check.MOST_DEVICES", 1)
    join(asked, room, "projector")
    answer = asked.post("/join", data={"pin": room.secret.players, "role": "projector"})
    assert (answer.status_code, len(room.state.devices)) == (403, 1)
    assert "1 devices are in the room" in answer.text


def test_nothing_is_streamed_where_nothing_can_be_read(console: TestClient) -> None:
    assert console.head("/console/events").status_code == 405
    assert console.head("/console").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403), ({"origin": "null"}, 403), ({"origin": f"https://{HOST}"}, 403),
        ({"origin": ""}, 403), ({"sec-fetch-site": "cross-site"}, 403), ({"sec-fetch-site": "none"}, 403),
        ({**HERE, "sec-fetch-site": "same-site"}, 403), ({"origin": "http://127.0.0.1:9"}, 403),
        ({"sec-fetch-site": "same-origin"}, 204), ({**HERE, "sec-fetch-site": "same-origin"}, 204),
    ],
)  # fmt: skip
def test_only_pages_of_the_room_can_do_something(
    console: TestClient, room: Room, headers: dict[str, str], status: int
) -> None:
    del console.headers["origin"]
    answer = console.post("/console/do/note", data={"text": "x"}, headers=headers)
    assert (answer.status_code, len(room.state.notes)) == (status, int(status == 204))


def test_a_form_without_a_word_of_where_it_comes_from_is_refused(console: TestClient) -> None:
    del console.headers["origin"]
    assert console.post("/console/do/note", data={"text": "x"}).status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil@127.0.0.1", "", "127.0.0.1:x", "[::1"]
)
def test_a_name_that_leads_here_is_not_the_room(asked: TestClient, host: str) -> None:
    answer = asked.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "this address is not the room" in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_are_refused(asked: TestClient, method: str) -> None:
    assert asked.request(method, "/").status_code == 405


def test_every_answer_has_the_headers_that_keep_a_page_to_itself(console: TestClient) -> None:
    for method, path in (
        ("GET", "/"), ("GET", "/console"), ("GET", "/nothing"), ("GET", "/static/room.js"), ("PUT", "/"),
        ("GET", "/console/part/map"), ("POST", "/console/do/run"), ("POST", "/console/do/nothing"),
    ):  # fmt: skip
        answer = console.request(method, path)
        assert HEADERS.items() <= dict(answer.headers).items(), path
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(asked: TestClient, room: Room) -> None:
    cookie = join(asked, room, "player", "police").headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/play"} <= set(cookie.split("; "))


def test_no_page_has_a_script_or_a_style_of_its_own(asked: TestClient, room: Room, desk: Desk) -> None:
    asked.get(f"/console/{room.secret.console}")
    for role, party in ROLES[1:]:
        join(asked, room, role, party)
    pages = ["/", *HOMES.values()]
    pages += [
        f"{home}/part/{part.name}"
        for role, home in HOMES.items()
        for part in desk._parts.values()
        if role in part.roles and part.template
    ]
    for path in pages:
        text = asked.get(path).text
        assert not re.search(r"<style|\sstyle=|<script(?! src=)|\son[a-z]+=|javascript:", text), path
        assert not re.search(r"(?:src|href|action|hx-get|hx-post)=\"(?:https?:)?//(?!127\.0\.0\.1)", text), path


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2fapp.py", "%2e%2e/app.py", "secret.json", "README.md", "room.js/", "ROOM.JS", "a" * 500]
)
def test_no_path_leads_to_a_file_that_is_not_on_the_list(asked: TestClient, name: str) -> None:
    assert asked.get(f"/static/{name}").status_code == 404


def test_scripts_and_styles_are_given(asked: TestClient) -> None:
    assert asked.get("/static/room.js").headers["content-type"].startswith("text/javascript")
    assert asked.get("/static/htmx.min.js").text.startswith("var htmx=")


def test_each_device_has_its_language(asked: TestClient, room: Room) -> None:
    def refusal(**headers: str) -> str:
        return asked.get("/nothing", headers=headers).text

    assert room.about.language == "en"
    english = refusal()
    assert refusal(**{"accept-language": "fr, de;q=0.5"}) == english
    answer = asked.get("/", headers={"accept-language": "id-ID,id;q=0.9,en;q=0.8"})
    assert 'lang="id"' in answer.text
    assert 'lang="en"' in asked.get("/", headers={"accept-language": "en-US,id;q=0.9"}).text
    join(asked, room, "evaluator")
    answer = asked.post("/language", data={"language": "id", "back": "/evaluate"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/evaluate")
    assert 'lang="id"' in asked.get("/evaluate", headers={"accept-language": "en"}).text
    assert asked.post("/language", data={"language": "xx", "back": "//evil.example"}).headers["location"] == "/"


def test_secrets_are_not_in_the_log(asked: TestClient, room: Room) -> None:
    asked.get(f"/console/{room.secret.console}")
    join(asked, room, "player", "police")
    log = (room.folder / "log.jsonl").read_text()
    for secret in json.loads(room.secret.model_dump_json()).values():
        assert secret not in log
    for cookie in asked.cookies.jar:
        assert cookie.value is not None
        assert cookie.value not in log
