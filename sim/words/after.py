"""All that the report after an exercise says, and the comparison of two rooms, in one place, to be translated."""

from __future__ import annotations

from sim.words.language import translate

TITLE = "After-action report: {name}"
SUB = "{scenario} – {plan}"
SO_FAR = (
    "So far: the exercise has not been ended, and this report tells of it up to {time} on the scenario clock. It holds "
    "what players must not see before the end."
)
HEADINGS = {
    "overview": "Overview",
    "short": "In short",
    "objectives": "Objectives and ratings",
    "strengths": "Strengths",
    "improve": "Areas for improvement",
    "plan": "Improvement plan",
    "against": "The room's decisions against the plan, on many futures",
    "decisions": "Decisions",
    "answers": "What was asked of the model, and what was decided then",
    "lines": "Other lines that the room has tried",
    "timeline": "Timeline of injects",
    "observations": "Observations",
    "saw": "What the room saw",
    "how": "How the numbers were made, and their limits",
    "contents": "Contents",
}
FACTS = {
    "scenario": "Scenario",
    "region": "Region",
    "plan": "Plan in force",
    "day": "Day played",
    "when": "Held",
    "clock": "Scenario clock",
    "parties": "Parties in the room",
    "control": "Control team",
    "injects": "Injects",
    "decided": "Decisions",
    "lines": "Lines",
    "made": "Made by",
}
DAY = "day {day} of the run, weather {weather}"
HELD = "{date}, {minutes:,.0f} min from the first entry of the log to the last"
NOT_HELD = "nothing has been done in the room yet"
PLAYED = "from {start} to {left}"
ONE_DEVICE, DEVICES = "{name} (1 device)", "{name} ({count:,} devices)"
NO_PARTY = "nobody has joined as a party"
NO_CONTROL = "nobody has joined"
INJECTS = "{listed:,} in the list, {delivered:,} delivered, {held:,} held back, {skipped:,} skipped"
DECIDED = "{count:,}, of which {moving:,} move something in the model"
ONE_LINE, LINES = (
    "one: the room never went back",
    "{count:,}; this report is of line {line}{name}, on which the room was last",
)
LINE_NAME = ", “{name}”"
MADE = "Siaga {version}, {command}"

RATED = (
    "Ratings: {P:,} performed without challenges (P), {S:,} with some (S), {M:,} with major ones (M), {U:,} unable to "
    "be performed (U); {rated:,} in all. Of {delivered:,} delivered injects with something to rate, {unrated:,} were "
    "not rated."
)
NOT_RATED = "Nothing was rated."
PUNCTUAL = (
    "Injects delivered: {delivered:,}. Of {timed:,} that were due at a time or by an event, {late:,} came more than "
    "{grace:.0f} min late by the scenario clock; the latest by {latest:,.0f} min."
)
PUNCTUAL_NONE = "Injects delivered: {delivered:,}; none of them was due at a time or by an event."
OVERRULED_SHORT = "The facilitator has overruled the model {count:,} times; it is marked below."
OVERRULED_ONCE = "The facilitator has overruled the model once; it is marked below."

OBJECTIVE = "Objective"
NO_OBJECTIVE = "(injects without an objective)"
TOTAL = "All"
UNRATED = "Not rated"
NOT_GIVEN = "Not delivered"
OBJECTIVES_NOTE = (
    "P: {P}; S: {S}; M: {M}; U: {U}. Counted are ratings: the last that each evaluator gave to each inject, so that an "
    "inject with two evaluators counts twice. “Not rated” and “not delivered” count injects. Letters are not averaged: "
    "P and U do not make an S or M."
)
NO_OBJECTIVES = "No inject of the list has an objective or an expected action."

NO_FINDINGS = {
    "strength": "No strength was noted during the exercise.",
    "improve": "No area for improvement was noted during the exercise.",
}
FINDING = {"text": "Observation", "reference": "Reference", "analysis": "Analysis", "number": "No."}
IMPROVEMENT = {"number": "No.", "action": "Action", "owner": "Owner", "start": "Start", "due": "Due", "finding": "For"}
NO_IMPROVEMENTS = "No action was noted during the exercise; the lines are to be filled in."

TIMELINE = {
    "number": "No.",
    "title": "Inject",
    "planned": "Planned",
    "due": "Due",
    "delivered": "Delivered",
    "late": "Late, min",
    "acknowledged": "Read",
    "decided": "Decided",
    "status": "In the end",
    "why": "Held, moved, skipped",
}
DUE = {
    "time": "{time}",
    "event": "{time}, by its event",
    "moved": "{time}, moved",
    "not_happened": "its event had not happened",
    "later": "not yet due",
    "condition": "by condition",
}
STEPS = {
    "hold": "held at {time}: {why}",
    "hold_bare": "held at {time}",
    "skip": "skipped at {time}: {why}",
    "skip_bare": "skipped at {time}",
    "move": "moved at {time} to {to}",
}
TIMELINE_NOTE = (
    "All by the scenario clock, on the line on which the room was last. Planned: by the list with which the room "
    "began. Due: by the list, or where the inject tells of an event of the model, when that had happened on the room's "
    "own line. Late: from due to delivered; below 0, sooner."
)

DECISION = {
    "number": "No.",
    "time": "Time",
    "text": "Decision",
    "who": "Who",
    "why": "Why",
    "moved": "What it moves in the model",
    "to": "On",
}
MOVES_NOTHING = "nothing: it stands in the log alone"
TO_INJECT = "inject {number}"
TO_PROPOSAL = "request of {party} at {time}"
TO_PROPOSAL_OF_NOBODY = "request at {time}"
TO_QUESTION = "question {number}"
NO_DECISIONS = "The room has decided nothing on this line."
DECLINED = "Requests that were declined"
DECLINED_ROW = "{time}, {party}: {text} – {why}"
OPEN = "Requests that nobody has answered"
OPEN_ROW = "{time}, {party}: {text}"
OVERRULES = "Where the facilitator has overruled the model"
OVERRULE = "OVERRULED at {time}: {text}"
OVERRULE_WHY = "OVERRULED at {time}: {text} (why: {why})"

QUESTION = "Question {number}, {time}"
QUESTION_ABOUT = "Question {number}, {time}, on inject {inject}"
OPTIONS_ASKED = "Asked: {options}."
ANSWERED = "On {futures:,} futures from {time}. {focus}"
NO_ANSWER = "It was not answered: {why}"
NO_ANSWER_YET = "It was not answered."
NOT_SHOWN = "The answer was not shown to the room."
DECIDED_THEN = "Decided then, {time}: {text}"
DECIDED_NOTHING = "No decision refers to it."
NO_QUESTIONS = "Nothing was asked of the model on this line."

LINE_TITLE, LINE_SAID = "The room's line", "the room's line"
LINE_OF = "Line {number}"
LINE_OF_NAMED = "Line {number}, “{name}”"
AGAINST = (
    "From {time}, when the room decided for the first time, the day was played {futures:,} times on other "
    "random numbers, each time once as the plan goes on and once with the room's decisions at their times. Both meet "
    "the same voters, the same onsets and the same delays, so that whatever differs comes of the decisions."
)
AGAINST_NOTHING = (
    "The room has decided nothing that moves the model: every difference is 0. The plan going on was played "
    "{futures:,} times from {time}."
)
FOCUS = "Times are about {focus}; “now” is {time}."
FOCUS_ALL = "Times are about all disturbances that begin from then on."
MEASURE = "Measure"
PLAN, PLAN_SAID = "The plan goes on", "the plan going on"
DIFFERENCE = "Difference"
RANGE = "{middle} ({low} to {high})"
RANGE_IN = "in {count:,} of {futures:,}"
RANGE_ALREADY = "before already in {count:,}"
RANGE_NEVER = "never in {count:,}"
ALREADY_ALL = "had happened before"
NEVER_ALL = "never"
RANGE_NOT_ASKED = "not asked for"
DIFFERENCE_BOTH = "of {count:,}"
COUNTS_OF = "{better:,} / {same:,} / {worse:,}"
MARKS = {"": "", "better": "better", "worse": "worse"}
UNDIRECTED = "less / same / more"
MEASURE_IN = "{measure}, {unit}"
HOW_OFTEN = "Better / same / worse of {futures:,} futures"
PICTURE = (
    "Ranges: a bar from what a tenth of the futures stay below to what a tenth exceed, and the middle one marked on "
    "it, each measure on a scale of its own. {courses}"
)
PLAYING = "Playing futures"
RANGES_NOTE = (
    "A range is the middle of the futures in which it happened, and in brackets what a tenth of them stay below and a "
    "tenth exceed; where that is not in all futures, it is said in how many. The difference is taken future by future, "
    "{course} minus {against}, over those in which it happened on both. Better, same, worse count every future: what "
    "never happens is later than any time, and where nothing of the kind was asked for it is less than any. A share of "
    "{futures:,} futures is sure to ±{sure:.0f} percentage points (95 %). In bold: one is better more often than "
    "chance would have it (sign test, 95 % over the whole table)."
)
LEFT_OUT = "{decision}, {time}: could not be carried out in {count:,} of {futures:,} futures ({why})."
LEFT_OUT_HEADING = "Decisions that could not be carried out everywhere, and were left out there"
SHORT_AGAINST = "On {futures:,} futures, the room's decisions against the plan going on:"
SHORT_COUNTS = "{measure}: better on {better:,} futures, the same on {same:,}, worse on {worse:,}."
SHORT_SAME = "{measure}: the same on every future."
SAME_REST = "The same on every future: {measures}."
SAME_ALL = "Nothing differs on any future: {measures}."
SHORT_NOTHING = "The room's decisions moved nothing in the model: against the plan, every difference is 0."
NO_FUTURES = "The ranges could not be worked out: {why}"
NOT_PLAYED = "The ranges were not asked for (--futures 0)."
LINES_NOTE = (
    "Each line is compared with the room's last line from the moment at which the two decide differently; what both "
    "have decided before belongs to both. Beside them the plan goes on without any further decision."
)
BESIDE = (
    "From {time}, where they first decide differently, both were played on {futures:,} futures, with the plan beside "
    "them."
)
PAIR = "{course} against: {against}"
LINE_LEFT = "{line}: left {parent} at {fork}, last played at {left}. Decisions that move the model: {count:,}."
LINE_DECISIONS = "Decisions of {line}"
LINE_FIRST = "{line}: the first, last played at {left}. Decisions that move the model: {count:,}."
LINE_SAME = "{line} has decided the same as the room's last line, as far as the model is moved."
LINES_MORE = "Not played, because they are more than {most:,}: {lines}."

OBSERVED = {"number": "No.", "title": "Inject", "rating": "Ratings", "text": "Observations"}
OBSERVED_GENERAL = "Not on one inject"
OBSERVED_BY = "{who}: {text}"
OBSERVED_NOTE = "control team: {text}"
OBSERVED_RATING = "{who}, {rating}: {text}"
NO_OBSERVATIONS = "Nothing was noted."

SAW = (
    "This is the one day that the room has played, with its decisions, up to {left}. It is what the participants "
    "experienced, and no result: chance has its part in it. What the decisions are worth is told by the ranges above."
)
SAW_COLUMNS = {
    "name": "Disturbance",
    "onset": "Began",
    "reported": "Reported",
    "first_on_scene": "First officers",
    "yellow": "Yellow",
    "red": "Red",
    "force_complete": "All the force",
    "ended": "Over",
}
SAW_NOTHING = "There was no disturbance up to then."
INCIDENT = "{kind}, {place}"
INCIDENT_CODE = "{name} ({identity})"

HOW_DAY = (
    "The day played is day {day} of the run, under “{plan}”. Voters, onsets and delays are those of that day; whatever "
    "differs on a room's line comes of its decisions."
)
HOW_FUTURES = (
    "A future is that day up to a moment; after it, everything random is drawn anew. The plan and each line are played "
    "on the same {futures:,} futures, which are numbered, so that the same report has the same numbers.",
    "A decision is carried out at the time at which the room took it, though in another future the room would have "
    "seen other things and might have decided otherwise. The ranges are about the decisions as orders, not about the "
    "people.",
    "In the whole region it is counted until {until}; the disturbance that times are about is followed until it is "
    "over. Many measures are shown: some differ by chance alone.",
)
HOW = (
    "Overruled: where the facilitator said otherwise than the model, the room went on as he said, and the model did "
    "not. The ranges are the model's.",
    "The model knows voters, stations, roads, units, disturbances and evacuation as its guide describes them. It knows "
    "nothing of persons, parties or politics, and its numbers are as good as its settings; those marked as assumptions "
    "there are assumptions here.",
    "Ratings and observations are the evaluators'; the program counts them and judges nothing.",
)
FILES_NOTE = "Beside this report: {files}."

SHEETS = {"log": "log", "injects": "injects", "timeline": "timeline", "decisions": "decisions", "ratings": "ratings"}
LOG_COLUMNS = {
    "seq": "No.", "at": "wall clock (UTC)", "line": "line", "time": "scenario time", "by": "by", "do": "what",
    "action": "data",
}  # fmt: skip
RATING_COLUMNS = {
    "seq": "No.", "inject": "inject", "title": "title", "objective": "objective", "by": "evaluator",
    "time": "scenario time", "rating": "rating", "text": "observation",
}  # fmt: skip
CONTEST_TITLE = "Two rooms on the same day: {one} and {other}"
CONTEST_SO_FAR = (
    "So far: not ended is {rooms}. This page holds what players must not see before the end, and what one room must "
    "not know of the other."
)
ROOM, ROOM_COLUMN = "Room {number}", "Room"
PUNCTUALITY = "Late injects"
PUNCTUAL_SHORT = "{late:,} of {timed:,} that were due at a time or by an event"
OTHER_LIST = "The two rooms began with different lists of injects: they did not get the same messages."
PAIR_ON = "{course} against {against}, {futures:,} futures"
CONTEST_AGAINST = (
    "From {time}, when one of the rooms decided for the first time, the day was played {futures:,} times on other "
    "random numbers, each time as the plan goes on and with each room's decisions at their times. All three meet "
    "the same voters, the same onsets and the same delays."
)
CONTEST_NOTHING = (
    "Neither room has decided anything that moves the model: every difference is 0. The plan going on was played "
    "{futures:,} times from {time}."
)
CONTEST_RANGES = "The plan and both rooms, on many futures"
CONTEST_DECISIONS = "Decisions on one clock"
CONTEST_NO_DECISIONS = "Neither room has decided anything."
COUNTS = "P {P:,}, S {S:,}, M {M:,}, U {U:,}; not rated {unrated:,}, not delivered {missing:,}"
AS_PAGE = "As a page: {file}"

translate(__name__)
