"""What a scenario plays, told as a table: in a check and in the report."""

from __future__ import annotations

from sim.words.language import translate

HEADING = "What the scenario plays"
NOTE = "As it is set, with the places that its names stand for. What starts by itself is drawn anew each day."
NOTHING = "Nothing is written down: what happens starts by itself."
COLUMNS = ("setting", "when", "what", "where", "district", "how large")
FROM_TO = "{begin} to {end}"
FROM = "from {begin}"
DRAWN = "{begin} to {end}, drawn"
WHEN_LATE = "a station opens {minutes:g} min late"
WHEN_WORSE = "{kind} turns {severity}"
ANYTHING = "anything"
AFTER = "{occasion}; after {minutes:g} min"
THERE = "there"
STARTERS = "{people:,} people at the start"
FOLLOWERS = "{number:g} followers"
RADIUS = "{start:g} to {most:g} km around"
LASTS = "for about {minutes:,.0f} min"
PROBABILITY = "with a probability of {share:.0%}"
TIMES = "{times} times a day at most"
CLOSED = "road closed"
CLOSED_SIZE = "{km:g} km"
SLOW = "road slow"
SLOW_SIZE = "{factor:.0%} of its speed, {km:g} km"
LATE_OPENING = "late opening"
OUT_OF_USE = "out of use: {stage}"
SHORT_BALLOTS = "short of ballots"
PUT_OFF = "poll put off to another day"
STATIONS = "{count:,} stations"
STATION = "1 station"
SERVERS = "{servers:,} of its servers at {stations}"
BALLOTS = "{ballots:,} sets at {stations}"
ALL_DAY = "all day"

translate(__name__)
