"""Every word of the orders that a person reads, in one place, to be translated."""

from __future__ import annotations

from sim.words.language import translate

TITLE = "Orders: {title}"
FOR = "{region}, polling day"
FACTS = (
    "Stations are open from {opens} to {closes}. All minutes are by road in weather '{weather}', every road open, and "
    "are estimates. A round begins at its first place when stations open, and goes on in this order, again and again."
)
STANDARD = "Standard time from the report to the first officers on scene: {minutes:g} minutes."
COMMAND = "Made with: {command}"
NO_NAMES = "No names of persons stand here; telephone numbers are filled in by hand."
PAGE_OF = "{name} ({code})"
REPORTS = "Reports to: {base}"
CENTRE = "the operations centre"
COUNTS = "{stations:,} polling stations, {registered:,} registered voters; officers {officers:,}, wardens {wardens:,}"
ROUTINE = "; of the routine duty: officers {routine:,}"

SHEETS = {"totals": "Totals", "others": "Reserves and others"}
FILES = {"xlsx": "{strategy}.xlsx", "html": "{strategy}.html"}

KINDS = {
    "post": "Guard posts",
    "wardens": "Wardens without officers",
    "patrol": "Patrols",
    "office": "Standing guards of offices (routine duty)",
    "sector": "Patrol of the sector post (routine duty), at its base",
    "elsewhere": "Stations of this district that another page has, or nobody",
}
"""What the duties of a page are headed, by what they are."""

COLUMNS = {
    "duty": "post or team",
    "officers": "officers",
    "vehicle": "vehicle",
    "round": "round, min",
    "order": "no.",
    "place": "station or place",
    "village": "village",
    "registered": "voters",
    "vulnerability": "class",
    "wardens": "wardens",
    "minutes": "min by road",
    "there": "first there",
    "reports_to": "reports to",
    "phone": "telephone",
}
"""Headings of a district's page."""

OTHER_PAGE = "post {post}, page {district}"
PAGE = "page {district}"
NOBODY = "nobody"
CUT_OFF = "no road"
TEAM = "{people:,} officers"
WITH = "{wardens:,} wardens"
AT = "at {place}"
STOP = "{place} {there}"
ROUND = "round {minutes} min ({stay} at each place)"

TOTALS = {
    "name": "district",
    "stations": "stations",
    "registered": "voters",
    "posts": "posts",
    "at_posts": "officers at posts",
    "on_patrol": "officers on patrol",
    "in_reserve": "officers in reserve",
    "officers": "officers in all",
    "wardens": "wardens",
    "routine": "routine duty: officers",
}
"""Headings of the totals."""
OUTSIDE = "outside the districts"
ALL = "all"
BUDGET = "{who}: {available:,} there, {spent:,} with orders, {left:,} without."
POLICE, WARDENS = "Officers of the operation", "Wardens"
COUNTED = "A post, its officers and its wardens are counted in the district where most of its stations are."

OTHERS = {
    "reserves": "Reserves",
    "attached": "Teams of other agencies",
    "ambulances": "Ambulances and cars of clinics",
    "houses": "Hospitals and clinics",
    "outside": "Patrols and guards outside the districts",
}
"""Sections of the sheet of those who wait."""

RESERVES = {
    "team": "team",
    "base": "base",
    "people": "officers",
    "vehicle": "vehicle",
    "ready": "min to get moving",
    "shift": "on duty",
    "tasks": "first tasks (minutes from the report)",
    "phone": "telephone",
}
ATTACHED = {
    "team": "team",
    "base": "base",
    "people": "people",
    "vehicle": "vehicle",
    "ready": "min to get moving",
    "severity": "may be asked for",
    "agency": "agency",
    "phone": "telephone",
}
AMBULANCES = {
    "team": "vehicle no.",
    "base": "base",
    "people": "places",
    "vehicle": "vehicle",
    "ready": "min to get moving",
    "carries": "carries",
    "agency": "agency",
    "phone": "telephone",
}
HOUSES = {
    "base": "name",
    "beds": "beds kept",
    "intake": "received at a time",
    "takes": "takes",
    "phone": "telephone",
}
SEVERITIES = {
    "green": "at any time (green)",
    "yellow": "from yellow on (disorderly)",
    "red": "only at red (violent)",
}
CALLERS = {
    ("posko",): "{severity}, by the operations centre",
    ("sector",): "{severity}, by sector posts alone",
    ("sector", "posko"): "{severity}, by sector posts or the operations centre",
}
"""From when on, and by whom, teams of other agencies may be asked for; by the command posts that may."""
INJURIES = {
    "immediate": "everybody, also whose life depends on care at once",
    "delayed": "who needs a hospital or clinic and can wait",
    "minor": "minor injuries only",
}
SHIFT, ALL_DAY, AS_ALL = "{begins} to {ends}", "all day", "as the rules for all say"
ON_DUTY = "on duty {shift}"
DUTY = "Duty: patrols, reserves and teams of other agencies without a shift of their own are on duty {parts}."
DUTY_BEGINS, DUTY_LONGEST, DUTY_REST = "from {begins}", "for {minutes} minutes at most", "then rest {minutes} minutes"
TASK = "{number}. {station}, {district} ({vulnerability}): {minutes}"
IN_TIME = "Within the standard time of {standard:g} minutes:"
MORE = "and {more:,} more"
TOO_FAR = "No station that another reserve does not reach sooner is within {standard:g} minutes. The nearest:"
NOWHERE = "No road leads to any station."
FIRST_TASKS = (
    "First tasks are the stations that a reserve reaches before a reserve at another base, the most vulnerable first. "
    "The operations centre decides; a patrol under way may be nearer."
)

RULES = "Rules for all"
ESCORT = {
    "crew_and_warden": (
        "Ballot boxes: each station's boxes leave when they are loaded, by {vehicle}, with the crew and a warden; no "
        "officers go along."
    ),
    "pair_each_village": (
        "Ballot boxes: each station's boxes leave by {vehicle} when they are loaded; the pair of a post of the village "
        "goes along with the last of the village."
    ),
    "convoy_by_district": (
        "Ballot boxes: each station's boxes leave by {vehicle} when they are loaded; a patrol or reserve of the "
        "district goes along with the last of a village."
    ),
    "reserve_escorts": (
        "Ballot boxes: each station's boxes leave by {vehicle} when they are loaded; the operations centre sends a "
        "free patrol or reserve to go along with the last of a village."
    ),
}
WAITING = {
    "pair_each_village": (
        "Those ready up to {minutes:g} minutes before wait in the village for the last, with the pair."
    ),
    "convoy_by_district": (
        "Those ready up to {minutes:g} minutes before wait in the village for the last, with the officers; so long, in "
        "all, they wait at villages where they call."
    ),
    "reserve_escorts": (
        "Those ready up to {minutes:g} minutes before wait in the village for the last, with the officers."
    ),
}
"""What is added where boxes may wait for others."""
LEAVING = "A station that has become dangerous: {decides} {manner}"
DECIDES = {
    "chair": "its chair decides whether it is left.",
    "first_officer": "the first officer on scene decides whether it is left.",
    "posko": "the operations centre decides whether it is left.",
}
MANNER = {
    "send_out": "People leave at the order.",
    "wait_for_escort": "People wait inside until {officers:,} officers are there and leave with them.",
    "hold_inside": (
        "While a crowd is outside, people stay behind shut doors until it is over; any other danger is left at once."
    ),
}
ASKING = {
    "on_request": "Teams of other agencies: the operations centre asks for them.",
    "joint_command": (
        "Teams of other agencies: the joint command at the operations centre orders them, without a request."
    ),
    "separate": (
        "Teams of other agencies: the operations centre asks their own command post, which needs {minutes} minutes on "
        "average to pass it on."
    ),
}

translate(__name__)
