"""Titles and definitions of the measures, by name."""

from __future__ import annotations

from sim.words.language import translate

TITLES = {
    "arrival_median": "From onset, med.",
    "arrival_p90": "From onset, 90 %",
    "response_median": "Response, median",
    "response_p90": "Response, 90 %",
    "response_mean": "Response, mean",
    "within_standard": "Within standard",
    "driven_median": "Sent for, median",
    "stood_there": "Stood there",
    "unanswered": "Never reached",
    "reinforcement_median": "Reinforced, med.",
    "reinforcement_p90": "Reinforced, 90 %",
    "yellow_force": "Force at yellow",
    "yellow_over_first": "Over first, yel.",
    "yellow_without_force": "No force, yellow",
    "yellow_force_median": "At yellow, med.",
    "red_force": "Force at red",
    "red_over_first": "Over first, red",
    "red_without_force": "No force, red",
    "red_force_median": "At red, med.",
    "coverage_at_start": "Coverage, start",
    "coverage_over_day": "Coverage, day",
    "coverage_backup": "Coverage, backup",
    "coverage_yellow": "Coverage, yellow",
    "coverage_red": "Coverage, red",
    "coverage_of_stations_over_day": "Stations covered",
    "coverage_of_stations_backup": "Stations, backup",
    "coverage_of_stations_yellow": "Stations, yellow",
    "coverage_of_stations_red": "Stations, red",
    "coverage_of_area_over_day": "Area covered",
    "coverage_of_area_backup": "Area, backup",
    "coverage_of_area_yellow": "Area, yellow force",
    "coverage_of_area_red": "Area, red force",
    "coverage_worst_district": "Coverage, worst",
    "coverage_with_guards": "Coverage with guards",
    "coverage_worst_moment": "Coverage, worst moment",
    "coverage_worst_time": "Worst moment at",
    "coverage_worst_busy": "Busy units then",
    "coverage_worst_closed": "Closed roads then",
    "potential_first_median": "Potential, med.",
    "potential_first_p90": "Potential, 90 %",
    "potential_yellow_median": "Potential yellow, med.",
    "potential_yellow_p90": "Potential yellow, 90 %",
    "potential_red_median": "Potential red, med.",
    "potential_red_p90": "Potential red, 90 %",
    "peak_crowd": "Largest crowd",
    "peak_crowd_p90": "Largest crowd, 90 %",
    "contained_before_red": "Never turned red",
    "red_per_day": "Red incidents",
    "injured_per_day": "Injured",
    "officers_hurt_per_day": "Officers hurt",
    "incidents_per_day": "Incidents",
    "untold_per_day": "Never told",
    "votes_lost": "Votes lost, all",
    "votes_lost_deterred": "Lost: kept away",
    "votes_lost_balked": "Lost: long line",
    "votes_lost_impatient": "Lost: out of patience",
    "votes_lost_unsupplied": "Lost: no ballots",
    "votes_lost_evacuated": "Lost: evacuated",
    "votes_lost_in_line": "Lost: not served",
    "votes_lost_to_disturbances": "Votes disturbed",
    "votes_lost_untold": "Lost untold",
    "votes_deferred": "Votes deferred",
    "waiting_long": "Waited > 30 min",
    "mean_wait": "Mean wait",
    "priority_wait": "Mean wait, priority",
    "others_wait": "Mean wait, others",
    "opened_late": "Stations opened late",
    "stations_disturbed": "Stations halted",
    "exposed_minutes": "Exposed person-min",
    "leaving_ordered_median": "Danger to order, med.",
    "clearance_median": "Clearance, med.",
    "clearance_p90": "Clearance, 90 %",
    "clearance_to_least": "Clearance / least",
    "area_most_safe_median": "Area 90 % safe",
    "area_left_behind": "Area, left behind",
    "area_to_least": "Area / least",
    "area_unguarded_minutes": "Area, houses unguarded",
    "untreated_minutes": "Untreated person-min",
    "care_median": "Injury to care",
    "care_immediate_median": "Care, immediate",
    "care_delayed_median": "Care, delayed",
    "care_minor_median": "Care, minor",
    "care_to_least": "Care / least",
    "without_care": "Never in care",
    "without_bed": "Without a bed",
    "last_station_closed": "Last voter left",
    "closing_p90": "90 % of rooms empty",
    "boxes_home_p90": "90 % of boxes home",
    "boxes_escorted": "Boxes escorted",
    "box_minutes_unescorted": "Box minutes alone",
    "boxes_held": "Boxes held up",
    "busy_share": "Busy share of units",
    "late_per_day": "Late a day",
    "best_late_per_day": "Late at best",
    "late_to_best": "Late / at best",
    "best_late_proved": "Best known",
    "km_driven": "Kilometres driven",
}
"""Titles of measures, short enough for a column; counts are per day."""
TWIN_TITLE = "{title}, same incidents"
TWIN_DEFINITION = (
    "The same as '{title}', over those incidents alone that it counts under every plan compared, on the same day: no "
    "plan that prevents some, or keeps them from getting worse, is judged by what is left of them."
)
TWIN_HEADING = "– same incidents"
"""What a twin is called below the measure whose twin it is."""
DEFINITIONS = {
    "arrival_median": "Median minutes from the onset to the first officers on scene, of the incidents that happen "
    "under the plan; never counts as never, also where it was over before anybody came.",
    "arrival_p90": "90th percentile of the same.",
    "response_median": "Median minutes from the report to the first officers on scene, guards included, or from the "
    "onset where they came before anybody had told; never counts as never, and so does what is never reported.",
    "response_p90": "90th percentile of the same.",
    "response_mean": "Mean of the same minutes, over the incidents alone that were told of and reached: what was never "
    "reached is not in it, so that it says how long the waits are that end, and 'Never reached' how many do not.",
    "within_standard": "Share of incidents whose first officers came within the standard time after the report; what "
    "is never reported is not within it. The clock starts with the report: where that comes late, a pair on its round "
    "may be nearer by then, and the share higher, while nobody is there sooner after the onset.",
    "driven_median": "Median minutes from the report to the first officers where they had to be sent; never counts as "
    "never.",
    "stood_there": "Share of incidents whose first officers stood there, or came by their round.",
    "unanswered": "Share of incidents that no officer ever reached, those that were over before among them.",
    "reinforcement_median": "Median minutes from the report to the first unit other than the post's guards, where "
    "guards did not suffice.",
    "reinforcement_p90": "90th percentile of the same.",
    "yellow_force": "Share of the incidents that turned yellow where all that yellow asks for was ever there at "
    "one time.",
    "yellow_over_first": "Share of the incidents that turned yellow and were over by those who were there before "
    "all that yellow asks for was: the rest was on its way. Whom closed roads then cut off from it was not.",
    "yellow_without_force": "Share of the incidents that turned yellow, never had all that yellow asks for, and "
    "would not have had it: not all that was missing was on its way when they were over, or they never were. With "
    "those that had it and those that were over first it is all of them.",
    "yellow_force_median": "Median minutes from turning yellow until all that was there; never counts as never.",
    "red_force": "Share of the incidents that turned red where all that red asks for was ever there at one time.",
    "red_over_first": "Share of the incidents that turned red and were over by those who were there before all that "
    "red asks for was: the rest was on its way. Whom closed roads then cut off from it was not.",
    "red_without_force": "Share of the incidents that turned red, never had all that red asks for, and would not "
    "have had it: not all that was missing was on its way when they were over, or they never were. With those that "
    "had it and those that were over first it is all of them.",
    "red_force_median": "Median minutes from turning red until all that was there; never counts as never.",
    "coverage_at_start": "Share of registered voters at whose station the first officers that the operations "
    "centre could send, other than the guards of its own post, would be within the standard time when stations open: "
    "alarm handling, request delay, mobilisation and travel. It does not depend on the day's incidents, those alone "
    "apart that began before: plans are compared by where their units stand.",
    "coverage_over_day": "The same share, over the whole of the polling hours. It depends on the day's incidents: "
    "units that are busy with them cover nobody, and who has fewer of them under a plan has more units free. One unit "
    "more lowers it at no moment at which all others are where they were without it; over a day on which others are "
    "sent, or come home, otherwise because of it, it may.",
    "coverage_backup": "The same share for a second unit.",
    "coverage_yellow": "The same share for the yellow force (response.force.yellow), guards of the post included.",
    "coverage_red": "The same share for the red force (response.force.red), guards of the post included.",
    "coverage_of_stations_over_day": "Share of stations at which the first officers would be within the standard time, "
    "over the polling hours.",
    "coverage_of_stations_backup": "The same share for a second unit.",
    "coverage_of_stations_yellow": "The same share for the yellow force.",
    "coverage_of_stations_red": "The same share for the red force.",
    "coverage_of_area_over_day": "Share of the villages' area in whose middle the first officers would be within the "
    "standard time, over the polling hours.",
    "coverage_of_area_backup": "The same share for a second unit.",
    "coverage_of_area_yellow": "The same share for the yellow force; no guards are of a village's own.",
    "coverage_of_area_red": "The same share for the red force; no guards are of a village's own.",
    "coverage_worst_district": "Share of registered voters covered by first officers over the polling hours, in the "
    "district where it is smallest.",
    "coverage_with_guards": "Share of registered voters covered over the polling hours when the guards of the "
    "station's own post count too: at once where they stand there, else by order or by their round.",
    "coverage_worst_moment": "Average over days of the smallest share of registered voters covered by first officers "
    "at any moment of the day.",
    "coverage_worst_time": "Median over days of when that was.",
    "coverage_worst_busy": "Units of officers, other than guards, that were not free at that moment; average over "
    "days.",
    "coverage_worst_closed": "Roads that were closed at that moment; average over days.",
    "potential_first_median": "Median minutes until the first officers, other than guards of the post, would be at a "
    "voter's station, over all voters and moments; never counts as never.",
    "potential_first_p90": "90th percentile of the same.",
    "potential_yellow_median": "Median of the same for the yellow force, guards of the post included.",
    "potential_yellow_p90": "90th percentile of the same.",
    "potential_red_median": "Median of the same for the red force, guards of the post included.",
    "potential_red_p90": "90th percentile of the same.",
    "peak_crowd": "Average over days of the largest crowd of the day, active people; 0 on a day without any.",
    "peak_crowd_p90": "The largest crowd of the day that nine days in ten do not exceed, active people.",
    "contained_before_red": "Share of the disturbances with a crowd that ended without ever turning red.",
    "red_per_day": "Disturbances that turned red, per day.",
    "injured_per_day": "People injured, per day; officers not among them.",
    "officers_hurt_per_day": "Officers injured, per day.",
    "incidents_per_day": "Disturbances per day, followers included.",
    "untold_per_day": "Disturbances that the operations centre never had a report of, per day.",
    "votes_lost": "Votes lost per day, for whatever cause; votes deferred to a follow-up poll are counted apart.",
    "votes_lost_deterred": "Votes lost per day by voters whom a disturbance or visible force kept away, and who did "
    "not come later.",
    "votes_lost_balked": "Votes lost per day by voters who went away at the sight of the line, and did not come back.",
    "votes_lost_impatient": "Votes lost per day by voters who waited, left the entrance line, and did not come back.",
    "votes_lost_unsupplied": "Votes lost per day by voters for whom the station had no ballots left.",
    "votes_lost_evacuated": "Votes lost per day by voters whom an evacuation sent home, and who did not come back.",
    "votes_lost_in_line": "Votes lost per day by voters still at the station, not served, at the end of the simulated "
    "day.",
    "votes_lost_to_disturbances": "Votes fewer than on the same day without disturbances, per day; deferred votes "
    "not among them.",
    "votes_lost_untold": "Votes disturbed at stations with a disturbance that nobody told of, per day: on a real "
    "day nobody would know what became of them.",
    "votes_deferred": "Votes that a follow-up poll is due for, per day: put off by a disturbance, or by wrong supplies "
    "and wrong procedure, which no plan changes.",
    "waiting_long": "Share of those who voted that waited more than 30 minutes.",
    "mean_wait": "Mean minutes that those who voted waited: all waits over all voters.",
    "priority_wait": "Mean minutes that those who voted and go first waited: elderly, disabled and pregnant voters.",
    "others_wait": "Mean minutes that all others who voted waited.",
    "opened_late": "Stations that opened after the hour of opening, per day.",
    "stations_disturbed": "Stations that stood still for a time during voting, per day.",
    "exposed_minutes": "Person-minutes at stations per day, from the moment that they must be left to safety, or to "
    "the end of the danger for those who stayed.",
    "leaving_ordered_median": "Median minutes from the moment that a station must be left to the order; never ordered "
    "counts as never.",
    "clearance_median": "Median minutes from the order to leave a station to the last person safe.",
    "clearance_p90": "90th percentile of the same.",
    "clearance_to_least": "Minutes from the order to the last person safe over the least that any choice of ways would "
    "take if everybody started at once and nobody were in the way: all over all.",
    "area_most_safe_median": "Median minutes from the moment that an area must be left until nine of ten who want to "
    "leave are in a shelter.",
    "area_left_behind": "People of areas who wanted to be safe and never were, per day: at assembly points, in dead "
    "ends, before full shelters.",
    "area_to_least": "Minutes from the order to the last in a shelter over the least that any bus plan, free roads and "
    "any choice of ways allow: all over all.",
    "area_unguarded_minutes": "Minutes that posts which guard the houses of an area stood without all the officers "
    "that they take, from the order to leave until the disturbance was over, per day; two posts count twice.",
    "untreated_minutes": "Person-minutes from an injury that is not minor to care, or to the end of the day for who "
    "is never in care, per day.",
    "care_median": "Median minutes from an injury to care (handed over, or treated on the spot); never counts as "
    "never.",
    "care_immediate_median": "The same, of those whose life depends on it.",
    "care_delayed_median": "The same, of those who need a hospital or clinic and can wait.",
    "care_minor_median": "The same, of minor injuries, which are treated on the spot.",
    "care_to_least": "Minutes from an injury to care over the least that was possible (a crew stands there, roads are "
    "open, beds and staff are ready): all over all, of those who came into care.",
    "without_care": "People who were hurt and were in no care when the day ended, per day.",
    "without_bed": "People who were brought where no bed was free, per day.",
    "last_station_closed": "Average over days of when the last voter of the regency left the station.",
    "closing_p90": "When the last voter had left 90 % of the stations where anybody voted; one that was never empty is "
    "never.",
    "boxes_home_p90": "When 90 % of the stations' boxes are at the district office, minutes after midnight.",
    "boxes_escorted": "Share of the boxes that left their stations with which officers were all the way from the "
    "village to the district office; 0 where no rule or no unit provides for it.",
    "box_minutes_unescorted": "Minutes, over all stations' boxes, from counted to handed over in which no officers "
    "were with them, at the station or on the way, per day.",
    "boxes_held": "Share of the stations' boxes that a disturbance held where they were, counted or sealed, at the "
    "station or on the way.",
    "busy_share": "Share of their time, until closing, that units which the operations centre may send are not free.",
    "late_per_day": "Reported incidents that first officers did not reach within the standard time after the report, "
    "per day; on the first days only (run.bound_days).",
    "best_late_per_day": "The fewest of them that could have been late, had the same units, where they waited, been "
    "sent with all incidents of the day known beforehand, per day.",
    "late_to_best": "Late responses over the fewest that were possible; undefined where none need have been late.",
    "best_late_proved": "Share of these days on which a dispatch with so few late responses is known; on the others it "
    "may have more.",
    "km_driven": "Kilometres driven on missions, per day.",
}
"""What each measure is, in a sentence or two."""

translate(__name__)
