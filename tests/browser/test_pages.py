"""Every page that a run gets: at every size, in both languages, without an error and without any network."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.words.language import Language
from tests.browser.opened import SIZES, Opened

Pages = dict[tuple[str, Language], Path]
Open = Callable[..., Opened]
KINDS = ("playback", "report")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_opens_from_disk_without_error_and_asks_for_nothing(
    pages: Pages, open_page: Open, kind: str, language: Language, size: str
) -> None:
    opened = open_page(pages[kind, language], size)
    assert (opened.wanted, opened.wrong) == ([], [])
    assert opened.page.evaluate("document.documentElement.lang") == language
    assert opened.overflow() <= 0, "nothing sticks out at the side"
    if size == "print":
        printed = opened.page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 1 and len(printed) > 20_000


@pytest.mark.parametrize("size", ["1280", "390"])
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", KINDS)
def test_contrast_names_and_structure_hold_to_the_rules_of_accessibility(
    pages: Pages, open_page: Open, kind: str, language: Language, size: str
) -> None:
    assert open_page(pages[kind, language], size).broken_rules() == {}


@pytest.mark.parametrize("size", ["1280", "390"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_reaches_all_that_can_be_used(pages: Pages, open_page: Open, kind: str, size: str) -> None:
    reached, there = open_page(pages[kind, Language.ENGLISH], size).reached_by_tab()
    assert reached == there


@pytest.mark.parametrize("language", Language)
def test_the_brief_is_one_page_on_paper(pages: Pages, open_page: Open, language: Language) -> None:
    opened = open_page(pages["report", language], "print")
    opened.page.evaluate("document.body.replaceChildren(document.querySelector('.brief'))")
    assert len(re.findall(rb"/Type\s*/Page\b", opened.page.pdf(prefer_css_page_size=True))) == 1
