"""Numbers as people write them: plain decimals, the same in tables, settings and on the command line.

``010`` is eight to one program and ten to another, ``1:30`` ninety, ``1_000`` a thousand or no number at all. Here only
what every program reads alike is a number: the digits 0 to 9 without a zero before them, a minus before them where it
makes sense, and at most one dot within.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from sim.words.language import marked

PLAIN = marked("a number is written in plain decimals, such as 12, -3 or 0.5")
"""What is allowed, for messages, where it is translated."""
LONGEST = 330
"""Characters of a number; what the smallest double needs when it is written out."""
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def is_plain(text: str) -> bool:
    """Return whether a text is a plain decimal."""
    return len(text) <= LONGEST and _PLAIN.fullmatch(text) is not None


def looks_like_number(text: str) -> bool:
    """Return whether some program reads this text as a number: hexadecimal, with an exponent, other scripts' digits."""
    if text.lstrip("+-").lower() in (".inf", ".nan"):
        return True
    if not any(character.isdecimal() for character in text):
        return False
    bare = text.replace("_", "")
    if len(bare) > LONGEST:  # Python refuses to read thousands of digits
        return bare.strip("+-.").replace(".", "", 1).isdecimal()
    return _is_read(float, bare) or _is_read(partial(int, base=0), bare)


def _is_read(read: Callable[[str], float], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def written(value: float) -> str:
    """Write a finite number as a plain decimal with a dot, which is read back the same to the last bit."""
    text = repr(value)
    if "e" not in text:
        return text
    plain = format(Decimal(text), "f")
    return plain if "." in plain else f"{plain}.0"
