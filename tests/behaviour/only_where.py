"""Settings that matter only where something is so that is not so in the packaged scenarios: where, and why."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import NamedTuple


class Where(NamedTuple):
    """Where settings matter.

    Attributes:
        settings: Their names, with ``*`` for anything.
        why: A sentence that says it.
        also: Overrides under which it is so.
        strategy: The strategy that shows it; empty for the setting's own.
        scenario: The scenario.
    """

    settings: str
    why: str
    also: tuple[str, ...] = ()
    strategy: str = ""
    scenario: str = "riot_kecamatan3"


_BOXES = "boxes go home after the polling hours, and no headline tells of them"
_DARK = "only in the dark: here somebody is under way then, which is not so in the packaged scenarios"
_RIOTS = "incidents=[{}]".format(
    ", ".join(f'{{kind: riot, onset: "09:40", place: kecamatan {i}, starters: 18, followers: 0}}' for i in range(1, 13))
)
_MUCH = "disturbance.background.rate_per_station_hour=0.02"
_ESCORT = "kinds.riot.severities.green.needs={escort: 40}"
_WARDENS = (
    "response.attached=[{base: POLRES, agency: wardens, teams: 2, size: 40, vehicle: truck, from_severity: green,"
    " request_delay: 0}]"
)
ONLY_WHERE = (
    Where(
        "response.reporting.no_signal.*",
        "only where there is no signal: here a blackout has taken it before the riot",
        (
            'incidents=[{kind: riot, onset: "09:40", place: kecamatan 3, starters: 18, followers: 1},'
            ' {kind: blackout, onset: "09:00", place: kecamatan 3}]',
            "kinds.blackout.course.duration={mean_minutes: 300, cv: 0}",
        ),
        "minimum_pattern",
    ),
    Where(
        "response.reporting.too_*",
        "changes how a report in fourteen is judged, and nothing is milder than green: here there are twelve riots",
        (_RIOTS,),
        "central_reserve",
    ),
    Where(
        "response.reporting.duplicates*",
        "only where desks are busy: here there is one, and 20 false reports an hour",
        ("response.posko.desks=1", "response.reporting.false_reports.per_hour=20"),
        "minimum_pattern",
    ),
    Where(
        "response.posko.desks",
        "only where reports wait: here 20 false ones come every hour and each takes ten minutes",
        (
            "response.reporting.false_reports.per_hour=20",
            "response.posko.alarm_handling={mean_minutes: 10, cv: 0.5}",
        ),
        "minimum_pattern",
    ),
    Where(
        "response.night.to_time",
        _DARK,
        ('incidents=[{kind: clash, onset: "05:20", place: kecamatan 3, starters: 20}]',),
        "central_reserve",
    ),
    Where(
        "response.night.*",
        _DARK,
        ('incidents=[{kind: clash, onset: "18:15", place: kecamatan 3, starters: 20}]',),
        "central_reserve",
    ),
    Where(
        "response.reporting.false_reports.kept_minutes",
        "only where nobody can be sent for so long: here 40 false reports come every hour, and no sector post has a patrol",
        ("response.reporting.false_reports.per_hour=40", "response.sector_patrol_size=0"),
        "central_reserve",
    ),
    Where(
        "response.abilities.police.2",
        "only a green protest at an office asks for it: without it the run warns that this is never met, and the table"
        " `forces` of each day says so; no measure tells of a green force",
        ('incidents=[{kind: office_protest, onset: "10:00", place: KPU, starters: 60}]',),
        "minimum_pattern",
    ),
    Where(
        "strategy[[]*].dispatch.guards_within_minutes",
        "a red riot lacks crowd control, not presence, so pairs of other posts are hardly asked: here they are from green on",
        ("strategy.dispatch.take_guards_from=green",),
    ),
    *(
        Where(
            f"response.abilities.{who}", "no packaged kind asks for it: here a riot asks for it first", (_ESCORT,), name
        )
        for who, name in (
            ("police.4", "minimum_pattern"),
            ("mobile_brigade.2", "even_spread"),
            ("army.2", "even_spread"),
        )
    ),
    Where(
        "response.abilities.local_government.0",
        "no packaged unit is theirs: here their machines wait at headquarters and the disaster agency is not there",
        (
            "response.attached=[{base: POLRES, agency: local_government, teams: 2, size: 8, vehicle: truck,"
            " from_severity: green, request_delay: 0}]",
        ),
        "minimum_pattern",
        "landslide_trunk",
    ),
    Where(
        "response.abilities.wardens.0",
        "no packaged unit is theirs: here forty are called from headquarters",
        (_WARDENS,),
        "minimum_pattern",
    ),
    Where(
        "response.abilities.wardens.1",
        "no packaged unit is theirs: here they alone are called where a flood asks for rescue",
        (_WARDENS, 'incidents=[{kind: flood, onset: "09:00", place: kecamatan 3}]'),
        "minimum_pattern",
    ),
    Where(
        "response.abilities.disaster.0",
        "only a flood asks for it: here there is one",
        ('incidents=[{kind: flood, onset: "09:00", place: kecamatan 3}]',),
        "minimum_pattern",
    ),
    Where(
        "response.force.yellow.presence",
        "whoever is there for crowd control is there for presence too: here none is asked for; no headline tells of yellow",
        ("response.force.yellow.crowd_control=0",),
        "forward_reserve",
    ),
    Where(
        "response.force.yellow.*", "coverage and minutes of the yellow force are no headlines", (), "forward_reserve"
    ),
    Where(
        "response.force.red.presence",
        "whoever is there for crowd control is there for presence too: here none is asked for",
        ("response.force.red.crowd_control=0",),
        "forward_reserve",
    ),
    Where(
        "strategy[[]forward_reserve].dispatch.take_guards_from",
        "a red riot lacks crowd control, not presence, so pairs of other posts are hardly asked: here it asks for presence",
        ("response.force.red.crowd_control=0",),
    ),
    Where(
        "response.attached.3.from_severity",
        "no green disturbance asks for it: here a blackout does; whom it asks for are no officers, of whom headlines tell",
        (
            'incidents=[{kind: blackout, onset: "09:00", place: kecamatan 3}]',
            "kinds.blackout.severities.green.needs={engineering: 8}",
            "kinds.blackout.course.duration={mean_minutes: 300, cv: 0}",
        ),
        "minimum_pattern",
    ),
    Where(
        "response.attached.3.*",
        "one team clears a landslide: here 16 people are asked for; they are no officers, of whom most headlines tell",
        ("kinds.landslide.severities.yellow.needs={presence: 2, engineering: 16}",),
        "minimum_pattern",
        "landslide_trunk",
    ),
    Where(
        "response.wait_at_closure_minutes",
        "only where a road opens again after half an hour and more: here both roads to the riot do, closed while the first are under way",
        (
            'closures=[{between: [Mojorejo, Beringin Tiga], closed_at: "10:02", reopened_at: "11:20"},'
            ' {between: [Sumber Urip, Sumber Bening], closed_at: "10:02", reopened_at: "11:20"}]',
        ),
        "central_reserve",
    ),
    *(
        Where(
            f"strategy[[]{which}].guards.very_high.*",
            "the most vulnerable stations are few: here there are seven times as many disturbances",
            ("disturbance.background.rate_per_station_hour=0.006",),
        )
        for which in ("*_reserve", "joint_command", "dynamic_relocation")
    ),
    Where(
        "response.reporting.guarded.cv",
        "a report by officers who are there takes a minute and a half, more or less: here there are twelve riots",
        (_RIOTS,),
        "minimum_pattern",
    ),
    Where(
        "response.attached.2.teams",
        "two platoons of the army are enough for one red riot: here there are twelve",
        (_RIOTS,),
        "even_spread",
    ),
    Where(
        "response.attached.1.*",
        "one platoon of the mobile brigade is enough for one red riot: here there are twelve",
        (_RIOTS,),
        "even_spread",
    ),
    Where(
        "response.vehicles.ambulance.town",
        "where people are missing the red force does not wait for an ambulance: here it asks for two and hardly for officers",
        ("response.force.red={presence: 1, crowd_control: 0, medical: 2}",),
        "minimum_pattern",
    ),
    Where(
        "response.sector_posts.desks",
        "only where reports wait at a sector post: here 20 false ones come every hour and each takes ten minutes",
        (
            "response.reporting.false_reports.per_hour=20",
            "response.sector_posts.alarm_handling={mean_minutes: 10, cv: 0.5}",
            "response.posko.alarm_handling={mean_minutes: 20, cv: 0.5}",
        ),
        "minimum_pattern",
    ),
    Where(
        "response.standing_guards.*",
        "only where something happens at an office: here protests begin at the commission's and at a district's",
        (
            'incidents=[{kind: office_protest, onset: "09:40", place: KPU, starters: 30, followers: 0},'
            ' {kind: office_protest, onset: "09:40", place: OFFICE-KOTAPADANG, starters: 30, followers: 0}]',
        ),
        "minimum_pattern",
    ),
    Where(
        "strategy[[]*].retasking.taken_for.red.*",
        "only where something red wants units that are at something else: here there are twelve riots, and much besides",
        (_RIOTS, "disturbance.background.rate_per_station_hour=0.05"),
    ),
    Where(
        "strategy[[]*].retasking.taken_for.yellow.after_end",
        "only where somebody works on where all is over and is wanted elsewhere: here there are twelve riots",
        (_RIOTS,),
    ),
    Where(
        "strategy[[]*].dispatch.within_minutes",
        "only where there is a choice between one that meets the whole need and several that are nearer: here there are "
        "twelve riots",
        (_RIOTS,),
    ),
    *(
        Where(setting, "only where much happens at a time: here 25 times as much as packaged", (_MUCH,))
        for setting in (
            "strategy[[]*].retasking.taken_for.*",
            "strategy[[]*].retasking.farther_minutes",
            "strategy[[]joint_command].dispatch.take_guards_from",
        )
    ),
    *(
        Where(
            f"strategy[[]{name}].dispatch.policy",
            "the fewest units are mostly the nearest: another choice shows on the worst credible day",
            scenario="worst_credible_day",
        )
        for name in ("central_reserve", "dynamic_relocation")
    ),
    Where("response.escort.*", _BOXES, (), "minimum_pattern"),
    Where("strategy[[]*].escort", _BOXES),
    *(
        Where(
            f"response.risk.{what}",
            "only for patrols dealt by risk under guards that follow a pattern, which no packaged strategy has",
            (f"strategy.patrols=[{{teams: {teams}, size: 2, vehicle: motorcycle, districts: by_risk}}]",),
            "even_spread",
        )
        for what, teams in (("low", 6), ("high", 12), ("*", 7))
    ),
)
"""The first that fits a setting is tried."""


def where(setting: str) -> Where | None:
    """Return where a setting matters; None: in the packaged scenarios."""
    return next((one for one in ONLY_WHERE if fnmatchcase(setting, one.settings)), None)
