"""Settings that the tests of whole days share: days on which much happens, under rules of every kind."""

from __future__ import annotations

ATTACHED = (
    "response.attached=[{base: BRIMOB, agency: mobile_brigade, teams: 1, size: 10, vehicle: truck,"
    " from_severity: yellow, request_delay: 0},{base: YONIF-144, agency: army, teams: 2, size: 6, vehicle: truck,"
    " from_severity: red, request_delay: 20}]"
)
FORCE = "response.force={yellow: {presence: 9}, red: {presence: 34, medical: 2, rescue: 9}}"
VARIANTS = {
    "as it is": (),
    "guards from yellow, one reserve held back": (
        ATTACHED,
        "strategy.dispatch.take_guards_from=yellow",
        "strategy.dispatch.guards_within_minutes=9",
        "strategy.dispatch={policy: hold_reserve, hold_back: 1, within_minutes: 15, busy: 0.3}",
        FORCE,
    ),
    "guards from green, all reserves held back": (
        "strategy.dispatch.take_guards_from=green",
        "strategy.dispatch.guards_within_minutes=14",
        "strategy.dispatch={policy: hold_reserve, hold_back: 5, within_minutes: 15, busy: 0.3}",
        "response.force={yellow: {presence: 23, rescue: 3}, red: {presence: 46}}",
    ),
    "no guard is taken, pairs of many stations": (
        ATTACHED,
        "strategy.dispatch.take_guards_from=null",
        "strategy.guards.low={police: 4, stations: 9, wardens: 8}",
        "strategy.guards.high={police: 0, stations: 3, wardens: 8}",
        "response.force={yellow: {presence: 6}, red: {presence: 400}}",
        "response.sector_posts.desks=0",
    ),
    "who drives home, or is moved, can be sent": (
        ATTACHED,
        "strategy.dispatch.take_guards_from=yellow",
        "strategy.dispatch.guards_within_minutes=14",
        "+strategy.retasking={way_home: true, keep_officers: 0}",
        "+strategy.relocation={rule: dynamic, every_minutes: 20, within_minutes: 12, busy: 0.5, least_gain: 0, most_minutes: 90}",
        FORCE,
    ),
    "shifts, rest, and tired teams": (
        ATTACHED,
        "strategy.reserves=[{base: POLRES, teams: 1, size: 6, vehicle: truck}, {base: SEK-PUT, teams: 1, size: 6,"
        " vehicle: truck, shift: {from_time: '09:00', to_time: '12:00'}}]",
        "+strategy.duty={longest_minutes: 240, rest_minutes: 60, tired_after_minutes: 45, tired_factor: 2.5}",
        "+strategy.retasking={way_home: true}",
        FORCE,
    ),
    "stations that only motorcycles reach, and on foot": (
        ATTACHED,
        "region.derive.hard_to_reach=[{village: Pasar Tengah, stations: 3, access: motorcycle, km: 3},"
        " {village: Muara Baru, stations: 1, access: motorcycle, km: 2}, {village: T3.1, stations: 2, access: foot, km: 2},"
        " {village: T1.1, stations: 2, access: motorcycle, km: 1.5}]",
        "strategy.dispatch.take_guards_from=green",
        "strategy.dispatch.guards_within_minutes=14",
        "strategy.guards.low={police: 2, stations: 4, wardens: 8}",
        "+strategy.retasking={way_home: true, keep_officers: 0}",
        FORCE,
    ),
    "sector posts save more than their patrols take to get ready": (
        "response.posko.alarm_handling={mean_minutes: 6, cv: 0.5}",
        "response.sector_posts.alarm_handling={mean_minutes: 0.5, cv: 0.5}",
        FORCE,
    ),
}
"""Overrides by what they are about, each for a day under one strategy."""
