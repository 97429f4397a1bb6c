"""The words of `simulate roads`: what became of the lines of a map."""

from __future__ import annotations

from sim.words.language import translate

READ = "{file}: {lines} with '{key}', {km} km; passed over: {without} without it, {no_lines} that are no lines."
TAKEN = "Taken as roads:"
DROPPED = "Dropped, as no car drives there:"
UNKNOWN = "Dropped, as nobody has said what they are:"
VALUE_TAKEN = "  {value} -> {road_class}: {lines}, {km} km"
VALUE = "  {value}: {lines}, {km} km"
MORE_VALUES = "  … and {count} values more: {lines}, {km} km"
BARRED = "Dropped, as closed to vehicles: {lines}, {km} km."
ONE_WAY = "One-way: {lines}, {km} km; taken in both directions, as the table of roads has no directions."
MISSING = "Points of lines that the file does not hold: {count}; the lines are broken there."
SNAPPED = "Places on the network: {snapped} of {places} within {limit} km of a road, half of them within {median} km."
FARTHEST = "  Farthest: {places}."
MOVED = "Not on their nearest road, which leads to no other place, but on the next: {places}."
NOT_SNAPPED = "Not on the network: {places}."
CONNECTED = "All places on the network are connected."
PARTS = "The network has {count} parts that no road joins:"
PART = "  {count} places: {places}"
PART_OF_ONE = "  1 place: {places}"
PLACE_AWAY = "{name} ({code}) {km} km"
PLACE = "{name} ({code})"
MORE = "… and {count} more"
SAME_POINT = "At the same point of the network as another place, and joined to it in a straight line: {places}."
RAISED = (
    "As long as the straight line between their places, which lie off the road: {roads}; the way along the road is up "
    "to {most} km shorter."
)
LONGER = (
    "Ways on these roads are at most {longest} km longer than the shortest on the network, {share} on average "
    "(--through {through}: a road past a place leads through it where that is no more than this longer)."
)
SLOWER = (
    "Ways on these roads take at most as much longer than the quickest on the network as {longest} km of the fastest "
    "road, {share} on average (--through {through}: a road past a place leads through it where that is no more than "
    "this longer)."
)
WRITTEN = "{out}: {roads}, {km} km ({classes})."
ROADS = ("{count} road", "{count} roads")
LINES = ("{count} line", "{count} lines")

WARN_NOT_SNAPPED = "{place}: no road within {limit} km; a region whose places are not all connected is refused"
WARN_CUT_OFF = "{place}: no road leads from there to {main}; a region whose places are not all connected is refused"
WARN_UNKNOWN = "'{value}' is not known as a kind of road: {lines}, {km} km dropped; --class {value}=local takes them"

NO_ROADS = "{file}: no line in it is a road; '{key}' is {values}; --class VALUE=CLASS says which road a value is"
NO_STRETCH = "{file}: none of its roads has two points, or the file does not hold them"
TOO_LONG = "{file}: its roads have {km} km; {most} at most are possible: cut out the surroundings of the region"
NOBODY = "{file}: no village is reached by a road: the nearest is {km} km from {place}, and --snap allows {limit} km"
SWAPPED = "; it looks as if latitude and longitude are swapped"
NO_PAIR = "{file}: no village is reached by a road from any other place: the network is in pieces round each of them"
TOO_MANY = "{folder}: has {count} villages and outside nodes; a network is imported for {most} at most"
OUTSIDE = "{option} {value}: is not a number from 0 to {most} km"
NO_RULE = "--class {rule}: a rule is VALUE=CLASS, such as path=local or residential=drop"
NO_CLASS = "--class {rule}: unknown class '{name}'; {hint}"
TWICE = "--class {rule}: '{value}' has a rule already"
THERE = "--out {out}: is there already; --overwrite replaces it"
NOT_CSV = "--out {out}: its name must end in .csv"
NOT_WRITTEN = "--out {out}: cannot be written ({why})"

translate(__name__)
