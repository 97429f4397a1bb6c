"""Every notebook runs from top to bottom, and is stored without outputs."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

SHOWN = {"compare_plans": "forward_reserve", "one_station": "standstill"}
"""What each notebook shows in a table."""
NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    stored = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    assert all(outputs == [] for outputs in stored), "outputs are cleared before a notebook is stored"
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("image/png" in output.get("data", {}) for output in shown)
    assert any(SHOWN[path.stem] in str(output.get("data", {}).get("text/plain", "")) for output in shown)


def test_every_notebook_is_there() -> None:
    assert [path.stem for path in NOTEBOOKS] == list(SHOWN)
