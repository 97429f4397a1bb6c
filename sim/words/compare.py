"""Every word of a comparison between runs: the terminal's tables, the sentences, the page."""

from __future__ import annotations

from sim.words.language import translate

RUN = "{number}  {name}: {days} days"
RUN_PARTIAL = "{number}  {name}: partial, {days} of {planned} days"
DAYS = "{days}"
DAYS_PARTIAL = "partial: {days} of {planned}"
HEADINGS = {
    "runs": "The runs, by what differs",
    "summary": "Summary of {runs} runs",
    "sweep": "The {runs} runs of this sweep:",
    "values": "{strategy}: values with {percent} intervals",
    "regret": "How much each plan loses against the best plan of each scenario",
    "settings": "What differs",
    "page": "Runs compared",
    "conclusion": "What can be said",
    "differences": "Differences between the runs",
}
COLUMNS = {
    "setting": "setting",
    "measure": "measure",
    "plan": "plan",
    "scenario": "scenario",
    "largest": "largest",
    "run": "run",
    "region": "region",
    "weather": "weather",
    "strategies": "strategies",
    "days": "days",
    "command": "command",
    "seed": "seed",
    "difference": "difference",
    "not_paired": "not paired",
    "unpaired": "difference, not paired",
}
NOTES = {
    "regret": "Regret, with an interval that holds for all plans and scenarios at once, whichever plan is truly best. "
    "0 is the plan that did best there; the bare number is too large on average, as the best is in part the luckiest.",
    "largest": "largest: the most that the plan loses in any of these scenarios.",
    "differences": "Differences are from {baseline}; of shares in points; ∞ where one of the two is never.",
    "across": "Differences are from {of} ({baseline}); of shares in points; ∞ where one of the two is never.",
    "summary": "Below each value its {percent} interval.",
    "least": "Bold: may be the plan that loses least at worst.",
    "same": "Same incidents: those that the measure above counts under every plan, in each of the runs that met the "
    "same days, on the same day; what is concluded rests on them.",
}
SENTENCES = {
    "same": "{name} is the same as {baseline}: no setting that a day depends on differs, and neither does the seed.",
    "identical": "Every difference is zero.",
    "partial": "Partial: {name} has {days} of {planned} days finished; the rest: simulate resume.",
    "paired": "{name} and {baseline} met the same days: differences are paired, on {days} days.",
    "common": "Compared are the days that these runs have in common, {days} of them: {names}.",
    "unpaired": "{name} and {baseline} are not paired: {why}. Their days differ by chance as well, and the intervals "
    "are wider for it.",
    "no_common": "{name} has no strategy in common with {baseline}, and one of them has several: they are not held "
    "against each other.",
    "program": "{name} was played by another version of the program than {baseline}: some of the difference may come "
    "from that.",
    "from": "What follows is against {baseline}.",
    "against": "{name}, {strategy}: {what}.",
    "across": "{name}, {strategy} against {of}: {what}.",
    "too_few_days": "Nothing is concluded from {days} days: their intervals are wrong too often. Play at least {least} "
    "(run.replications).",
    "regret_shown": "Over these {scenarios} scenarios {plan} loses least at worst on {subjects}.",
    "regret_open": "On {subjects} it is not shown which plan loses least at worst.",
    "everywhere": "Only plans that were played in every scenario can lose least at worst; not so {plans}.",
}
WHY_UNPAIRED = {
    "seed": "their seeds differ",
    "region": "their regions differ",
    "voters": "their voters or the rules of voting differ",
}
NUMBERED = "run {number}"
AS_PAGE = "The same as a page: --html FILE"
PAGE_AT = "Page: {file}"
EDITED = (
    "'{file}': there is something else in its place, or it was edited since it was written, and it is not written "
    "over; name another file (--html)"
)
CANNOT_WRITE = "'{file}': the page cannot be written ({why}); name another file (--html)"

translate(__name__)
