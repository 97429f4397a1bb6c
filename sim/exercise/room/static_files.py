"""Scripts and styles of the pages, from a fixed list: no path of a request ever becomes that of a file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from starlette.responses import Response

TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "svg": "image/svg+xml"}
FILES = (
    "htmx.min.js", "sse.min.js", "room.js", "room.css", "console.js", "console.css", "table.js", "table.css", "map.js",
    "map.css",
)  # fmt: skip
"""All that can be asked for below ``/static/``."""


@cache
def _content(name: str) -> bytes | None:
    file = files("sim.exercise.room") / "static" / name
    return file.read_bytes() if file.is_file() else None


def static(name: str) -> Response | None:
    """Return a file of the list; None for any other name."""
    content = _content(name) if name in FILES else None
    if content is None:
        return None
    return Response(content, headers={"cache-control": "no-cache"}, media_type=TYPES[name.rpartition(".")[2]])
