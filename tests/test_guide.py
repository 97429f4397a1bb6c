"""What the planner's guide says works, in both languages: from her spreadsheets to the brief, from an empty folder."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sim.cli import call
from sim.words.language import Language

ROOT = Path(__file__).parents[1]
MANY, FEW = "run.replications=100", "run.replications=4"
"""What the guide plays on Thursday, and what is played instead where time matters."""
OF_MANY = ("why mine/runs/clash-*", "compare mine/runs/clash-* mine/rain/clash-*")
"""What is said otherwise of few days; of these and of the hundred days themselves only a slow test compares the words."""


@dataclass(frozen=True)
class Guide:
    """One language of the guide, taken apart."""

    text: str

    @classmethod
    def of(cls, language: Language) -> Guide:
        """Read the guide of a language."""
        return cls((ROOT / "docs" / f"guide.{language}.md").read_text(encoding="utf-8"))

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Every command in its order, and what is shown below it."""
        return re.findall(r"^\$ simulate (.+)\n((?:(?!\$|```).*\n)*)", self.text, re.M)

    @property
    def sheets(self) -> dict[str, list[list[str]]]:
        """The rows of each table that is filled in, its heading first."""
        found = re.findall(r"^\w+ `(\w+)`[^\n]*:\n\n((?:\|.*\n)+)", self.text, re.M)
        tables = {name: [_cells(line) for line in table.splitlines()] for name, table in found}
        return {name: [head, *rows] for name, (head, _, *rows) in tables.items()}

    def settings(self, file: str) -> str:
        """Return the settings that a file is to have: the first block of YAML after its name."""
        return self.text[self.text.index(f"`{file}`") :].partition("```yaml\n")[2].partition("```")[0]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|\n ").split("|")]


def fill_in(guide: Guide, mistakes: bool = False) -> None:
    """Fill in the workbook of the region as a planner would: numbers as numbers, codes as texts."""
    file = Path("mine/place/region.xlsx")
    book = load_workbook(file)
    for name, (head, *rows) in guide.sheets.items():
        sheet = book[name]
        assert [cell.value for cell in sheet[1]][: len(head)] == head
        for i, row in enumerate(rows, 2):
            for j, (column, value) in enumerate(zip(head, row, strict=True), 1):
                is_number = not column.endswith("code") and re.fullmatch(r"-?\d+(\.\d+)?", value)
                sheet.cell(i, j, float(value) if is_number else value)
    if mistakes:
        book["villages"]["B4"] = "99.10"
        book["roads"]["C3"] = "near"
    book.save(file)


def edit(guide: Guide, file: str) -> None:
    """Make the settings of a file say what the guide shows, and leave the others; a new one is put at the end."""
    text = Path(file).read_text(encoding="utf-8")
    for wanted in re.split(r"^(?=\w+:)", guide.settings(file), flags=re.M)[1:]:
        there = re.compile(rf"^{wanted.partition(':')[0]}:.*\n(?:[ -].*\n)*", re.M)
        found = there.search(text)
        text = text + wanted if found is None else text[: found.start()] + wanted + text[found.end() :]
    Path(file).write_text(text, encoding="utf-8")


def edit_posts(guide: Guide) -> None:
    """Do to the plan's sheets and settings what the guide says."""
    file = Path("mine/strategy/ours.xlsx")
    book = load_workbook(file)
    assert book["posts"]["C1"].value == "officers" and book["posts"]["C2"].value == 2
    book["posts"]["C2"] = 4
    book["patrols"].delete_rows(book["patrols"].max_row - 1, 2)
    book.save(file)
    edit(guide, "mine/strategy/ours.yaml")


def begin(guide: Guide) -> None:
    """Fill in what belongs to the region, with two mistakes."""
    Path("mine/place/region.yaml").write_text(guide.settings("mine/place/region.yaml"), encoding="utf-8")
    fill_in(guide, mistakes=True)


REFUSED = "region check mine/place/region.xlsx"
HANDS: dict[str, Callable[[Guide], None]] = {
    REFUSED: begin,
    "region import mine/place/region.xlsx mine/place": fill_in,
    "strategy check ours region.path=mine/place": edit_posts,
    "strategy check one_place region.path=mine/place": lambda guide: edit(guide, "mine/strategy/one_place.yaml"),
    "check mine/clash.yaml": lambda guide: edit(guide, "mine/clash.yaml"),
}
"""What she does by hand before a command is typed."""


def told(said: str, shown: str) -> bool:
    """Return whether what is said is what the guide shows; ``[…]`` stands for any lines, ``…`` for the rest of a word or line."""
    parts = [re.escape(part).replace("…", "[^\\n]*") for part in shown.split("[…]\n")]
    return re.fullmatch("(?:.*\n)*?".join(parts), re.sub(r" +$", "", said, flags=re.M)) is not None


def words_of(typed: str) -> list[str]:
    """Return the words of a command as a shell gives them: the star stands for the rest of a name."""
    return [
        found
        for word in shlex.split(typed)
        for found in (sorted(map(str, Path().glob(word))) if "*" in word else [word])
    ]


def follow(guide: Guide, few: bool, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Type every command of a guide in this folder; return what each has said."""
    said: dict[str, str] = {}
    for typed, shown in guide.typed:
        if typed in HANDS:
            HANDS[typed](guide)
        code = call(words_of(typed.replace(MANY, FEW) if few else typed))
        out, err = capsys.readouterr()
        assert code == (2 if typed == REFUSED else 0), (typed, err)
        said[typed] = out + err if typed == REFUSED else out
        of_many = few and (MANY in typed or typed in OF_MANY)
        assert of_many or told(said[typed], shown), f"{typed}\n{said[typed]}"
        assert typed == REFUSED or all(line.startswith(("Warning", "Peringatan")) for line in err.splitlines()), err
    return said


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def ends_in_a_page(folder: Path) -> None:
    (run,) = (folder / "mine/runs").glob("clash-*")
    assert (
        (run / "report.html").is_file() and (run / "brief/brief.docx").is_file() and (run / "playback.html").is_file()
    )
    assert (run / "orders/ours.xlsx").is_file() and (run / "orders/ours.html").is_file()
    assert (folder / "mine/map.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("language", [Language.INDONESIAN, pytest.param(Language.ENGLISH, marks=pytest.mark.slow)])
def test_every_command_works(
    language: Language, empty_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIAGA_LANGUAGE", language)
    follow(Guide.of(language), few=True, capsys=capsys)
    ends_in_a_page(empty_folder)


@pytest.mark.slow
@pytest.mark.parametrize("language", Language)
def test_a_hundred_days_say_what_it_shows(
    language: Language, empty_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIAGA_LANGUAGE", language)
    guide = Guide.of(language)
    follow(guide, few=False, capsys=capsys)
    ends_in_a_page(empty_folder)
    (quoted,) = re.findall(r'"((?:Reserve|Cadangan) [^"]+)"', guide.text)
    (report,) = (empty_folder / "mine/runs").glob("clash-*/report.html")
    assert quoted in report.read_text(encoding="utf-8")


def test_both_languages_have_the_same_commands_tables_and_parts() -> None:
    english, indonesian = (Guide.of(language) for language in (Language.ENGLISH, Language.INDONESIAN))
    assert [typed for typed, _ in english.typed] == [typed for typed, _ in indonesian.typed]
    assert len(english.typed) == 20
    assert english.sheets == indonesian.sheets and set(english.sheets) == {"districts", "villages", "roads", "bases"}
    shapes = [re.findall(r"^(#+ |```\w+|\| |- |\$ )", guide.text, re.M) for guide in (english, indonesian)]
    assert shapes[0] == shapes[1]


def test_readme_names_both_and_they_name_each_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "docs/guide.en.md" in readme and "docs/guide.id.md" in readme
    assert "(guide.id.md)" in Guide.of(Language.ENGLISH).text and "(guide.en.md)" in Guide.of(Language.INDONESIAN).text
