"""What is said where a plan or a scenario of one's own is made and checked, and in the files that are written."""

from __future__ import annotations

from sim.words.language import translate

NOT_A_NAME = "{command} new {name}: {allowed}"
PACKAGED = "{command} new {name}: there is a packaged {what} of this name; call yours otherwise, to tell the two apart"
THERE = "{file}: is there already, and nothing is overwritten; take another name, or delete it first"
NOT_WRITTEN = "{file}: cannot be written ({why})"
XLSX_ALONE = "--xlsx: it says how the tables of --posts are written; add --posts"
WRITTEN = "{file}: written, from {origin}"
TABLE = "{file}: a row for each of {rows} {what}"
ROWS = {
    "posts": "posts", "patrols": "patrols", "reserves": "reserve teams",
    "standing_guards": "offices with a standing guard",
}  # fmt: skip
CHECK = "check it:  {command}"
PLAY = "play it:   {command}"
SHIFTS = {
    "patrols": (
        "patrols: they have shifts of their own, which a table cannot hold; they stay as they are in the settings"
    ),
    "reserves": (
        "reserves: they have shifts of their own, which a table cannot hold; they stay as they are in the settings"
    ),
}

STRATEGY_HEAD = (
    "A strategy of your own: who stands where, who waits, who is sent. Written from '{origin}', whose settings it has "
    "in full: change what is to differ.",
    "What may stay as it is may be left out, with 'defaults: [{origin}, _self_]' as the first line.",
    "Check it: simulate strategy check {name}{where}. Names of places and bases: simulate places, simulate bases; "
    "rules of dispatch, relocation, command and escort: simulate policies.",
)
SCENARIO_HEAD = (
    "A scenario of your own: what happens on the day. Written from '{origin}': change what is to differ.",
    'Times are written in quotes, like "09:40". The title, the description and the objectives name what happens by its '
    "setting, as in {{incidents[0].onset}}, and so stay true when it is changed.",
    "Check it: simulate check {file}. Names of places: simulate places WORD; kinds of disturbance: simulate kinds; "
    "strategies: simulate strategies.",
)
MEANT = "Allowed: {allowed}."
GROUPS = ("", "One of:")
ITEMS = ("A list; each item:", "A list; each item is one of:")
"""What is said before one group of settings, and before several of which one is taken."""
EACH = "and in each of these:"
AS = "As {key}."
NULL_OR = "Or null. {text}"
OR_NULL = "{text} or null"
CLOCK = 'a time, "HH:MM"'
ONSET = 'a time, "HH:MM", or two, ["HH:MM", "HH:MM"]: drawn evenly between them'
TWO = "two names"
NAME = "a name"
FILE = "a file"
MAPPING = "names, each with what belongs to it"
DELAY = "such as {mean_minutes: 10, cv: 0.5}"
OTHER_SETTINGS = "Other settings of the model that this scenario changes; simulate scenario={origin} --cfg prints all."
CHOICES = "Choices of a group, such as - override /weather: heavy_rain; weather is one of {weather}."
COMPARED = "The strategies that are compared, on the same days; differences are taken from the first. A list of names."

STRATEGIES_IN = "Strategies in {region}"
SPENDING = {
    "posts": "posts", "guard": "officers\nat posts", "patrol": "patrol", "reserve": "reserve", "left": "left",
    "wardens": "wardens\nat posts", "wardens_left": "left",
}  # fmt: skip
"""How many posts, what the officers do, how many are left unspent; the same for wardens, who all stand at stations."""
FINE = "{what}: fine. {title}; checked in scenario {scenario}, in {region}."
SPENDS = "What '{name}' spends, by district"
COLUMNS = (
    "", "stations", "voters", "posts", "officers\nat posts", "on\npatrol", "in\nreserve", "officers\nin all",
    "voters an\nofficer", "wardens", "vehicles",
)  # fmt: skip
"""Columns of what a strategy spends; the first is the district."""
OUTSIDE = "outside the region"
TOTAL = "in all"
BUDGET = "budget"
LEFT = "left"
NOBODY = "strategy '{name}': no officer of it is in {district} ({stations:,} stations, {voters:,} voters)"
UNSPENT = "strategy '{name}': {left:,} of {available:,} {agency} are left unspent"
NONE = "–"
LEFT_OUT = "{group} '{name}' is left out: {why}"
SPENDS_MORE = "spends more than there is"

translate(__name__)
