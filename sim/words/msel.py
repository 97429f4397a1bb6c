"""Every word of the list of events as a spreadsheet, and of reading one in, in one place, to be translated."""

from __future__ import annotations

from sim.words.language import translate

SHEET = "MSEL"
HEADINGS = {
    "seq": "seq",
    "scenario_time": "scenario time",
    "exercise_time": "exercise time",
    "type": "type",
    "group": "group",
    "delivery": "delivery",
    "sender": "from",
    "recipient": "to",
    "title": "title",
    "text": "text",
    "expected_action": "expected action",
    "decision": "decision",
    "condition": "condition",
    "note": "note",
    "controller": "controller",
    "status": "status",
    "actual_time": "actual time",
    "observation": "observation",
    "module": "module",
    "objective": "objective",
    "learning_point": "learning point",
    "longest_minutes": "longest minutes",
    "model_event": "model event",
}
"""What heads each column; no two are the same in any language, nor does one mean different columns in two, as the list
is read back whatever language is spoken then."""
GROUPS = {"all": "all", "control": "control"}
"""Who gets an inject, besides parties by their names."""
FOOTER = "Control team only. Players never see the columns with a brown heading."
PAGE_OF = "Page {page} of {pages}"
PROMPTS = {
    "scenario_time": "HH:MM on the scenario clock, such as 09:40. If exercise time is filled in too, both must agree.",
    "exercise_time": "From the start of the exercise, such as T+3:10. Leave it empty, and scenario time counts.",
    "group": "all, control (nobody at the table), or parties by name with commas between.",
    "model_event": "Key of an event of the simulation, such as incident/s0/reported: the inject is due with it.",
    "condition": "For an inject that has no time: the facilitator judges when it is met.",
}
"""What is shown beside a cell that is filled in."""
OWN = "Columns of {file} with this program's own headings: {count}."
NOT_OWN = "With other headings:"
READ_AS = {
    "usual": "{theirs} (a usual name for it: check)",
    "told": "{theirs} (as --map says)",
}
"""How a column of the file was found to be ours."""
MAPPING = {"ours": "column", "theirs": "in the file"}
LEFT_OUT = "Not read: {headings}."
ABSENT = "Not in the file, left empty: {columns}."
NUMBERED = "The file has no column '{column}': injects are numbered in the order of their rows."
TYPED = "The file has no column '{column}': every inject is of the type '{type}'."
SUGGESTED = "Perhaps '{heading}' is the column '{column}'; then add: --map {option}"
STARTS = "The exercise starts at {start}."
NO_START = "The file does not say when the exercise starts; T+ counts from its first inject, {start}."
PREVIEW = {
    "seq": "no.",
    "time": "time",
    "elapsed": "T+",
    "type": "type",
    "group": "group",
    "what": "what",
}
"""Headings of the preview."""
BY_CONDITION, BY_EVENT = "condition", "event"
"""What stands in the preview where an inject has no time."""
MORE = "… and {count:,} more."
COUNTED = "Injects without a mistake: {count:,}."
CLEAN = "Injects: {count:,}; no mistake."
NOTHING_WRITTEN = "Nothing was written; with --out LIST.xlsx it becomes a list of this program."
WRITE = "Write them to {file}?"
WRITTEN = "Written: {file}"
NOT_WRITTEN = "Nothing was written."
NEXT_NEW = "Next: simulate exercise new SESSION --run RUN --msel {file}"
NEXT_RUN = "Next: simulate exercise run {session}"
SESSION = {
    "plan": "Plan in force: {plan}.",
    "injects": "Injects: {count:,}. The scenario clock starts at {start}.",
    "like": "The same run, plan, day and list as '{other}': the voters, the disturbances and their times are the same, "
    "only what the room decides differs.",
    "event": "Inject {seq} waits for '{event}', which does not happen on the day played under this plan.",
    "near": "Inject {seq} waits for '{event}', which does not happen on the day played under this plan; did you mean "
    "'{near}'?",
    "names": "Nobody's name belongs into a session: parties and functions are enough.",
    "made": "Session: {folder}",
}
"""What is said of a session that was made."""

translate(__name__)
