"""``simulate report``: the brief as a document, what is refused, and that nothing edited is written over."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest

from sim.cli import call
from sim.experiment.execute import execute
from sim.experiment.store import Run
from tests.conftest import small_scenario


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    settings = (
        "run.replications=1",
        "run.workers=1",
        "run.resamples=100",
        f"run.output='{tmp_path_factory.mktemp('runs')}'",
    )
    return execute(small_scenario(*settings), command="simulate scenario=calm_day")


@pytest.fixture
def own(run: Run, tmp_path: Path) -> Path:
    """A copy of the run to do harm to."""
    return Path(shutil.copytree(run.path, tmp_path / "run"))


def test_the_brief_is_written_as_a_document_that_is_asked_for(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["report", str(own)]) == 0
    assert not (own / "brief").exists() and (own / "report.html").exists()
    assert call(["report", str(own), "--docx"]) == 0
    file = own / "brief" / "brief.docx"
    assert capsys.readouterr().out.rstrip().endswith(str(file))
    before = file.read_bytes()
    assert docx.Document(str(file)).paragraphs[0].text == "A calm day"
    assert call(["report", str(own), "--docx"]) == 0 and file.read_bytes() == before


def test_an_edited_document_is_not_written_over(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["report", str(own), "--docx"]) == 0
    file = own / "brief" / "brief.docx"
    edited = docx.Document(str(file))
    edited.add_paragraph("Our own remark")
    edited.save(str(file))
    kept = file.read_bytes()
    capsys.readouterr()
    assert call(["report", str(own), "--docx"]) == 2
    assert f"'{file}': it was edited after it was made" in capsys.readouterr().err
    assert file.read_bytes() == kept
    assert call(["report", str(own), "--docx", "--out", str(tmp_path / "else")]) == 0
    assert (tmp_path / "else" / "brief.docx").exists() and file.read_bytes() == kept


def test_a_folder_that_cannot_be_written_is_one_error(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    assert call(["report", str(own), "--docx", "--out", str(tmp_path / "file")]) == 2
    said = capsys.readouterr().err
    assert f"'{tmp_path / 'file'}': the document cannot be written" in said and len(said.strip().splitlines()) == 1


def test_a_folder_for_no_document_is_refused(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["report", str(own), "--out", "x"]) == 2
    assert "--docx" in capsys.readouterr().err
