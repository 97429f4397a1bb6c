"""A user is spoken to in his language: which it is, and what numbers, times and dates look like in it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest

from sim.words import language
from sim.words import report as words
from sim.words.language import Language, Text, clock, day_in_words, gettext, number, of_environment, spoken


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "en"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "id_ID"}, "id"),
        ({"SIAGA_LANGUAGE": "id", "LC_ALL": "de_DE"}, "id"),
        ({"LANG": "fr_FR"}, "en"),
    ],
)
def test_language_is_that_of_the_locale_unless_it_is_asked_for(environ: dict[str, str], expected: str) -> None:
    assert of_environment(environ) == Language(expected)


def test_a_language_is_spoken_inside_only() -> None:
    english = words.NEVER
    with spoken(Language.INDONESIAN):
        assert words.NEVER == "tidak pernah"
    assert english == words.NEVER == "never"


def test_numbers_have_the_separators_of_the_language() -> None:
    assert (number(1234567.5, ",.1f"), number(-0.25, "+.2f")) == ("1,234,567.5", "-0.25")
    with spoken(Language.INDONESIAN):
        assert (number(1234567.5, ",.1f"), number(-0.25, "+.2f")) == ("1.234.567,5", "-0,25")
        assert Text("{n:,} suara, {share:.1f} %, {name}").format(n=1200, share=7.25, name="1,200.5") == (
            "1.200 suara, 7,2 %, 1,200.5"
        )


def test_a_field_without_a_format_is_written_as_python_does() -> None:
    with spoken(Language.INDONESIAN):
        assert Text("{} {0!r} {}").format is not None
        assert Text("{days} hari, {on}").format(days=1200, on=True) == "1200 hari, True"


def test_times_and_dates_are_written_as_the_language_does() -> None:
    assert (clock("13:05"), day_in_words(date(2024, 11, 27))) == ("13:05", "27 November 2024")
    with spoken(Language.INDONESIAN):
        assert (clock("13:05"), day_in_words(date(2024, 8, 17))) == ("13.05", "17 Agustus 2024")


def test_keys_of_mappings_stay_as_they_are() -> None:
    with spoken(Language.INDONESIAN):
        assert set(words.UNITS) == {"minutes", "people", "votes", "km", "share", "count", "clock", "times"}
        assert words.UNITS["people"] == "orang"


def test_what_the_catalogue_lacks_is_said_as_it_is() -> None:
    with spoken(Language.INDONESIAN):
        assert gettext("A title that somebody wrote himself") == "A title that somebody wrote himself"
        assert gettext("") == ""  # in a catalogue it is the key of its head


def test_processes_that_are_started_speak_the_language_of_the_command() -> None:
    code = "from sim.words.language import speaking; print(speaking())"
    environ = {**os.environ, language.VARIABLE: "id"}
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "id"
