"""Dispatch alone: calls, units and a rule of dispatch, without an election, a region or roads; as long as asked.

The rules are the day's own (:mod:`sim.response.command.dispatch`), and so is what is recorded: a call is handled,
a unit is ordered, gets ready, travels, works there, and comes home. Two engines play it
(:class:`~sim.alone.choices.Engine`): ``events`` knows the end of a task when it begins, and so needs one event a call;
``posko`` lets the day's own operations centre, fleet and ledger play the same calls. Both give the same units and the
same times.
"""
