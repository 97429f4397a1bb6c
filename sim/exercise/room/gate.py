"""What every request passes first: which host, which method, from which page; in which language it is answered."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sim.exercise.room.answers import refused
from sim.words import room_server as words
from sim.words.language import Language, spoken

LANGUAGE = "language"
"""The cookie in which a device keeps its language."""
HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
"""On every answer."""


class Gate:
    """Refuses what no page of the room sends, before anything else looks at it.

    Args:
        app: What is behind it.
        hosts: By which names and addresses the room may be asked; a page elsewhere whose name leads here is refused.
        language: In which a device is answered that asks for none that is spoken.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str], language: Language) -> None:
        self.app, self.hosts, self.language = app, hosts, language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        with spoken(language_of(headers, self.language)):
            refusal = self._refusal(scope["method"], headers)
            await (refusal or self.app)(scope, receive, _with_headers(send))

    def _refusal(self, method: str, headers: Headers) -> Response | None:
        host = headers.getlist("host")
        if len(host) != 1 or _name(f"//{host[0]}") not in self.hosts:
            return refused(words.WRONG_HOST, 421)
        if method not in ("GET", "HEAD", "POST"):
            return refused(words.WRONG_METHOD, 405, {"allow": "GET, HEAD, POST"})
        if method == "POST" and not _from_here(headers, host[0]):
            return refused(words.WRONG_ORIGIN, 403)
        return None


def _name(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        _port = parts.port  # refuses what is no number
        return parts.hostname if parts.username is None and not parts.path else None
    except ValueError:
        return None


def _from_here(headers: Headers, host: str) -> bool:
    """Say whether a page of the room sent something: every browser of today tells at least one of the two."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is None and site is None:
        return False
    return (origin is None or origin == f"http://{host}") and (site is None or site == "same-origin")


def language_of(headers: Headers, otherwise: Language) -> Language:
    """Return the language of a device: what it has chosen, else the first that its browser asks for and is spoken."""
    chosen = cookie_parser(headers.get("cookie", "")).get(LANGUAGE, "")
    asked = headers.get("accept-language", "").split(",")[:20]
    wanted = [chosen, *(one.partition(";")[0].strip()[:2].lower() for one in asked)]
    spoken_here = {str(language): language for language in Language}
    return next((spoken_here[one] for one in wanted if one in spoken_here), otherwise)


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if "cache-control" not in headers:
                headers["cache-control"] = "no-store"
        await send(message)

    return sent
