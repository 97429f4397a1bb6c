"""The pages and parts of players, evaluators and the projector; the map is the console's too."""

from __future__ import annotations

from sim.exercise.room.parts import Page, Part
from sim.exercise.room.table import evaluate, maps, screen, views
from sim.exercise.session.actions import (
    Acknowledge,
    Back,
    Decide,
    Decline,
    Deliver,
    End,
    GoTo,
    Jump,
    Observe,
    Overrule,
    Pause,
    Propose,
    Rate,
    RoomRole,
    Run,
    Show,
    Undo,
)

_PLAYER, _EVALUATOR = frozenset({RoomRole.PLAYER}), frozenset({RoomRole.EVALUATOR})
_PROJECTOR = frozenset({RoomRole.PROJECTOR})
_ELSEWHERE = (Back, GoTo, Undo)
"""After these everything may be otherwise."""
_DAY = (Decide, Jump, *_ELSEWHERE)
"""After these the day itself is otherwise, also while its clock stands."""
_CLOCK = (Run, Pause, Jump, Back, GoTo, End)
_GIVEN = (Deliver, Overrule, *_ELSEWHERE)

PARTS = (
    Part("table-clock", _PLAYER | _EVALUATOR | _PROJECTOR, "table/clock.html", views.clock, by=_CLOCK),
    Part("table-messages", _PLAYER, "table/messages.html", views.messages, by=(Acknowledge, *_GIVEN)),
    Part("table-requests", _PLAYER, "table/requests.html", views.requests, by=(Propose, Decide, Decline, *_ELSEWHERE)),
    Part("table-knows", _PLAYER | _PROJECTOR, "table/knows.html", views.knows, by=_DAY, live=True, shared=True),
    Part("ground", frozenset(RoomRole) - _EVALUATOR, "", maps.ground, by=(), shared=True),
    Part("map", frozenset(RoomRole) - _EVALUATOR, "", maps.moving, by=_DAY, live=True, shared=True),
    Part("table-everybody", _PROJECTOR, "table/everybody.html", screen.everybody, by=_GIVEN),
    Part("table-decisions", _PROJECTOR, "table/decisions.html", screen.decisions, by=(Decide, Overrule, *_ELSEWHERE)),
    Part("table-answers", _PROJECTOR, "table/answers.html", screen.answers, by=(Show, Overrule, *_ELSEWHERE)),
    Part("table-ratings", _EVALUATOR, "table/ratings.html", evaluate.ratings, by=(Rate, Observe, *_GIVEN)),
    Part("table-observations", _EVALUATOR, "table/observations.html", evaluate.observations, by=(Observe,)),
)
PAGES = (
    Page(None, "table/join.html", views.join),
    Page(RoomRole.PLAYER, "table/play.html", views.play),
    Page(RoomRole.EVALUATOR, "table/evaluate.html", evaluate.evaluate),
    Page(RoomRole.PROJECTOR, "table/screen.html", screen.screen),
)
