"""Every sentence of `simulate why`: how one response went, and why it was late."""

from __future__ import annotations

from sim.words.language import translate

CAUSES = {
    "in_time": "in time",
    "late_report": "the report came late",
    "desk_busy": "the desk took long",
    "nobody_free": "nobody was free",
    "held_back": "units were held back",
    "not_able": "nobody was able",
    "far": "far away",
    "road_closed": "a road was closed",
    "too_few": "too few at red",
    "not_agreed": "not agreed at this severity",
    "not_called": "called by sector posts alone",
    "over_before": "over before anybody could come",
}
"""The causes, short enough for a column."""
BECAUSE = {
    "in_time": "Nothing was late.",
    "late_report": "Why late: the report came late. Nobody can be sent before the operations centre knows of it.",
    "desk_busy": "Why late: the report lay at the desk, waiting for somebody to take it up, or being handled.",
    "nobody_free": "Why late: nobody was free. Every unit that could have gone had another task.",
    "held_back": "Why late: a unit that was free was held back for something worse.",
    "not_able": "Why late: there was no unit that could do what was asked for.",
    "far": "Why late: those who could go were far away.",
    "road_closed": "Why late: a road was closed. They had to go round, or no way was left.",
    "too_few": "Officers came in time, but never all that it asked for when it was red.",
    "not_agreed": "Why late: the only units left belong to an agency that may not be called at this severity.",
    "not_called": "Why late: the only units left are called by sector posts alone, not by the operations centre.",
    "over_before": "It was over before officers could have been late.",
}
"""What is said of each cause."""
UNSENT = {
    "busy": "every unit that could have gone was busy",
    "held_back": "a unit that could have gone was held back for something worse",
    "cut_off": "a unit that could have gone was cut off by closed roads",
    "not_agreed": "the only free ones belong to an agency that may not be called at this severity",
    "not_called": "the only free ones are called by sector posts alone, not by the operations centre",
    "too_far": "the only free ones were guards of posts too far away",
    "not_able": "there was no unit that could do what was asked for",
}
"""Why no officers were ordered when the operations centre first asked for some."""
VERDICTS = {
    "not_needed": "not needed as others sufficed",
    "busy": "busy",
    "held_back": "held back (guards who stay at their posts among them)",
    "too_far": "too far away",
    "not_able": "without what was asked for",
    "cut_off": "cut off by closed roads",
    "not_agreed": "of an agency that may not be called at this severity",
    "not_called": "called by sector posts alone",
}
"""What the rule of dispatch said of units that were not sent; columns of the table of tasks."""
PARTS = {
    "report": "{minutes} until the report",
    "desk": "{minutes} at the desk of the operations centre",
    "sector": "{minutes} at the desk of the sector post",
    "order": "{minutes} until officers were ordered",
    "taken": "{minutes} lost because those ordered first were given something else to do",
    "detour": "{minutes} by closed roads",
    "way": "{minutes} to get ready and on the way",
}
"""The parts of a wait; ``sector`` in place of ``desk`` where the sector post has handled the report first."""
STORY = {
    "case": "{kind} at {place} ({incident}), day {day} under {strategy}.",
    "in_time": "The first officers were there {wait} minutes after the onset; the standard is {standard} minutes.",
    "stood": "Officers stood there when it began.",
    "came_by": "The first officers came by on their round, {wait} minutes after the onset; the standard is {standard} "
    "minutes.",
    "nobody": "No officers came: it was over {wait} minutes after the onset; the standard is {standard} minutes.",
    "still": "No officers came; it was still going on when the simulated day stopped.",
    "open": "It was still going on when the simulated day stopped.",
    "asks_none": "It asks for no officers, so none were late.",
    "sector": "The district's sector post had handled the report first, and sent its own.",
    "parts": "Of this time it took {parts}.",
    "usual": " (the standard leaves {usual})",
    "motorcycle": "No car reaches this station: from the middle of its village a motorcycle takes {minutes} minutes, "
    "everybody else walks for {on_foot}.",
    "foot": "No vehicle reaches this station: from the middle of its village one walks for {on_foot} minutes.",
    "unsent": "When officers were first asked for, none could be ordered: {why}.",
    "verdicts": "Of the units that were not sent when {unit} was ordered at {time}: {verdicts}.",
    "verdict": "{count} {what}",
    "never_complete": "All that it asked for when {severity} ({asked}) was never there at one time. When fewest were "
    "missing there were {there}; most missing was {short}.",
    "never_known": "The operations centre never knew that it was {severity}.",
    "latest": "Day {day} is the one of {count} on which it was latest under {strategy}.",
}
"""Sentences about one case; times are minutes."""
PURPOSES = {
    "presence": "presence",
    "crowd_control": "crowd control",
    "negotiate": "negotiation",
    "investigate": "investigation",
    "escort": "escort",
    "medical": "medical care",
    "rescue": "rescue",
    "engineering": "engineering",
}
"""What people are asked for, behind their number."""
NEED = {
    "for": "{people} for {purpose}",
    "there": "{there} of {people} for {purpose}",
    "fewest": "{need} ({people} people, as one may count for several)",
    "nobody": "{need} (there is nobody who can do all of it)",
}
"""What is asked for by capability; a sum over capabilities would be no number of people."""
NOT_SENT = {
    "heading": "Not sent at {time}, when {severity} and {people} were missing for {purpose}; with the minutes until "
    "each could have been there",
    "unit": "{minutes} min  {unit}, {people} {agency}: {why}",
    "cut_off": "no way  {unit}, {people} {agency}: {why}",
    "off_duty": "off duty",
    "at_post": "stays at its post",
    "busy": "busy: {doing}",
    "busy_with": "busy: {doing} ({incident})",
    "others": "and others: {verdicts}",
    "unable": "{count} more have nothing for {purpose}, or never leave their place",
    "stored": "Who was not sent, by name, and what became of roads and the mobile signal, is known only when the day "
    "is played again: leave out --stored.",
    "another": "Who was not sent, by name, and what became of roads and the mobile signal, is not known: played again "
    "it is another day.",
}
"""Who was not sent, by name."""
WHY_NOT = {
    "not_needed": "not needed, others sufficed",
    "held_back": "held back for something worse",
    "too_far": "too far away",
    "not_able": "without what was asked for",
    "cut_off": "cut off by closed roads",
    "not_agreed": "its agency may not be called at this severity",
    "not_called": "called by sector posts alone, not by the operations centre",
}
"""What is said of one unit."""
DOING = {
    "incident": "at an incident",
    "check": "looking at a false report",
    "casualty": "with the injured",
    "boxes": "with ballot boxes",
    "relocation": "moving elsewhere",
    "area_post": "at a post of an area that is left",
    "on_its_way_back": "on its way back",
}
"""What a busy unit does."""
AROUND = {
    "incident": "{kind} at {place} ({incident}), {severity} at worst, until {ended}; away for it from {start} to "
    "{until}: {units} ({people} people)",
    "check": "a false report at {place} ({incident}); away for it from {start} to {until}: {units} ({people} people)",
    "post": "posts of an area that is left ({incident}); away for them from {start} to {until}: {units} ({people} "
    "people)",
    "boxes": "with ballot boxes from {start} to {until}: {units} ({people} people)",
    "moved": "{unit}, {people} people, is sent to wait at {place}, and is there at {arrived}",
    "moving": "{unit}, {people} people, is sent to wait at {place}, and does not come there",
    "off": "going off duty: {units} ({people} people)",
    "on": "coming on duty: {units} ({people} people)",
    "signal_lost": "the mobile signal is gone: {places}",
    "signal_back": "the mobile signal is back: {places}",
    "some": "{names} and {more} more",
    "never_ended": "the end of the day",
    "more": "and {count} more; all: --all",
    "nothing": "nothing that bound units or closed roads",
}
"""The day around it."""
ROADS = {
    "closed": "closed from now on: {roads}",
    "opened": "open again: {roads}",
    "slowed": "slower from now on: {roads}",
    "freed": "as fast as ever again: {roads}",
    "dark": "it gets dark: all roads are slower",
    "light": "it gets light",
}
"""What becomes of roads, each named by its ends."""
AREAS = {
    "left": "An area was ordered to leave at {time} by plan {plan}, {after} minutes after it had to be left: "
    "{people:,} people, of whom {refused:,} would not go.",
    "most": "Nine of ten of the others were in a shelter {most} minutes after the order, the last of all after {last}; "
    "no plan with these people, roads and buses could have ended before {least}.",
    "not_most": "Nine of ten of the others never were in a shelter.",
    "behind": "{people:,} were left behind, {without:,} of them before full shelters.",
    "warning": "What held up the last tenth to be safe: the warning and getting ready.",
    "road": "What held up the last tenth to be safe: queues on the roads.",
    "buses": "What held up the last tenth to be safe: waiting for a bus.",
    "reception": "What held up the last tenth to be safe: the gates of the shelters.",
    "votes": "{votes:,} votes were still to come there where voting did not stand still already.",
    "posts": "Of {posts} posts of the plan {manned} were manned.",
    "unguarded": "Posts that guard houses stood without all their officers for {minutes} minutes together.",
}
"""Sentences about an area that was left; times are minutes."""
EVENTS = {
    "onset": "it begins",
    "reported": "the report reaches the operations centre",
    "handled": "the report is handled",
    "sector": "the sector post has handled the report and sends its own",
    "unsent": "the report is handled; no officers can be ordered",
    "ordered": "the first unit is ordered",
    "stood": "officers who stood there, or came by on their round, take it on",
    "first_on_scene": "the first officers are there",
    "first_reinforcement": "the first reinforcement is there",
    "reached": "it is {severity}; that asks for {asked}",
    "known": "the operations centre knows that it is {severity}",
    "complete": "all that {severity} asks for is there",
    "controlled": "it is no worse than green, and stays so",
    "ended": "clear ({outcome})",
}
"""Lines of the timeline."""
UNITS = {
    "unit": "{unit}, {people} {agency}",
    "departed": "left {time}",
    "arrived": "there {time}",
    "stood": "there already",
    "released": "released {time}",
    "km": "{km} km",
}
"""What is said of a unit, behind the time of its order."""
OUTCOMES = {
    "done": "",
    "recalled": "called back: it was over",
    "cut_off": "turned back: no way was left",
    "diverted": "given another task",
    "withdrawn": "taken away by a decision",
    "day_end": "still under way when the day stopped",
}
"""How its task ended, where that is not plain from the times."""
AGAIN = {
    "same": "Played again from the run's folder: every table of that day is the same, byte for byte.",
    "same_but": "Played again from the run's folder: every table of that day is the same, byte for byte, although "
    "{changed}.",
    "differs": "Played again it is another day: {tables} differ. What has changed: {changed}. What is told above is "
    "the day as it was stored.",
    "edited": "Played again it is another day: {tables} differ, but the region, the deployments, the program and its "
    "packages are those that it was played with: the settings or the stored tables were edited and their checksums "
    "written anew. What is told above is the day as it was stored.",
}
"""What came of playing the day again."""
HEADINGS = {"timeline": "Timeline", "units": "Units", "around": "The day around it, from {minutes} minutes before"}
COLUMNS = {
    "replication": "day", "strategy": "strategy", "incident": "incident", "kind": "kind", "place": "place",
    "onset": "onset", "wait": "minutes", "cause": "why",
}  # fmt: skip
"""Columns of the list of responses."""
LISTS = {
    "day": "Disturbances of day {day} under {strategy}; minutes from the onset to the first officers",
    "latest": "The latest responses of the run: {count} of {all}; minutes from the onset to the first officers",
    "none": "No disturbance on day {day} under {strategy}.",
    "none_at_all": "No disturbance of this run asked for officers.",
    "never": "{minutes}, none came",
    "still": "none came",
    "asks_none": "asks for no officers",
}
"""Words of the lists."""
TABLE = {
    "heading": "Why responses were late",
    "note": "Share of the incidents that ask for officers, with its interval, then their number. Late is whose first "
    "officers were not there within {standard:g} minutes of the onset; the cause is the part of the wait that exceeds "
    "by most what the standard leaves it (report {report:g}, desk {desk:g}, way {way:g} minutes). One case: "
    "simulate why.",
    "column": "cause",
}
"""The report's table."""

translate(__name__)
