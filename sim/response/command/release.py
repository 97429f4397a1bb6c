"""Who is let go when the centre has known for a while that a disturbance is milder than it was."""

from __future__ import annotations

import simpy

from sim.clock import Process
from sim.response.command.retasking import Sent, not_needed, whole_from
from sim.response.emergency import Emergency
from sim.response.ledger import Ledger
from sim.strength import NOBODY, Strength
from sim.vocabulary import Severity


class Release:
    """Lets go whom a disturbance no longer needs: all that it asks for is there first, and nobody holds out in vain.

    Args:
        env: The clock.
        ledger: The tasks of units.
        after: So long it must have been milder, minutes; None: nobody is let go.
        there: Who is at a disturbance without a task for it.
    """

    def __init__(
        self,
        env: simpy.Environment,
        ledger: Ledger,
        *,
        after: float | None,
        there: dict[str, Strength],
    ) -> None:
        self.env = env
        self.ledger = ledger
        self.after = after
        self.there = there
        self._news: dict[str, int] = {}  # how often it has been told of each that it is worse than before

    def heard(self, emergency: Emergency, before: Severity) -> None:
        """The centre has handled news of a disturbance, which was so bad before as far as it knew."""
        if self.after is None:
            return
        if emergency.severity > before:
            self._news[emergency.identity] = self._news.get(emergency.identity, 0) + 1
        elif emergency.severity < before:
            self.env.process(self._let_go(emergency, self.after))

    def _let_go(self, emergency: Emergency, after: float) -> Process[None]:
        """Process: let go who is not needed when it has not become worse for so long; again until all are there."""
        news, is_whole = self._news.get(emergency.identity), False
        while not is_whole:
            yield self.env.timeout(after)
            if emergency.is_over or self._news.get(emergency.identity) != news:
                return
            is_whole = self._spare(emergency)

    def _spare(self, emergency: Emergency) -> bool:
        """Let go who is not needed; return whether all that is asked for is there."""
        tasks = {task.number: task for task in self.ledger.open_tasks(emergency.identity)}
        can_go = [task for task in tasks.values() if task.sent and not task.of_post]
        others = sum(
            (task.unit.spec.provides for task in tasks.values() if task not in can_go),
            self.there.get(emergency.identity, NOBODY),
        )
        sent = [Sent(task.number, task.unit.spec.provides, self.ledger.arrives(task)) for task in can_go]
        now = float(self.env.now)
        for number in not_needed(sent, others, emergency.need, now=now):
            tasks[number].let_go()
        return whole_from(sent, others, emergency.need) <= now
