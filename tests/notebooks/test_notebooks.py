"""Every notebook answers its question from top to bottom, and is stored with what it showed."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

SHOWN = {
    "compare_plans": "forward_reserve",
    "how_sure": "spread of a day's difference",
    "one_station": "standstill",
    "what_if_it_rains": "heavy_rain",
    "where_is_it_late": "late_report",
}
"""What each notebook shows in a table."""
NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
MOST_BYTES = 300_000
NAMES = [path.stem for path in NOTEBOOKS]


SHORTEST = ("one_station", "compare_plans")
"""Those that `make test` runs; all of them are run by `make test-all`."""


@pytest.mark.parametrize(
    "path",
    [pytest.param(p, id=p.stem, marks=() if p.stem in SHORTEST else pytest.mark.slow) for p in NOTEBOOKS],
)
def test_a_notebook_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIAGA_DAYS", "2")  # as many as show that it runs; stored is what sixty days and more gave
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    _shows(notebook, path)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_is_stored_with_what_it_showed(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1)), "from top to bottom, once"
    kinds = {output.output_type for cell in cells for output in cell.outputs}
    assert kinds <= {"execute_result", "display_data"}, "no error, no warning"
    _shows(notebook, path)
    text = path.read_text(encoding="utf-8")
    assert len(text.encode()) < MOST_BYTES
    assert "/tmp/" not in text and "/home/" not in text and "/root/" not in text, "of no machine"


def _shows(notebook: nbformat.NotebookNode, path: Path) -> None:
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("image/png" in output.get("data", {}) for output in shown)
    assert any(SHOWN[path.stem] in str(output.get("data", {}).get("text/plain", "")) for output in shown)


def test_every_notebook_is_there() -> None:
    assert list(SHOWN) == NAMES
