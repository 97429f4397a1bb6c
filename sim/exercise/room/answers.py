"""Short answers: that something was refused, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import escape
from starlette.responses import HTMLResponse

from sim.text import shown


def refused(sentence: str, status: int, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """Return a refusal: a sentence that a page shows at its top.

    Args:
        sentence: Why; whatever of it was sent by somebody is escaped here.
        status: Of HTTP.
        headers: More headers of the answer.
    """
    return HTMLResponse(f"<p>{escape(shown(sentence))}</p>", status, headers)
