"""``simulate places``: what can be named, in a form that is accepted back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli import call
from sim.config.compose import load
from sim.region.gazetteer import Gazetteer
from sim.region.listing import listing
from sim.region.load import load_region
from sim.vocabulary import BaseKind
from sim.words.language import Language, spoken
from tests.conftest import SMALL


def rows(text: str) -> dict[str, tuple[str, str]]:
    """Kind and code of each row by its name: columns are two spaces apart."""
    cells = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in text.splitlines()]
    return {row[2]: (row[0], row[1]) for row in cells if len(row) >= 3 and row[0] != "kind"}


def test_a_word_lists_every_sort_of_place_by_names_that_are_accepted_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["places", "air jernih", *SMALL]) == 0
    found = rows(capsys.readouterr().out)
    assert found["Air Jernih"] == ("village", "T1.2")
    assert found["TPS 3 Air Jernih"] == ("station", "T1.2/03")
    assert found["Pasar Barat - Air Jernih"] == ("road", "T1.1--T1.2")
    assert len(found) == 1 + 3 + sum("Air Jernih" in name and " - " in name for name in found)
    gazetteer = Gazetteer(load_region(load("calm_day", [*SMALL, "strategy=even_spread"]).region))
    for name, (_, code) in found.items():
        assert gazetteer.find(name, "place").code == code


@pytest.mark.parametrize("language", Language)
def test_a_kind_of_place_is_found_by_its_english_words_in_either_language(language: Language) -> None:
    names = Gazetteer(load_region(load("calm_day", [*SMALL, "strategy=even_spread"]).region))
    with spoken(language):
        found = listing(names, ["sector", "post"])
        again = listing(names, [found[0].kind])
    assert {one.code for one in found} == {b.code for b in names.region.bases if b.kind is BaseKind.SECTOR_POST}
    assert {one.code for one in found} <= {one.code for one in again}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["T2"], {"Tanjung Tengah", "Pasar Tengah"}),
        (["TANJUNG"], {"Tanjung Barat", "Tanjung Tengah", "Tanjung Timur"}),
        (["police"], {"Polres Contoh", "Polsek Curup", "Polsek Sindang", "Polsek Put"}),
        (["polsek", "curup"], {"Polsek Curup"}),
        (["outside"], {"Kota Seberang"}),
        (["kecamatan 2"], {"Tanjung Tengah"}),
        (["kecamatan", "2"], {"Tanjung Tengah"}),
    ],
)
def test_words_are_looked_for_in_codes_names_and_kinds(
    words: list[str], names: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["places", *words, *SMALL]) == 0
    assert names <= set(rows(capsys.readouterr().out))


def test_without_a_word_everything_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["places", *SMALL]) == 0
    out = capsys.readouterr().out
    region = load_region(load("calm_day", [*SMALL, "strategy=even_spread"]).region)
    everything = len(region.stations) + len(region.nodes) + len(region.districts) + len(region.bases)
    assert len(rows(out)) == everything + len(region.roads.km)


def test_a_word_that_nothing_has_offers_the_nearest_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["places", "Pasar Tenga h", *SMALL]) == 2
    assert "no place in " in (said := capsys.readouterr().err) and "did you mean 'Pasar Tengah'?" in said
    assert call(["places", "qqqq", *SMALL]) == 2
    assert "without a word, all are listed" in capsys.readouterr().err


def test_long_names_are_whole_where_the_output_goes_to_a_file(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "sim", "places", "road", "padang"], capture_output=True, text=True,
                          cwd=tmp_path, timeout=120, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    names = rows(done.stdout)
    assert len(names) > 5
    assert all("…" not in name for name in names)
    gazetteer = Gazetteer(load_region(load("calm_day", ["strategy=even_spread"]).region))
    assert [gazetteer.find(name, "place").code for name in names] == [code for _, code in names.values()]
