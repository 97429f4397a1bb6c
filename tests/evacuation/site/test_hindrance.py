"""What a crowd leaves of an exit."""

from __future__ import annotations

import pytest

from sim.config.site import packaged_site
from sim.evacuation.site.hindrance import open_share

SETTINGS = packaged_site().hindrance


def test_more_crowd_less_open_and_officers_open_it_again() -> None:
    by_crowd = [open_share(crowd, 0, SETTINGS) for crowd in (0, 60, 120, 600)]
    assert by_crowd == pytest.approx([1, 1 / 2, 1 / 3, 1 / 11])
    by_officers = [open_share(120, officers, SETTINGS) for officers in (0, 6, 12, 20)]
    assert by_officers == pytest.approx([1 / 3, 1 / 2, 1, 1])


def test_what_always_stays_open() -> None:
    assert open_share(1e6, 0, SETTINGS.model_copy(update={"least_open_share": 0.2})) == 0.2
