"""What each column of each table means, and its unit: the one place where it is said (``sim.describe``).

Times are minutes after midnight; missing (NaN) where the thing did not happen. A station, a district or a node is told
by its number in the region's tables, from 0; in reading a run (``run.table``) its name is put beside it.
"""

from __future__ import annotations

from sim.words.language import translate

_CLOCK, _MIN, _PERSON_MIN = "minutes after midnight", "minutes", "person-minutes"
_VOTERS, _PEOPLE, _COUNT, _CODE, _NAME, _NUMBER, _FLAG = "voters", "people", "count", "code", "name", "number", "0 or 1"
_SEVERITY = "0 green, 1 yellow, 2 red"
_AREA, _SHARE, _MEASURE = "km2", "share, 0 to 1", "that of the measure"

EVERYWHERE = {
    "strategy": ("Strategy under which the day was played.", _NAME),
    "replication": ("Simulated day, from 0; one number is the same day under every strategy.", _NUMBER),
    "station_name": ("Name of the polling station.", _NAME),
    "district_name": ("Name of the district; empty outside the region.", _NAME),
    "place_name": ("Name of the place.", _NAME),
    "node_name": ("Name of the village or place at this node.", _NAME),
    "facility_name": ("Name of the hospital or clinic.", _NAME),
    "kind_title": ("Title of the kind of disturbance.", _NAME),
    "home_name": ("Name of the place where it waits, or where its round begins.", _NAME),
}
"""Columns that mean the same in every table; the names are added in reading."""

STATIONS = {
    "station": ("Polling station.", _NUMBER),
    "district": ("Its district.", _NUMBER),
    "due": ("Voters who set out for this station today: all who voted, were lost, deferred or left in line.", _VOTERS),
    "voted": ("Voters who voted.", _VOTERS),
    "lost_deterred": ("Stayed away from a disturbance or from visible force, and did not come later.", _VOTERS),
    "lost_balked": ("Went away at the sight of the line, and did not come back.", _VOTERS),
    "lost_impatient": ("Left the entrance line after waiting, and did not come back.", _VOTERS),
    "lost_unsupplied": ("Found no ballots left.", _VOTERS),
    "lost_evacuated": ("Sent home by an evacuation, and did not come back.", _VOTERS),
    "deferred": ("At an abandoned station: a follow-up poll is due.", _VOTERS),
    "in_line": ("Still in the station at the end of the simulated day.", _VOTERS),
    "wait_sum": ("Waits before all stages together, of those who voted.", _MIN),
    "waited_over_30": ("Of those who voted, who waited more than 30 minutes.", _VOTERS),
    "priority_voted": ("Of those who voted: elderly, disabled and pregnant voters, who go first.", _VOTERS),
    "priority_wait_sum": ("Waits of these together.", _MIN),
    "opened": ("When service began, or would have.", _CLOCK),
    "closed": (
        "Nobody joins the line later; after an interruption perhaps later than the hour of closing.",
        _CLOCK,
    ),
    "last_voted": ("When the last voter left: the real closing of the room.", _CLOCK),
    "suspended_minutes": ("Minutes between opening and closing in which the station stood still.", _MIN),
    "evacuations": ("Times that the station was evacuated.", _COUNT),
    "abandoned": ("1 when voting did not go on.", _FLAG),
    "untold": ("Disturbances here that the operations centre never had a report of.", _COUNT),
    "calm_voted": ("Who voted on the same day without any disturbance.", _VOTERS),
    "calm_deferred": ("Who waits for a follow-up poll on the same day without any disturbance.", _VOTERS),
    "calm_wait_sum": ("Waits together of those who voted, on the same day without any disturbance.", _MIN),
    "calm_waited_over_30": ("Of them, who waited more than 30 minutes.", _VOTERS),
    "calm_last_voted": ("When the last voter left on the same day without any disturbance.", _CLOCK),
    "counted": ("Counting was finished.", _CLOCK),
    "boxes_left": ("The ballot boxes left the station, loaded.", _CLOCK),
    "boxes_home": ("The ballot boxes were handed over at the district office.", _CLOCK),
    "escorted": (
        "1 when officers were with them from the middle of the village to the office, the whole way.",
        _FLAG,
    ),
    "unescorted_minutes": (
        "From counted or sealed until handed over, while no officers were with the boxes.",
        _MIN,
    ),
    "held_minutes": ("In the same time, while a disturbance held them where they were.", _MIN),
}
INCIDENTS = {
    "incident": (
        "Identity on its day: s0 scripted, b12 and bo3 background, c0 of a condition, s0.20 a follower of s0.",
        _NAME,
    ),
    "kind": ("Kind of disturbance.", _NAME),
    "origin": ("scripted, background, follower or condition.", _NAME),
    "place_kind": ("Kind of place: station, base, road or area.", _NAME),
    "place": ("Where it is.", _CODE),
    "district": ("Its district; -1 outside the region.", _NUMBER),
    "onset": ("It began.", _CLOCK),
    "reported": ("The operations centre had the first report.", _CLOCK),
    "handled": ("The report was handled: from now on units are ordered.", _CLOCK),
    "handled_by": (
        "Who did so first: posko (the operations centre), or the sector post that sent its own; empty: nobody.",
        _NAME,
    ),
    "ordered": ("The first unit was ordered.", _CLOCK),
    "unsent": (
        "Why no officers were ordered when the centre first asked for some: a verdict; empty: some were, or came.",
        _NAME,
    ),
    "first_on_scene": ("First officers there, guards of the post included.", _CLOCK),
    "first_sent": (
        "1 they had been ordered; 0 they stood there or came by their round; -1 nobody came.",
        "-1, 0 or 1",
    ),
    "first_reinforcement": (
        "First unit there that had to be sent, other than the guards of the post.",
        _CLOCK,
    ),
    "needed": (
        "Officers for presence that the worst severity it reached asked for; all that it asked for stands in forces.",
        _PEOPLE,
    ),
    "force_complete": ("All that the worst severity it reached asked for was there.", _CLOCK),
    "yellow": ("It turned yellow.", _CLOCK),
    "red": ("It turned red.", _CLOCK),
    "peak_active": (
        "Most active people at one time, of both sides where two crowds meet.",
        _PEOPLE,
    ),
    "peak_other": ("Most active people of the second side at one time; 0 where there is none.", _PEOPLE),
    "peak_time": ("When most were active.", _CLOCK),
    "peak_severity": ("The worst severity that it reached.", _SEVERITY),
    "joined": ("People who joined it.", _PEOPLE),
    "dispersed": ("People who were dispersed or detained.", _PEOPLE),
    "injured": ("People injured, officers not among them.", _PEOPLE),
    "officers_hurt": ("Officers injured.", _PEOPLE),
    "withdrawn_minutes": (
        "For so long those on scene had drawn back: too few before a violent crowd.",
        _MIN,
    ),
    "controlled": ("From now on it was no worse than green; its end where it never was worse.", _CLOCK),
    "ended": ("Contained, faded or run out: the place is clear.", _CLOCK),
    "outcome": ("contained, faded, resolved, expired or open.", _NAME),
}


def _by_capability(name: str, meaning: str) -> dict[str, tuple[str, str]]:
    """Return a column for each capability."""
    able = ["presence", "crowd_control", "negotiate", "investigate", "escort", "medical", "rescue", "engineering"]
    return {f"{name}_{one}": (meaning, _PEOPLE) for one in able}


_ASKED = "People with this capability that the severity asks for; of an ambulance the crew counts 1."
_THERE = "Of those people, the ones there when fewest were missing, summed over capabilities."
FORCES = {
    "incident": ("The disturbance that asked for it.", _NAME),
    "severity": ("The severity that it reached.", _SEVERITY),
    "reached": ("It had this severity first.", _CLOCK),
    "known": ("The operations centre had handled the news that it was so bad, or worse.", _CLOCK),
    "short": (
        "The capability of which most were missing when most of them were there; empty: none.",
        _NAME,
    ),
    "complete": ("All were there at one time, this severity having been reached.", _CLOCK),
    "coming": ("1 when it was over before, and all that was missing then was on its way by open roads.", _FLAG),
    **_by_capability("asked", _ASKED),
    **_by_capability("there", _THERE),
}
TASKS = {
    "task": ("Number of the task on its day.", _NUMBER),
    "purpose": (
        "incident, check (of a false report), casualty, boxes, relocation or area_post.",
        _NAME,
    ),
    "incident": (
        "What it is for; empty: none; f0, f1, … a false report; s0/PLAN/0, … a post of an area.",
        _NAME,
    ),
    "place": ("Where it goes first.", _CODE),
    "unit": ("The unit.", _NAME),
    "agency": ("Whose it is.", _NAME),
    "role": ("guard, patrol, reserve, attached or ambulance.", _NAME),
    "strength": ("Its people.", _PEOPLE),
    "sent": ("1 it was ordered; 0 a pair that stood there, or came by its round, took it on.", _FLAG),
    "reported": ("The disturbance was reported.", _CLOCK),
    "ordered": ("The unit was ordered.", _CLOCK),
    "departed": ("It left.", _CLOCK),
    "arrived": ("It was there.", _CLOCK),
    "released": ("It was no longer needed there.", _CLOCK),
    "returned": ("It was back.", _CLOCK),
    "km": ("By road, on the way there, meanwhile, and home.", "km"),
    "shortest_minutes": (
        "Shortest travel time from where it was ordered, with every road open.",
        _MIN,
    ),
    "outcome": ("done, recalled, cut_off, diverted, withdrawn or day_end.", _NAME),
    "not_needed": ("Units that could have gone when this one was chosen, but others sufficed.", "units"),
    "busy": ("Units that were busy then.", "units"),
    "held_back": ("Units that were kept for something worse, held, or off duty then.", "units"),
    "too_far": ("Units that were too far then.", "units"),
    "not_able": ("Units that had nothing of what was asked for.", "units"),
    "cut_off": ("Units that no open road led from.", "units"),
    "not_agreed": ("Units whose agency might not be called at this severity.", "units"),
    "not_called": ("Units that sector posts alone may call.", "units"),
}
UNIT_STATES = {
    "unit": ("The unit.", _NAME),
    "agency": ("Whose it is.", _NAME),
    "role": ("guard, patrol, reserve, attached or ambulance.", _NAME),
    "strength": ("Its people.", _PEOPLE),
    "district": ("District where it belongs; -1 outside the region.", _NUMBER),
    "state": ("post, free, mobilising, travelling, on_scene, returning or escorting.", _NAME),
    "start": ("The state began.", _CLOCK),
    "end": ("It ended, and the next began.", _CLOCK),
    "node": ("Node of the roads where the unit is, or where it is going.", _NUMBER),
}
TRACKS = {
    "unit": ("A unit that can be sent, and is on a round or a way or stands elsewhere than where it waits.", _NAME),
    "start": ("From when on.", _CLOCK),
    "end": ("Up to when; at this moment no more. As the start: it was called away on its way to this round.", _CLOCK),
    "way": ("The way that it is on, in the table of ways; -1: its own round, in the rounds of deployments.", _NUMBER),
    "began": ("When it began this way, or would have begun its round to be where it is.", _CLOCK),
    "period": ("After so long the round begins again; 0: the way is gone once.", _MIN),
}
WAYS = {
    "way": ("Number of the way, of a day and strategy.", _NUMBER),
    "begins": ("When this piece of it begins, counted from the beginning of the way.", _MIN),
    "length": ("How long the piece takes; on a road, to the node ahead. The last piece lasts.", _MIN),
    "node": ("The node where the unit is, or that it passed last.", _NUMBER),
    "ahead": ("Node at the other end of the road that it is on; -1 on none.", _NUMBER),
    "away": ("From the node to where it is, when the piece begins.", _MIN),
    "slope": ("What is added to that in a minute: 1, 0 for one who stands, -1 for one on the way back.", _MIN),
    "station": ("Polling station where it stands; -1 at none.", _NUMBER),
}
ROADS = {
    "road": ("A road that was closed or slow; -1: all of them, by night.", _NUMBER),
    "start": ("From when on.", _CLOCK),
    "end": ("Up to when; at this moment no more.", _CLOCK),
    "speed": ("Its speed as a share of what it has else; 0: closed; missing: as the night lets it be.", _SHARE),
}
EVACUATIONS = {
    "incident": ("The disturbance for which people had to leave.", _NAME),
    "station": ("The polling station; -1 for an office.", _NUMBER),
    "place": ("The station or office.", _CODE),
    "due": ("Since when it had to be left.", _CLOCK),
    "ordered": ("Somebody told people to leave.", _CLOCK),
    "ordered_by": (
        "chair, first_officer, posko or decision; empty: nobody, they stayed until the danger was over.",
        _NAME,
    ),
    "people": ("People who were there.", _PEOPLE),
    "cleared": ("The last person was safe.", _CLOCK),
    "least_minutes": ("From the order to the last person safe; no choice of ways out is quicker.", _MIN),
    "exposed_minutes": ("From the danger to safety, of all people together.", _PERSON_MIN),
}
AREAS = {
    "incident": ("The disturbance for which the area had to be left.", _NAME),
    "plan": ("The plan that was played.", _NAME),
    "due": ("Since when it had to be left.", _CLOCK),
    "ordered": ("People were told to leave.", _CLOCK),
    "people": ("Who live there.", _PEOPLE),
    "refused": ("Who would not leave.", _PEOPLE),
    "safe": ("Who were safe in the end.", _PEOPLE),
    "left_behind": (
        "Who wanted to be safe and never were: at assembly points, in dead ends, without a place.",
        _PEOPLE,
    ),
    "without_place": ("Of these, at a full shelter.", _PEOPLE),
    "half_safe": ("Half of those who wanted to leave were in a shelter.", _CLOCK),
    "most_safe": ("Nine of ten of them were.", _CLOCK),
    "last_safe": ("The last who ever was safe, was.", _CLOCK),
    "least_minutes": ("No bus plan, nobody on free roads and no choice of ways is quicker.", _MIN),
    "bottleneck": ("What held up the last: warning, road, buses, reception; empty: nobody left.", _NAME),
    "votes_caught": (
        "Votes of the same day without disturbances, still to come when their village was told; none where voting "
        "stood still.",
        _VOTERS,
    ),
    "posts": ("Posts of the plan, for traffic and for houses.", _COUNT),
    "posts_manned": ("Of these, at which all officers that they take were at one time.", _COUNT),
    "unguarded_minutes": (
        "Minutes of posts that guard houses, together, without their officers, from the order to the end.",
        _MIN,
    ),
}
CASUALTIES = {
    "incident": ("The disturbance in which the person was hurt.", _NAME),
    "number": ("Number of the person in that disturbance.", _NUMBER),
    "triage": ("How badly hurt: immediate, delayed or minor.", _NAME),
    "injured": ("The injury.", _CLOCK),
    "sorted": ("The first crew knew how badly.", _CLOCK),
    "collected": ("Aboard an ambulance; missing for who is treated on the spot.", _CLOCK),
    "in_care": ("Handed over, or treated on the spot.", _CLOCK),
    "facility": ("The base of the hospital or clinic; on_the_spot; empty while it is not chosen.", _CODE),
    "without_bed": ("1: no bed was free where the person was brought.", _FLAG),
    "untreated_minutes": ("From the injury to care, or to the end of the day.", _MIN),
    "least_minutes": (
        "No crew and no plan could have been quicker; missing: nobody could have brought the person.",
        _MIN,
    ),
}
COVERAGE = {
    "district": ("The district.", _NUMBER),
    "time": ("The moment; every five minutes of the polling hours.", _CLOCK),
    "voters": ("Registered voters of the district.", _VOTERS),
    "voters_covered": ("Whose station the first officers could be at within the standard time.", _VOTERS),
    "voters_covered_any": ("The same, guards of the station's own post counted too.", _VOTERS),
    "voters_backup": ("The same for a second unit.", _VOTERS),
    "voters_yellow": ("The same for the yellow force.", _VOTERS),
    "voters_red": ("The same for the red force.", _VOTERS),
    "stations": ("Polling stations of the district.", _COUNT),
    "stations_covered": ("Of these, where the first officers could be within the standard time.", _COUNT),
    "stations_backup": ("The same for a second unit.", _COUNT),
    "stations_yellow": ("The same for the yellow force.", _COUNT),
    "stations_red": ("The same for the red force.", _COUNT),
    "area": ("Area of the district's villages.", _AREA),
    "area_covered": ("Of those in whose middle the first officers could be within the standard time.", _AREA),
    "area_backup": ("The same for a second unit.", _AREA),
    "area_yellow": ("The same for the yellow force.", _AREA),
    "area_red": ("The same for the red force.", _AREA),
    "free_units": ("Units of officers, in the district, that the operations centre may send.", "units"),
    "busy_units": ("Units of officers, in the district, that are not free.", "units"),
    "closed_roads": ("Roads of the district that are closed.", _COUNT),
    "active_incidents": ("Disturbances of the district that go on.", _COUNT),
}
POTENTIAL = {
    "force": ("first, first_with_guards, backup, yellow or red.", _NAME),
    "minutes": (
        "So long would it have taken to bring this force to a voter's station; rounded up to half minutes; missing: "
        "never.",
        _MIN,
    ),
    "voters": ("Registered voters for whom it would, each once a moment of the table of coverage.", _VOTERS),
}
BOUNDS = {
    "calls": ("Reported disturbances of the day that asked for officers.", _COUNT),
    "late": ("Of these, without officers within the standard time after the report.", _COUNT),
    "best_late": ("The fewest that any dispatch of the same units could have had.", _COUNT),
    "proved": (
        "1: a dispatch with so few is known; 0: the search was ended, and the best may have more.",
        _FLAG,
    ),
}
COMPARISON = {
    "measure": ("Name of the measure; sim.measures_table() has them all.", _NAME),
    "value": ("Its value over all days compared.", _MEASURE),
    "low": ("Lower end of the interval of this value or difference by itself.", _MEASURE),
    "high": ("Upper end of that interval.", _MEASURE),
    "n": ("Things counted: disturbances, voters, days.", _COUNT),
    "baseline": ("The strategy, or the run, that the difference is taken from.", _NAME),
    "difference": ("Value less the baseline's; shares as shares, not points.", _MEASURE),
    "low_all": ("Lower end of the interval that holds for all that are compared at once.", _MEASURE),
    "high_all": ("Upper end of that interval.", _MEASURE),
    "better": ("Share of the resamples in which it is better than the baseline.", _SHARE),
    "best": ("Share of the resamples in which it is the best of all.", _SHARE),
    "district": ("The district.", _NUMBER),
    "kind": ("Kind of disturbance.", _NAME),
    "severity": ("The worst severity that it reached.", _SEVERITY),
}
CAUSES = {
    "cause": ("Why a response was late, or that it was not.", _NAME),
    "share": ("Its share of all disturbances that asked for officers.", _SHARE),
    "low": ("Lower end of the interval of this share.", _SHARE),
    "high": ("Upper end of that interval.", _SHARE),
    "count": ("Disturbances with this cause.", _COUNT),
}
RUNS = {
    "run": ("What the run is called: what differs between the runs.", _NAME),
    "of": ("Strategy of the baseline that the difference is taken from.", _NAME),
    "paired": ("Whether both runs met the same days, so that the difference is paired.", "true or false"),
    "scenario": ("What the runs are called without their plans.", _NAME),
    "plan": ("A strategy, as it was in some run.", _NAME),
    "best": ("The plan that did best in that scenario.", _NAME),
    "regret": ("How much the plan loses against the best one of the scenario; 0 or more.", _MEASURE),
    "everywhere": ("Whether the plan was played in each of the scenarios.", "true or false"),
    "least": ("Whether it may be the plan whose largest regret is least.", "true or false"),
}
TRIALS = {
    "seed": ("Seed of the run.", _NUMBER),
    "days": ("Days that the numbers of the row rest on.", _COUNT),
    "planned": ("Days that the run is to have; with fewer it is partial.", _COUNT),
    "run": ("Folder of the run.", _NAME),
}
VOTERS = {
    "station": ("Number of the station in the order in which they were given, from 0.", _NUMBER),
    "arrived": ("Set out for the station, or would have.", _CLOCK),
    "group": ("Group of voters.", _NAME),
    "priority": ("Whether the voter goes first.", "true or false"),
    "fate": ("What became of the voter: a fate (sim.Fate) by name.", _NAME),
    "joined": ("Came to the line, for the last time if more than once.", _CLOCK),
    "left": ("Left for good: served, or from the line.", _CLOCK),
    "wait": ("Waits before all stages together, of who voted.", _MIN),
}
ONE_STATION = {
    "registered": ("Voters on its roll.", _VOTERS),
    "in_room": ("Between the first service and the way out when the day ended.", _VOTERS),
}
MEASURE_UNITS = {
    "minutes": "minutes",
    "people": "people",
    "votes": "votes",
    "km": "km",
    "share": "share, 0 to 1",
    "count": "count",
    "clock": "minutes after midnight",
    "times": "times the least",
}
"""Units of measures, as tables have them."""
STAGE = {"start": ("Service at this stage began.", _CLOCK), "finish": ("Service at this stage ended.", _CLOCK)}
AXIS = "Setting {setting}, an axis of the sweep."

translate(__name__)
