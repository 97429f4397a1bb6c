"""Who may come in: PINs with a limit on guessing, and cookies that only this session can have made."""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sim.errors import UserError
from sim.exercise.session.about import Secret
from sim.exercise.session.actions import RoomRole
from sim.words import room_server as words

TRIES = 5
"""Wrong PINs from one address before it must wait; an assumption."""
FIRST_WAIT_S = 60.0
"""How long it waits then; twice as long for each wrong one after it. An assumption."""
LONGEST_WAIT_S = 1_800.0
TRIES_IN_ALL = 60
"""Wrong PINs from all addresses within :data:`WINDOW_S` before nobody may try for a minute; an assumption.

A day of guessing at that pace finds one of two PINs of six digits with a chance of less than 2 in 100.
"""
WINDOW_S = 600.0
MOST_ADDRESSES = 1_000
"""Addresses whose wrong PINs are remembered."""


@dataclass
class _Guesser:
    wrong: int = 0
    until: float = 0.0


@dataclass
class Guessing:
    """Wrong PINs, and who must wait before trying again.

    Args:
        clock: Seconds that never go back.
    """

    clock: Callable[[], float] = time.monotonic
    _by: dict[str, _Guesser] = field(default_factory=dict)
    _all: deque[float] = field(default_factory=deque)

    def check(self, address: str) -> None:
        """Refuse one who must wait.

        Raises:
            UserError: With how long.
        """
        now = self.clock()
        while self._all and self._all[0] <= now - WINDOW_S:
            self._all.popleft()
        guesser = self._by.get(address)
        left = guesser.until - now if guesser is not None else 0.0
        if len(self._all) >= TRIES_IN_ALL:
            left = max(left, self._all[-1] + FIRST_WAIT_S - now)
        if left > 0:
            raise UserError(words.WAIT.format(seconds=math.ceil(left)))

    def wrong(self, address: str) -> None:
        """Note a wrong PIN."""
        now = self.clock()
        self._all.append(now)
        if address not in self._by and len(self._by) >= MOST_ADDRESSES:
            del self._by[min(self._by, key=lambda one: self._by[one].until)]
        guesser = self._by.setdefault(address, _Guesser())
        guesser.wrong += 1
        if guesser.wrong >= TRIES:
            guesser.until = now + min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(20, guesser.wrong - TRIES))

    def right(self, address: str) -> None:
        """Forget the wrong PINs of an address from which a right one has come."""
        self._by.pop(address, None)


class Doors:
    """What opens a session: the console's key, the PINs, and the cookies of devices that are in.

    Args:
        secret: The session's.
        guessing: Who must wait.
    """

    def __init__(self, secret: Secret, guessing: Guessing | None = None) -> None:
        self._secret, self.guessing = secret, guessing or Guessing()
        self._seal = secret.seal.encode()
        self.cookie = f"siaga-{self._mac('cookie')[:12]}"

    def _mac(self, text: str) -> str:
        return hmac.new(self._seal, text.encode(), hashlib.sha256).hexdigest()

    def sealed(self, device: str) -> str:
        """Return the cookie of a device: its name, and what only the session's key can make of it."""
        return f"{device}.{self._mac(f'device {device}')}"

    def device(self, cookie: str) -> str | None:
        """Return the name of the device of a cookie; None for one that this session has not made."""
        name, _dot, mac = cookie.rpartition(".")
        right = hmac.compare_digest(mac.encode("utf-8", "replace"), self._mac(f"device {name[:100]}").encode())
        return name if name and right else None

    def is_console(self, key: str) -> bool:
        """Say whether a key is the console's."""
        return _same(key, self._secret.console)

    def check_pin(self, pin: str, role: RoomRole, address: str) -> None:
        """Refuse a wrong PIN.

        Raises:
            UserError: When it is wrong, or its address must wait.
        """
        self.guessing.check(address)
        right = self._secret.evaluators if role is RoomRole.EVALUATOR else self._secret.players
        if not _same(pin, right):
            self.guessing.wrong(address)
            raise UserError(words.WRONG_PIN)
        self.guessing.right(address)


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), right.encode())


def new_device() -> str:
    """Return a name for a device that joins."""
    return f"d-{secrets.token_hex(5)}"
