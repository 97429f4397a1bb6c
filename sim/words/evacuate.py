"""The words of `simulate evacuate`: how soon everybody is safe."""

from __future__ import annotations

from sim.words.language import translate

TITLE = "{title}: {people} people leave"
SORTS = {
    "voters_inside": "voters inside",
    "voters_in_line": "voters in line",
    "crew": "crew",
    "officers": "officers and wardens",
    "spectators": "spectators",
}
SHARES = {0.5: "half of them safe", 0.9: "90 % safe", 0.95: "95 % safe", 1.0: "the last one safe"}
MINUTES = "{what:20} {minutes:>11}"
FINITE = "{minutes:.2f} min"
NEVER = "never"
STRANDED = "{people} of them never get out: no exit that they can reach is open."
BOTTLENECK = "Most waited for: {name} ({minutes} person-minutes)"
NO_BOTTLENECK = "Nobody waited."
BOUND = "at the least         {minutes:>11}   whatever ways they take, if all walk off at once at full speed"
RATIO = "  times as long      {ratio:>7}"
EXITS = "Exits: {exits}"
EXIT = "{name} {state}"
STATES = {0.0: "shut", 1.0: "free"}
PART_OPEN = "{percent:.0f} % open"
WRITTEN = "Figure: {file}"
NOT_WRITTEN = "--figure {file}: cannot be written ({why})"
NO_PICTURE = "--figure {file}: its name must end in .png, .svg or .pdf"
NO_OPENING = "--open {text}: an opening is EXIT=SHARE, such as gate=0.5, with a share from 0 to 1"
OF_A_SITE = (
    "--people, --blocked, --open, --figure and --json are about a site, not about --area; its pictures: --out FOLDER"
)
OF_AN_AREA = "--closed, --seed and --out are about an area: give --area PLAN"
NO_LAYOUT = "one layout is needed: {known}, or a file that ends in .yaml"
FIGURE = "{title}: {people} people leave"
FIGURE_X = "minutes from the order"
FIGURE_Y = "share safe"
FIGURE_CURVE = "safe"
FIGURE_BOUND = "the last cannot be safe before {minutes} min"
FIGURE_STRANDED = "{people} never get out"

translate(__name__)
