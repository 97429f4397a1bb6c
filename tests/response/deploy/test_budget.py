"""Spending people, and the shortage when there are too few."""

from __future__ import annotations

import pytest

from sim.errors import UserError
from sim.response.deploy.budget import Item, spend
from sim.vocabulary import Agency


def test_what_is_not_asked_for_is_left() -> None:
    items = [Item("post", "Barat", 2, 8), Item("reserve", "POLRES", 16)]
    assert spend("plan", items, {Agency.POLICE: 20, Agency.WARDENS: 8}) == {Agency.POLICE: 2, Agency.WARDENS: 0}


def test_the_shortage_falls_on_what_is_filled_last_and_is_told_by_agency_and_place() -> None:
    items = [
        Item("post", "Barat", 4, 10),
        Item("post", "Timur", 4, 10),
        Item("patrol", "Timur", 3),
        Item("reserve", "POLRES", 5),
    ]
    with pytest.raises(UserError) as told:
        spend("plan", items, {Agency.POLICE: 10, Agency.WARDENS: 15})
    message = str(told.value)
    assert message.startswith("strategy 'plan' spends more than there is")
    assert "police: 16 asked, 10 there, 6 short (Timur 1, POLRES 5)" in message
    assert "wardens: 20 asked, 15 there, 5 short (Timur 5)" in message


def test_an_agency_that_suffices_is_not_named() -> None:
    with pytest.raises(UserError) as told:
        spend("plan", [Item("post", "Barat", 3, 1)], {Agency.POLICE: 2, Agency.WARDENS: 1})
    assert "wardens" not in str(told.value)
