"""The room as a web application: which address answers what, to whom."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from sim.errors import UserError
from sim.exercise.inject import Party
from sim.exercise.room.answers import refused
from sim.exercise.room.clockwork import Clockwork
from sim.exercise.room.doors import Doors, new_device
from sim.exercise.room.forms import MOST_BODY, THEN, Fields, action_of, key_of, one, read_form
from sim.exercise.room.gate import LANGUAGE, Gate
from sim.exercise.room.lobby import Lobby
from sim.exercise.room.parts import HOMES, NOBODY, Device, Page, Part, Visit
from sim.exercise.room.questions import Answering, Questions
from sim.exercise.room.render import rendered
from sim.exercise.room.shared import Shared
from sim.exercise.room.static_files import static
from sim.exercise.room.stream import Hub
from sim.exercise.session.actions import Add, Deliver, Join, Leave, RoomRole
from sim.exercise.session.entry import SIAGA, Entry
from sim.exercise.session.room import Room
from sim.exercise.session.store import CannotWrite
from sim.words import room_server as words
from sim.words.language import Language

SEQ = "siaga-seq"
"""The header that says which number in the log an action has got."""
PATIENCE_S = 15.0
"""How long a form may take to arrive."""
_YEAR_S = 365 * 24 * 3600
_JOINING = frozenset({RoomRole.PLAYER, RoomRole.EVALUATOR, RoomRole.PROJECTOR})


class Desk:
    """Answers requests.

    Args:
        room: The room.
        lobby: What the server knows beside it.
        pages: The page of each role, and the one by which devices join.
        parts: All parts of pages.
        doors: Who may come in.
    """

    def __init__(
        self, room: Room, lobby: Lobby, pages: Iterable[Page], parts: Iterable[Part], doors: Doors | None = None
    ) -> None:
        self.room, self.lobby = room, lobby
        self.doors = doors or Doors(room.secret)
        self._pages = {page.role: page for page in pages}
        self._parts = {part.name: part for part in parts}
        self.hub = Hub(room, lobby, self._parts.values())
        self._shared = Shared(room)

    def routes(self) -> list[Route]:
        """Return which address is answered by what."""
        found = [
            Route("/", self.join_page), Route("/join", self.join, methods=["POST"]),
            Route("/language", self.choose_language, methods=["POST"]),
            Route("/console/take", self.take_over, methods=["POST"]), Route("/static/{name}", self.static),
        ]  # fmt: skip
        for role, home in HOMES.items():
            found += [
                Route(home, self._of(role, self.page)),
                Route(f"{home}/events", self._of(role, self.events)),
                Route(f"{home}/part/{{name}}", self._of(role, self.part)),
                Route(f"{home}/do/{{name}}", self._of(role, self.do), methods=["POST"]),
            ]
        return [*found, Route("/console/{key}", self.open_console)]

    def _of(self, role: RoomRole, answer: Callable[[Request, Device], Any]) -> Callable[[Request], Any]:
        """Return what answers a device of a role, and refuses everybody else."""

        async def answered(request: Request) -> Response:
            device = self._device(request, role)
            if device is None:
                return self._stranger(request, role)
            made: Response = await answer(request, device)
            return made

        return answered

    def _device(self, request: Request, role: RoomRole) -> Device | None:
        name = self.doors.device(request.cookies.get(self.doors.cookie, ""))
        joined = self.room.state.devices.get(name or "")
        if joined is None or joined.role is not role:
            return None
        return Device(joined.device, joined.role, joined.party, joined.label)

    def _stranger(self, request: Request, role: RoomRole) -> Response:
        """Answer one that is not in the room as what it asks for."""
        if request.url.path != HOMES[role]:
            return refused(words.NOT_JOINED, 403)
        if role is RoomRole.FACILITATOR:
            return self._plain(words.PAGE_TITLE, (words.CONSOLE_CLOSED,), 403)
        return RedirectResponse("/", 303)

    def _plain(self, heading: str, sentences: Iterable[str], status: int, take_over: str = "") -> Response:
        page = rendered(
            "room/plain.html", Visit(lobby=self.lobby), heading=heading, sentences=tuple(sentences), take_over=take_over
        )
        return HTMLResponse(page, status)

    def _page(self, page: Page, visit: Visit, status: int = 200) -> Response:
        return HTMLResponse(rendered(page.template, visit, **page.view(self.room, visit)), status)

    async def page(self, request: Request, device: Device) -> Response:
        """Answer with the page of a role."""
        page = self._pages.get(device.role)
        if page is None:
            return refused(words.NO_SUCH_PAGE, 404)
        return self._page(page, Visit(device, self.lobby, dict(request.query_params)))

    async def part(self, request: Request, device: Device) -> Response:
        """Answer with a part of a page."""
        part = self._parts.get(request.path_params["name"])
        if part is None:
            return refused(words.NO_SUCH_PAGE, 404)
        if device.role not in part.roles:
            return refused(words.NOT_YOURS, 403)
        visit = Visit(device, self.lobby, dict(request.query_params))
        if part.shared and not visit.asked:
            return self._shared.get((part.name, device.role, device.party), lambda: self._made(part, visit))
        return self._made(part, visit)

    def _made(self, part: Part, visit: Visit) -> Response:
        found = part.view(self.room, visit)
        return HTMLResponse(rendered(part.template, visit, **found)) if part.template else JSONResponse(found)

    async def events(self, request: Request, device: Device) -> Response:
        """Answer with the stream of events."""
        if request.method != "GET":  # there is nothing to be said of a stream but its events
            raise HTTPException(405)
        self.hub.check(device)
        return StreamingResponse(self.hub.events(device), media_type="text/event-stream")

    async def do(self, request: Request, device: Device) -> Response:
        """Do something, and answer when it is on the disk."""
        fields = await _form(request)
        name, key = request.path_params["name"], key_of(fields)
        entry = self.room.do(action_of(name, fields, self.room.state), by=device.name, role=device.role, key=key)
        if isinstance(entry.action, Add) and one(fields, THEN) == "yes":
            deliver = Deliver(inject=entry.action.inject.seq)
            entry = self.room.do(deliver, by=device.name, role=device.role, key=key and f"{key}-{THEN}")
        return Response(status_code=204, headers={SEQ: str(entry.seq)})

    async def static(self, request: Request) -> Response:
        """Answer with a script or a style."""
        return static(request.path_params["name"]) or refused(words.NO_SUCH_PAGE, 404)

    async def join_page(self, request: Request) -> Response:
        """Answer with the page by which devices join."""
        return self._join_page(request)

    def _join_page(self, request: Request, said: str = "", status: int = 200) -> Response:
        page = self._pages.get(None)
        if page is None:
            return refused(words.NO_SUCH_PAGE, 404)
        return self._page(page, Visit(NOBODY, self.lobby, dict(request.query_params), said), status)

    async def join(self, request: Request) -> Response:
        """Let a device in: fields ``pin``, ``role``, ``party`` (of a player) and ``label``."""
        fields = await _form(request)
        try:
            role, party = _wanted(fields)
            self.doors.check_pin(one(fields, "pin").strip(), role, request.client.host if request.client else "")
            entry = self._let_in(role, party, one(fields, "label"))
        except CannotWrite:
            raise
        except UserError as error:
            return self._join_page(request, str(error), 403)
        return self._welcomed(entry)

    def _let_in(self, role: RoomRole, party: Party | None = None, label: str = "") -> Entry:
        label = " ".join(label.split())
        if len(label) > 120:
            raise UserError(words.TOO_LONG.format(field=words.FIELDS["label"]))
        return self.room.do(Join(device=new_device(), role=role, party=party, label=label), by=SIAGA, role=None)

    def _welcomed(self, entry: Entry) -> Response:
        joined = entry.action
        assert isinstance(joined, Join)
        home = HOMES[joined.role]
        answer = RedirectResponse(home, 303, {SEQ: str(entry.seq)})
        answer.set_cookie(
            self.doors.cookie, self.doors.sealed(joined.device), max_age=_YEAR_S, path=home, httponly=True,
            samesite="strict",
        )  # fmt: skip
        return answer

    async def choose_language(self, request: Request) -> Response:
        """Keep the language of a device: fields ``language``, and ``back``, the page to go back to."""
        fields = await _form(request)
        back = one(fields, "back")
        answer = RedirectResponse(back if back in HOMES.values() else "/", 303)
        if one(fields, LANGUAGE) in tuple(Language):
            answer.set_cookie(LANGUAGE, one(fields, LANGUAGE), max_age=_YEAR_S, httponly=True, samesite="strict")
        return answer

    async def open_console(self, request: Request) -> Response:
        """Let the facilitator in, by the key in the address; ask first where another device has the console."""
        key = request.path_params["key"]
        if not self.doors.is_console(key):
            return self._plain(words.PAGE_TITLE, (words.CONSOLE_CLOSED,), 403)
        if self._device(request, RoomRole.FACILITATOR) is not None:
            return RedirectResponse(HOMES[RoomRole.FACILITATOR], 303)
        if any(self.lobby.is_here(one.device) for one in self.room.state.in_role(RoomRole.FACILITATOR)):
            return self._plain(words.IN_USE, (words.IN_USE_EXPLAINED,), 409, take_over=key)
        return self._console()

    async def take_over(self, request: Request) -> Response:
        """Let the facilitator in, and send out whoever has the console."""
        if not self.doors.is_console(one(await _form(request), "key")):
            return refused(words.CONSOLE_CLOSED, 403)
        return self._console()

    def _console(self) -> Response:
        for other in self.room.state.in_role(RoomRole.FACILITATOR):
            self.room.do(Leave(device=other.device), by=SIAGA, role=None)
            self.hub.close(other.device, lambda: words.TAKEN_OVER)
        return self._welcomed(self._let_in(RoomRole.FACILITATOR))


async def _form(request: Request) -> Fields:
    """Read the form of a request; one without a field may have no type."""
    try:
        body = await asyncio.wait_for(request.body(), PATIENCE_S)
    except TimeoutError as error:
        raise HTTPException(408) from error
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded" and (body or kind):
        raise HTTPException(415)
    return read_form(body)


def _wanted(fields: Fields) -> tuple[RoomRole, Party | None]:
    try:
        role = RoomRole(one(fields, "role"))
        party = Party(one(fields, "party")) if role is RoomRole.PLAYER else None
    except ValueError as error:
        raise UserError(words.NOT_A_FORM) from error
    if role not in _JOINING:
        raise UserError(words.NOT_YOURS)
    return role, party


def _user_error(hub: Hub) -> Callable[[Request, Exception], Any]:
    async def answered(request: Request, error: Exception) -> Response:
        hub.read_only()
        if not isinstance(error, CannotWrite):
            return refused(str(error), 422)
        is_console = request.url.path.startswith(f"{HOMES[RoomRole.FACILITATOR]}/")
        return refused(str(error) if is_console else words.READ_ONLY, 503)

    return answered


async def _http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    sentences = {405: words.WRONG_METHOD, 413: words.TOO_LARGE, 415: words.NOT_A_FORM}
    return refused(sentences.get(error.status_code, words.NO_SUCH_PAGE), error.status_code, error.headers)


async def _gone(_request: Request, _error: Exception) -> Response:
    return Response(status_code=400)


async def _fault(_request: Request, _error: Exception) -> Response:
    return refused(words.FAULT, 500)


def make_app(desk: Desk, hosts: frozenset[str], answering: Answering | None = None) -> Starlette:
    """Return the application.

    Args:
        desk: Answers requests.
        hosts: By which names and addresses it may be asked.
        answering: Works out the room's questions; None: they stay open.
    """
    clockwork = Clockwork(desk.room, desk.hub)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(clockwork.run())
        questions = Questions(desk.room, desk.hub, answering) if answering is not None else None
        if questions is not None:
            questions.start()
        yield
        if questions is not None:
            questions.close()
        task.cancel()

    app = Starlette(
        routes=desk.routes(),
        middleware=[Middleware(Gate, hosts=hosts, language=desk.room.about.language)],
        exception_handlers={
            UserError: _user_error(desk.hub), HTTPException: _http_error, ClientDisconnect: _gone, Exception: _fault,
        },
        lifespan=lifespan,
        max_body_size=MOST_BODY,
    )  # fmt: skip
    app.router.redirect_slashes = False
    return app
