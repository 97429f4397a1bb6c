"""What the pages of the table speak of, and that each can be rendered in each language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.exercise.futures.answer import Answer as Found
from sim.exercise.futures.answer import Option as Weighed
from sim.exercise.futures.answer import Told
from sim.exercise.futures.measure import Measure, title
from sim.exercise.futures.ranges import difference_of, range_of
from sim.exercise.inject import Party
from sim.exercise.room.parts import NOBODY, Visit
from sim.exercise.room.render import rendered
from sim.exercise.room.table import answered, asked, called, evaluate, maps, screen, views
from sim.exercise.room.table.parts import PAGES, PARTS
from sim.exercise.session.actions import (
    Acknowledge,
    Answer,
    Ask,
    Back,
    Decide,
    Decline,
    Deliver,
    End,
    Jump,
    Observe,
    Option,
    Overrule,
    Propose,
    Rate,
    Rating,
    RoomRole,
    Run,
    Show,
    Undo,
)
from sim.exercise.session.orders import Lever, Order
from sim.exercise.session.permits import LEVERS
from sim.exercise.session.room import Room
from sim.words.language import Language, spoken
from tests.exercise.room.table.conftest import LATER, WallClock

F, PLAYER, EVALUATOR = RoomRole.FACILITATOR, RoomRole.PLAYER, RoomRole.EVALUATOR
Joined = Callable[..., Visit]


def do(room: Room, action: object, by: str = "console", role: RoomRole = F) -> int:
    return room.do(action, by=by, role=role).seq


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("party", Party)
def test_every_page_and_part_can_be_rendered_in_every_language(
    room: Room, join: Joined, party: Party, language: Language
) -> None:
    visits = {
        PLAYER: join(PLAYER, party, "desk"), EVALUATOR: join(EVALUATOR), RoomRole.PROJECTOR: join(RoomRole.PROJECTOR),
        F: join(F), None: Visit(NOBODY),
    }  # fmt: skip
    do(room, Jump(to=LATER))
    for seq in (1, 2, 3, 6, 7):
        do(room, Deliver(inject=seq))
    with spoken(language):
        for page in PAGES:
            visit = visits[page.role]
            assert f'lang="{language}"' in rendered(page.template, visit, **page.view(room, visit))
        for part in PARTS:
            for role in part.roles:
                found = part.view(room, visits[role])
                text = rendered(part.template, visits[role], **found) if part.template else str(found)
                assert text or part.name == "table-answers"  # of which there is none yet


def test_messages_are_the_partys_own_newest_first(room: Room, join: Joined) -> None:
    visit, other = join(PLAYER, Party.POLICE), join(PLAYER, Party.POLICE)
    for seq in (1, 3):
        do(room, Deliver(inject=seq))
    do(room, Jump(to=600))
    do(room, Deliver(inject=2))
    do(room, Deliver(inject=7))
    do(room, Acknowledge(inject=2), other.device.name, PLAYER)
    found = views.messages(room, visit)["messages"]
    assert [one["number"] for one in found] == [7, 2, 1]
    assert [(one["is_read"], one["others"]) for one in found] == [(False, 0), (False, 1), (False, 0)]
    assert [one["time"] for one in found] == ["10:00", "10:00", called.clock(room.about.start)]
    do(room, Acknowledge(inject=2), visit.device.name, PLAYER)
    assert views.messages(room, visit)["messages"][1]["is_read"]


def test_a_delivery_that_is_undone_or_on_another_line_is_not_there(room: Room, join: Joined) -> None:
    visit = join(PLAYER, Party.POLICE)
    do(room, Undo(entry=do(room, Deliver(inject=1))))
    assert views.messages(room, visit)["messages"] == []
    do(room, Jump(to=600))
    do(room, Deliver(inject=2))
    do(room, Back(to=590, name="again"))
    assert views.messages(room, visit)["messages"] == []
    assert "again" in views.clock(room, visit)["line"]


def test_a_ruling_stands_with_the_message_that_it_is_about(room: Room, join: Joined) -> None:
    visit, other = join(PLAYER, Party.POLICE), join(PLAYER, Party.ARMY)
    for seq in (1, 2):
        do(room, Deliver(inject=seq))
    do(room, Overrule(text="it holds", inject=2))
    assert [one["rulings"] for one in views.messages(room, visit)["messages"]] == [["it holds"], []]
    assert [one["rulings"] for one in views.messages(room, other)["messages"]] == [[]]


def test_a_party_sees_what_has_come_of_its_requests(room: Room, join: Joined) -> None:
    visit, colleague, other = join(PLAYER, Party.POLICE), join(PLAYER, Party.POLICE), join(PLAYER, Party.ARMY)
    do(room, Jump(to=LATER))
    send = Order(lever=Lever.SEND, unit="reserve/POLRES/2", incident="s1")
    first = do(room, Propose(orders=(send,)), visit.device.name, PLAYER)
    second = do(room, Propose(text="more"), colleague.device.name, PLAYER)
    third = do(room, Propose(text="still more"), visit.device.name, PLAYER)
    do(room, Propose(text="theirs"), other.device.name, PLAYER)
    do(room, Decide(text="yes", proposal=first))
    do(room, Decline(proposal=second, why="none left"))
    found = views.requests(room, visit)["requests"]
    assert [one["number"] for one in found] == [third, second, first]
    assert [(one["is_open"], one["decided"], one["declined"], one["why"]) for one in found] == [
        (True, False, False, ""), (False, False, True, "none left"), (False, True, False, ""),
    ]  # fmt: skip
    assert "Bomb threat" in found[2]["orders"][0]


def test_an_order_about_what_is_unknown_says_no_more_than_who_wrote_it(room: Room) -> None:
    do(room, Jump(to=624.0))
    send = Order(lever=Lever.SEND, unit="nobody", incident="s1")
    assert called.order(room.day(), send) == "Send nobody to s1"


@pytest.mark.parametrize("party", Party)
def test_levers_are_those_that_the_party_may_pull(party: Party) -> None:
    assert {one["lever"] for one in asked.levers(party)} == {str(lever) for lever in LEVERS[party]}
    assert asked.levers(None) == []


def test_what_is_chosen_from_a_list_is_found_again(room: Room) -> None:
    gazetteer = room.live.world.gazetteer
    for name, found in asked.lists(gazetteer, {"station", "road", "place"}).items():
        assert found
        for one in found:
            assert gazetteer.find(one["value"], name) == gazetteer.find(one["text"], name)
    assert asked.lists(gazetteer, {"road"}).keys() == {"road"}


def test_units_to_choose_from_are_the_partys_own_and_can_leave(room: Room) -> None:
    day = room.day()
    names = {unit["value"] for group in asked.units(day, Party.POLICE) for unit in group["units"]}
    assert any(name.startswith("reserve/") for name in names)
    assert names.isdisjoint({unit.spec.name for unit in day.fleet.units if unit.spec.stays})
    assert asked.units(day, Party.SUPERVISOR) == []
    health = {unit["value"] for group in asked.units(day, Party.HEALTH) for unit in group["units"]}
    assert health and names.isdisjoint(health)


def test_an_evaluators_last_rating_counts_and_nobody_elses_shows(room: Room, join: Joined) -> None:
    visit, other = join(EVALUATOR), join(EVALUATOR)
    for seq in (1, 2):
        do(room, Deliver(inject=seq))
    do(room, Rate(inject=1, rating=Rating.P, text="first"), visit.device.name, EVALUATOR)
    do(room, Rate(inject=1, rating=Rating.M, text="corrected"), visit.device.name, EVALUATOR)
    do(room, Rate(inject=2, rating=Rating.U), other.device.name, EVALUATOR)
    do(room, Observe(text="seen", inject=2), visit.device.name, EVALUATOR)
    found = evaluate.ratings(room, visit)
    assert [one["number"] for one in found["injects"]] == [2, 1]
    assert found["injects"][0]["rating"] is None
    assert [one["text"] for one in found["injects"][0]["observations"]] == ["seen"]
    assert (found["injects"][1]["rating"]["letter"], found["injects"][1]["rating"]["text"]) == ("M", "corrected")
    assert (found["left"], found["all"], found["first"]) == (1, 2, 2)


def test_the_clock_says_how_it_goes(room: Room, join: Joined, wall: WallClock) -> None:
    visit = join(PLAYER, Party.POLICE)
    assert views.clock(room, visit)["says"] == "The clock is paused"
    do(room, Run(speed=2.0))
    wall.wind(10.75)
    found = views.clock(room, visit)
    assert (found["time"], found["speed"], found["is_running"]) == (called.clock(room.about.start + 21), "2.000", True)
    assert "2 scenario minutes" in found["says"]
    with spoken(Language.INDONESIAN):
        assert views.clock(room, visit)["time"] == called.clock(room.about.start + 21) and "." in called.clock(0.0)
    do(room, End())
    found = views.clock(room, visit)
    assert (found["says"], found["is_running"], found["is_over"]) == ("The exercise is over", False, True)


def test_a_room_that_is_read_only_says_so_without_a_path(room: Room, join: Joined) -> None:
    visit = join(PLAYER, Party.POLICE)
    room.read_only = f"the room is read-only: {room.folder}: no space"
    page = rendered("table/clock.html", visit, **views.clock(room, visit))
    assert "takes nothing in" in page
    assert str(room.folder) not in page


def found_answer() -> dict[str, Any]:
    """Return an answer of four futures: an option that loses half the votes and sends a force in time in one more."""
    plan = {measure: [0.0] * 4 for measure in Measure}
    plan[Measure.VOTES_LOST] = [100.0, 200.0, 300.0, 400.0]
    plan[Measure.RED_FORCE] = [10.0, 20.0, float("inf"), float("inf")]
    plan[Measure.PEOPLE_HURT] = [3.0] * 4
    option = {**plan, Measure.VOTES_LOST: [50.0, 100.0, 150.0, 500.0]}
    return Found(
        strategy="central_reserve", replication=0, time=LATER, until=780.0, futures=4, focus="s1",
        plan=Told({m: range_of(v) for m, v in plan.items()}),
        options=(
            Weighed(
                "more", {m: range_of(v) for m, v in option.items()},
                {m: difference_of(option[m], plan[m]) for m in Measure}, (),
            ),
        ),
    ).written()  # fmt: skip


def test_an_answer_is_shown_as_ranges_when_it_was_shown_and_not_before(room: Room) -> None:
    do(room, Jump(to=LATER))
    question = do(room, Ask(options=(Option(title="more"),), focus="s1"))
    room.do(Answer(question=question, found=found_answer()), by="siaga", role=None)
    assert answered.shown(room.state, room.day()) == []
    do(room, Show(question=question))
    (one,) = answered.shown(room.state, room.day())
    assert one["courses"][1] == "more"
    assert one["focus"].startswith("Bomb threat")
    (votes,) = one["measures"]
    plan, option = votes["rows"]
    assert plan["text"] == "about 250, between 130 and 370 votes"
    assert option["better"] == "better in 3, worse in 1 of 4"
    assert plan["bar"]["x"] + plan["bar"]["width"] <= 100
    alike = [title(measure, 780.0, of_one=True) for measure in (Measure.RED_FORCE, Measure.PEOPLE_HURT)]
    assert len(one["alike"]) == 2
    assert all(text.startswith(f"{said}: ") for text, said in zip(one["alike"], alike, strict=True))
    assert "never in 2" in one["alike"][0]


def test_an_answer_that_was_overruled_is_marked_and_so_is_its_decision(room: Room, join: Joined) -> None:
    visit = join(RoomRole.PROJECTOR)
    do(room, Jump(to=LATER))
    question = do(room, Ask(options=(Option(title="more"),), focus="s1"))
    room.do(Answer(question=question, found=found_answer()), by="siaga", role=None)
    do(room, Show(question=question))
    do(room, Decide(text="so be it", who="chief", why="time presses", question=question))
    assert not screen.decisions(room, visit)["decisions"][0]["is_overruled"]
    do(room, Overrule(text="they are not there", question=question))
    (one,) = screen.answers(room, visit)["answers"]
    assert one["rulings"] == ["they are not there"]
    (decision,) = screen.decisions(room, visit)["decisions"]
    assert decision["is_overruled"]
    assert (decision["text"], decision["reason"]) == ("so be it", "decided by chief, because: time presses")
    page = rendered("table/answers.html", visit, **screen.answers(room, visit))
    assert "Overruled by the facilitator" in page


def test_an_answer_about_what_the_centre_does_not_know_does_not_name_it(room: Room) -> None:
    do(room, Jump(to=624.0))
    question = do(room, Ask(options=(Option(title="more"),), focus="s1"))
    room.do(Answer(question=question, found=found_answer()), by="siaga", role=None)
    do(room, Show(question=question))
    (one,) = answered.shown(room.state, room.day())
    assert one["focus"] == ""


def test_an_answer_that_cannot_be_read_shows_nothing_but_what_was_ruled(room: Room) -> None:
    question = do(room, Ask(options=(Option(title="more"),)))
    room.do(Answer(question=question, found={"of": "another version"}), by="siaga", role=None)
    do(room, Overrule(text="as before", question=question))
    do(room, Show(question=question))
    (one,) = answered.shown(room.state, room.day())
    assert (one["courses"], one["measures"], one["rulings"]) == ([], [], ["as before"])


def test_the_ground_is_on_the_plane_on_which_things_move(room: Room, join: Joined) -> None:
    do(room, Jump(to=LATER))
    visit = join(RoomRole.PROJECTOR)
    ground, moving = maps.ground(room, visit)["map"], maps.moving(room, visit)
    assert moving["units"]
    for _, _, _, x, y, _ in moving["units"]:
        assert -200 <= x <= ground["width"] + 200
        assert -200 <= y <= ground["height"] + 200
    station = room.live.world.region.stations.code.index("T3.1/01")
    (threat,) = [one for one in moving["incidents"] if one["id"] == "s1"]
    assert threat["x"] == round(ground["stations"][0][station] / 10)
    assert threat["y"] == round(ground["stations"][1][station] / 10)
