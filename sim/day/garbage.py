"""One sweep for the garbage of a day, after it, in place of dozens while it is played."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def swept_at_end() -> Generator[None, None, None]:
    """Let what is made inside be looked through for garbage once, at the end, and not again and again meanwhile.

    Processes on a clock refer to each other in circles, so only the collector frees them. Left alone it looks through
    all that the process holds several times on a busy day, nearly all of it still in use. Where the caller has switched
    it off, it stays off and nothing is collected.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect(0)
