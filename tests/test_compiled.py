from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim import compiled as room
from sim.compiled import compiled


def test_a_compiled_function_gives_what_the_plain_one_does() -> None:
    def triple(x: float) -> float:
        return 3.0 * x

    assert compiled(triple)(2.0) == 6.0


def test_other_errors_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("something else")

    monkeypatch.setattr(room.numba, "njit", refuse)
    with pytest.raises(RuntimeError, match="something else"):
        compiled(lambda x: x)


def test_without_a_folder_to_write_to_it_is_compiled_in_memory(tmp_path: Path) -> None:
    """Every place numba would keep machine code in is a file here, so nothing can be written."""
    blocked = tmp_path / "blocked"
    blocked.write_text("not a folder")
    module = tmp_path / "zipped.py"
    module.write_text(
        "from sim.compiled import compiled\n"
        "source = 'def double(x):\\n    return 2 * x\\n'\n"
        "scope = {}\n"
        "exec(compile(source, '/nowhere/at/all.py', 'exec'), scope)\n"
        "print(compiled(scope['double'])(21))\n"
    )
    environment = {
        **os.environ,
        "NUMBA_CACHE_DIR": str(blocked / "x"),
        "HOME": str(blocked),
        "XDG_CACHE_HOME": str(blocked),
    }
    done = subprocess.run(
        [sys.executable, str(module)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "42"


def test_machine_code_is_forgotten_when_a_file_beside_it_is_newer(tmp_path: Path) -> None:
    """What is kept of a function holds the functions it calls; numba itself looks at the outermost one's file only."""
    (tmp_path / "outer.py").write_text(
        "from inner import inner\n"
        "from sim.compiled import compiled\n"
        "@compiled\n"
        "def outer(x):\n"
        "    return inner(x) + 1\n"
        "print(outer(1), sum(outer.stats.cache_hits.values()))\n"
    )
    inner = "from sim.compiled import compiled\n@compiled\ndef inner(x):\n    return {} * x\n"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path(__file__).parents[1])])}

    def run() -> str:
        command = [sys.executable, str(tmp_path / "outer.py")]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def write(factor: int, when: int) -> None:
        (tmp_path / "inner.py").write_text(inner.format(factor))
        os.utime(tmp_path / "inner.py", (when, when))

    now = int(time.time())
    os.utime(tmp_path / "outer.py", (now - 100, now - 100))
    write(10, now - 50)
    assert run() == "11 0"
    assert run() == "11 1", "kept"
    write(20, now + 50)
    assert run() == "21 0", "not the old inner function"


def test_machine_code_is_forgotten_when_the_exact_functions_are_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every room's compiled functions may call them."""
    for name in ("exact.py", "source.py", "source.f-1.py311.nbi"):
        (tmp_path / name).write_text("")
    monkeypatch.setattr(room, "_SHARED", (tmp_path / "exact.py",))
    (folder := tmp_path / "room").mkdir()
    source = folder / "source.py"
    source.write_text("")
    now = int(time.time())
    os.utime(source, (now - 100, now - 100))
    for exact_since, left in ((-100, 1), (100, 0)):
        os.utime(tmp_path / "exact.py", (now + exact_since, now + exact_since))
        room._newest.cache_clear()
        room._forget_older(tmp_path, source)
        assert len(list(tmp_path.glob("*.nbi"))) == left
