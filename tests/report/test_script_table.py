"""The report tells all that the scenario writes down, as the check does."""

from __future__ import annotations

from pathlib import Path

from sim.experiment.execute import execute
from sim.experiment.store import read
from sim.inference.compare import compare
from sim.report.write import html
from tests.conftest import small_scenario


def rows_of(page: str) -> list[str]:
    table = page.partition('<table class="words">')[2].partition("</table>")[0]
    return ["|".join(cell.partition("<bdi>")[2].partition("</bdi>")[0] for cell in row.split("<td>")[1:])
            for row in table.split("<tr>")[2:]]  # fmt: skip


def page_of(folder: Path, *overrides: str) -> str:
    run = execute(small_scenario("run.replications=1", f"run.output={folder}", *overrides))
    return html(read(run.path), compare(run), {})


def test_every_part_of_the_script_is_a_row(tmp_path: Path) -> None:
    page = page_of(
        tmp_path,
        'incidents=[{kind: clash, onset: "09:40", place: Pasar Barat, starters: 18}]',
        'closures=[{between: [T1.1, T1.2], closed_at: "09:00"}]',
    )
    clash, closed = rows_of(page)
    assert clash.startswith("incidents[0]|09:40|Clash between supporters|TPS ") and "|18 people at the start" in clash
    assert closed.startswith("closures[0]|from 09:00|road closed|") and closed.endswith("|4.2 km")


def test_of_a_calm_day_it_says_that_nothing_is_written_down(tmp_path: Path) -> None:
    page = page_of(tmp_path)
    assert "Nothing is written down: what happens starts by itself." in page and rows_of(page) == []
