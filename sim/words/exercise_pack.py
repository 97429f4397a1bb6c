"""Every word of the papers of an exercise that a person reads, in one place, to be translated."""

from __future__ import annotations

from sim.words.language import translate

READERS = {
    "all": "For everybody in the exercise",
    "released": "To be handed out card by card, when the control team releases it",
    "control": "Secret: facilitators and control team only",
    "evaluators": "Secret: evaluators and control team only",
}
"""Who may see a paper."""
PAPERS = {
    "manual": "Situation manual",
    "deployment": "The plan in force: who stands where",
    "map": "Floor map",
    "cards": "Inject cards",
    "handbook": "Facilitator handbook",
    "moves": "Move lists",
    "guide": "Evaluation guide",
}
"""What the papers are called."""
HEADINGS = {
    "overview": "Overview",
    "purpose": "Purpose and objectives",
    "agenda": "Agenda",
    "roles": "Roles",
    "rules": "Rules",
    "artificialities": "What is artificial",
    "situation": "Situation",
    "questions": "Questions for discussion",
    "plan": "Appendix A: the plan in force",
    "map": "Appendix B: map",
    "abbreviations": "Appendix C: words and abbreviations",
    "notes": "Notes",
    "districts": "By district",
    "reserves": "Reserves and teams that wait",
    "posts": "Posts and patrols: {district}",
    "how": "How to use this book",
    "played": "The day that is played",
    "expected": "Expected times: {name}",
    "lost": "Votes not cast on the day because of disturbances",
    "limits": "What the model knows, and what not",
    "standing": "Five standing questions",
    "list": "List of injects",
    "scale": "How to rate",
    "before": "Before the stations open",
    "polling": "While stations are open",
    "after": "Count and ballot boxes",
    "phases": "The phases at a glance",
}
OVERVIEW = {
    "name": "Name",
    "date": "Date played",
    "place": "Place",
    "scope": "Scope",
    "threat": "Threat",
    "plan": "Plan in force",
    "participants": "Participants",
    "sponsor": "Sponsor",
}
"""What the overview tells."""
SCOPE = (
    "Discussion at the table, on a map on the floor or the wall; nobody moves outside. Played from {starts} of "
    "polling day to the return of the last ballot box."
)
THREAT = (
    "Anything that can disturb a polling day: disorder at stations, offices or on roads, attacks on ballot "
    "boxes, false alarms, missing supplies, failures of power or signal, closed roads, the forces of nature. Or "
    "nothing at all."
)
TO_FILL_IN = "(to be filled in)"
PLAYER_OBJECTIVES = (
    "The right strength moves from the right place in time.",
    "As many as possible vote, in safety; interruptions are decided by whoever may decide them.",
    "Changes of the roads are known to all, and worked around.",
    "Counting is guarded, and ballot boxes come home.",
    "All agencies share one picture and speak with one voice.",
)
"""The same whatever is played, so that they tell nothing."""
ARTIFICIALITIES = (
    "What happens comes as messages; what is not told is not known.",
    "How long a way takes, and how a disturbance goes on, is worked out by a computer model, or decided by the "
    "facilitator.",
    "Who is not in the room is played by the control team.",
    "What goes round in the exercise stays in the room.",
)
MODULES = (
    (
        "1 Opening",
        "{starts} to {opens}. Officers and wardens are on their way to their posts; the reserve is at its bases. "
        "The crews prepare the stations.",
        (
            "Who leads, and who reports to whom?",
            "What may each agency decide without asking?",
            "Where would help come last, under the plan in force?",
            "How do we notice that a station has not opened?",
        ),
    ),
    (
        "2 Polling hours",
        "{opens} to {closes}. Voters come, most of them in the first hours. The operations centre takes reports "
        "and sends teams.",
        (
            "What makes us send the reserve, and what makes us keep it?",
            "Who may interrupt voting, and who says when it goes on?",
            "When is the army asked, by whom, and how long does that take?",
            "Who speaks to the public, and after how many minutes?",
            "How are people brought to safety, and who stays with the ballots?",
        ),
    ),
    (
        "3 Closing and count",
        "From {closes} on. Who is in line still votes; then the votes are counted in public, and the ballot "
        "boxes go to the district.",
        (
            "Which counts are guarded more than others, and with whom?",
            "Who escorts which ballot boxes, and by which way?",
            "Who is relieved when, after a day that began before dawn?",
        ),
    ),
    (
        "4 Review",
        "After the last message. Everybody speaks, the youngest first.",
        (
            "What went well, and why?",
            "What would we change in the plan?",
            "Who does it, by when?",
        ),
    ),
)
"""The parts of the exercise: name, situation, questions. They tell nothing of what will happen."""
ABBREVIATIONS = (
    (
        "TPS",
        "polling station (tempat pemungutan suara)",
    ),
    (
        "KPU, Bawaslu",
        "election commission; election supervisor",
    ),
    (
        "Polres, Polsek",
        "police of the regency; of a sector",
    ),
    (
        "Kodim, Koramil",
        "army district; army post of a district",
    ),
    (
        "Linmas",
        "civil-protection wardens at a station",
    ),
    (
        "BPBD, RSUD",
        "disaster agency; public hospital",
    ),
    (
        "posko",
        "the joint operations centre that takes reports and sends teams",
    ),
    (
        "green, yellow, red",
        "how bad a disturbance is: orderly, disorderly, violent",
    ),
    (
        "MSEL",
        "master scenario events list: what is told when",
    ),
    (
        "T+1:30",
        "an hour and a half of scenario time after the start",
    ),
)
TERMS_HEAD = (
    "word",
    "meaning",
)
PLAN_IN_FORCE = (
    "In force is the plan '{plan}'. It has {officers:,} police officers at {posts:,} posts, on patrol and in "
    "reserve, and {wardens:,} wardens. The standard is {minutes:g} minutes from report to first officers."
)
DISTRICT_COLUMNS = (
    "district",
    "stations",
    "voters",
    "posts",
    "officers at posts",
    "wardens",
    "on patrol",
    "in reserve",
)
WAITING_COLUMNS = (
    "where",
    "agency",
    "role",
    "teams",
    "people",
    "vehicle",
    "sent from",
    "called by",
    "min to leave",
)
POST_COLUMNS = (
    "team",
    "officers",
    "vehicle",
    "where",
)
TOTAL = "total"
WARDENS_ALONE = "wardens alone"
MAP_WORDS = "{region}: districts, villages, roads and bases. No event is drawn."
MAP = {
    "title": "{region}: the plan in force, {plan}",
    "posts": "{teams:,} posts, {officers:,} officers",
    "none": "no posts",
    "wait": "{people:,} on standby",
    "station": "polling station",
    "base": "base, hospital, office",
    "road": "road",
    "border": "district",
    "km": "{km:g} km",
    "print": "Print on {size} at 100 %, landscape or portrait as it comes, and lay it on the floor.",
}
CARD = {
    "from": "From:",
    "to": "To:",
    "how": "How:",
    "top": "{number}   {time}",
    "on_condition": "when released",
}
HOW = (
    "One page is one inject. Read the large text aloud, twice; say nothing of the rest.",
    "Times are those of the day that is played. Wait for the room; a late inject is not dropped.",
    "What is kept back has no time: give it out only if its condition is met.",
    "Ask the five standing questions whenever the room falls silent.",
)
PLAYED = {
    "median": "Played is day {day}, the median of {days:,} simulated days: in the middle by votes lost to "
    "disturbances ({votes:,.0f}; best day {least:,.0f}, worst {most:,.0f}), under {baseline}.",
    "worst": "Played is day {day}, the worst of {days:,} simulated days by votes lost to disturbances "
    "({votes:,.0f}; best day {least:,.0f}), under {baseline}.",
    "number": "Played is day {day} of {days:,} simulated days, chosen by its number ({votes:,.0f} votes lost "
    "to disturbances; best day {least:,.0f}, worst {most:,.0f}), under {baseline}.",
}
"""Which day is played, and by what rule."""
PLAYED_UNDER = (
    "All times of the injects come from this day played under '{plan}', the plan in force. It is one day of "
    "many: the ranges say how the others went."
)
TIMES_COLUMNS = (
    "what",
    "on the day played",
    "over all days",
)
LIST_COLUMNS = (
    "no.",
    "time",
    "type",
    "title",
)
PAGE = {
    "heading": "{number}. {time}  {title}",
    "how": "{type}; {delivery}, from {sender} to {recipient}. Start {exercise}. At most {minutes} minutes.",
    "how_untimed": "{type}; {delivery}, from {sender} to {recipient}. At most {minutes} minutes.",
    "group": "For:",
    "control": "the control team alone",
    "everybody": "everybody",
    "condition": "Only",
    "say": "Read aloud:",
    "keep": "Keep to yourself:",
    "note": "Know:",
    "decision": "Ask for a decision:",
    "action": "Expected:",
    "objective": "Objective:",
    "learning": "To take away:",
    "event": "In the model:",
    "seen": "What was decided, by whom, when:",
}
"""A page of the handbook."""
UNTIMED = "on condition"
NEXT_DAY = "{time} (next day)"
GUIDE = {
    "how": "Rate each line once the room has dealt with it; one letter, and what you saw. Rate what was "
    "done, not who did it.",
    "objective": "{number}. {objective}",
    "boxes": "P   S   M   U",
}
GUIDE_COLUMNS = (
    "no.",
    "time",
    "inject",
    "expected outcome",
    "rating",
    "comments",
)
MOVES_COLUMNS = (
    "leaves",
    "start",
    "team",
    "people",
    "from",
    "to",
    "for",
    "km",
    "min",
    "arrives",
)
MOVES = {
    "how": "Who moves on the day played under the plan in force, if the room decides nothing. Move the "
    "pieces on the floor map as they leave; when the room has decided otherwise, its own moves count.",
    "none": "Nobody moves.",
    "recalled": "not there: {outcome}",
}
PURPOSES = {
    "incident": "disturbance",
    "check": "a look",
    "casualty": "casualty",
    "boxes": "ballot boxes",
    "relocation": "new position",
    "area_post": "post of an area",
}
"""What a team moves for."""
OUTCOMES = {
    "done": "done",
    "recalled": "recalled",
    "cut_off": "cut off",
    "diverted": "sent elsewhere",
    "withdrawn": "withdrawn",
    "day_end": "still under way",
}
"""How a task ended."""
PHASE_COLUMNS = (
    "phase",
    "from",
    "to",
    "moves",
    "people",
    "km",
)
MADE_BY = "Made by {command}"

translate(__name__)
