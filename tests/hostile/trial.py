"""One case: files of a stranger, a command, and what the command may not do whatever the files say.

A :class:`Trial` is a folder of its own; the command is the real one, called in this process. What it promised and did not
keep comes back as a list of :class:`Breach`, so that a test can say all of it at once.
"""

from __future__ import annotations

import faulthandler
import io
import os
import re
import resource
import shlex
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, cast

from sim.cli import call
from tests.conftest import SMALL_REGION

SECONDS = 20
"""A command that takes longer hangs."""
MOST_MEMORY = 1 << 30
"""Bytes by which a command may grow the process."""
CANARY = "canary-7f3a9c"
"""Stands in the environment and in files beside the stranger's folder; nothing that is said or written may hold it."""
LONGEST_MESSAGE = 8_000
_OURS = "This is an error of the program"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves a cursor, rings, or turns the reading direction: no terminal may receive it from a file."""
_SETTING = re.compile(
    r"override |unknown |region |strategy |no place in |no such (command|option)|Missing option '--[a-z-]+'|'?[a-z_]+(\.[a-z_]+|\[\d+\])*'?( =|:| is )"
)
"""How a message begins that says which setting, place or command it is about."""
_FORBIDDEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec",
              "os.posix_spawn", "os.fork")  # fmt: skip


class Hang(BaseException):
    """The time is over; no ``except Exception`` may swallow it."""


@dataclass(frozen=True)
class Breach:
    """One promise that was not kept.

    Attributes:
        promise: Which.
        detail: What happened instead, as short as it can be told apart from others.
    """

    promise: str
    detail: str


REGION = "small"
"""The region beside the stranger's scenario."""


@dataclass
class Watch:
    """What the process did while a command ran, as Python's own audit hook reports it."""

    armed: bool = False
    events: dict[str, str] = field(default_factory=dict)

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        """Note connections and processes."""
        if self.armed and event in _FORBIDDEN and not _of_this_machine(event, args):
            self.events[event] = f"{event} {str(args)[:120]}"


def _of_this_machine(event: str, args: tuple[Any, ...]) -> bool:
    return event.startswith("socket.") and len(args) > 1 and isinstance(args[1], (str, bytes))  # a Unix socket


WATCH = Watch()
sys.addaudithook(WATCH)


@dataclass
class Trial:
    """A folder with everything that a case may touch.

    Attributes:
        root: ``work`` (where the command runs; ``work/own`` holds the stranger's files, ``work/out`` what is written),
            and ``outside``, which is nobody's business.
    """

    root: Path
    code: int | str = ""
    """How the last command ended."""

    def __post_init__(self) -> None:
        for folder in (self.own, self.outside):
            folder.mkdir(parents=True)
        for name, text in (("secret.txt", CANARY), ("secret.yaml", f"title: {CANARY}\n"),
                           ("secret.csv", f"{CANARY},minutes\n{CANARY},{CANARY}\n")):  # fmt: skip
            (self.outside / name).write_text(text, encoding="utf-8")
        shutil.copytree(SMALL_REGION, self.own / REGION)

    @property
    def work(self) -> Path:
        """Where the command runs."""
        return self.root / "work"

    @property
    def own(self) -> Path:
        """The stranger's files."""
        return self.work / "own"

    @property
    def out(self) -> Path:
        """The only place where something may be written."""
        return self.work / "out"

    @property
    def outside(self) -> Path:
        """Files that no stranger's file may bring out."""
        return self.root / "outside"

    def write(self, name: str, content: str | bytes) -> Path:
        """Write one of the stranger's files; text that UTF-8 cannot hold becomes bytes that are no UTF-8."""
        file = self.own / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return file

    def breaches(self, args: Sequence[str], names: Sequence[str]) -> list[Breach]:
        """Run a command and return which promises it broke.

        Args:
            args: The command line.
            names: What a refusal may name: files and settings; one of them is enough.
        """
        before, memory = _tree(self.root, self.out), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        said, code = _Said(), cast(int | str, "")
        with chdir(self.work), said.caught(), _watched() as events, _bounded():
            try:
                code = call([*args, "--debug"])
            except Hang:
                code = "hang"
            except BaseException as error:
                code = f"{type(error).__name__} {_place(error)}"
        self.code = code
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) * 1024
        found = [
            *_judged(code, said.out, said.err, names),
            *(Breach("starts or connects to nothing", e) for e in events.values()),
        ]
        if grown > MOST_MEMORY:
            found.append(Breach("bounded memory", f"{grown >> 20} MB more"))
        changed = sorted(_tree(self.root, self.out) ^ before)
        found += [Breach("writes nowhere else", f"{one[0]}") for one in changed[:3]]
        leaks = [where for where, text in (("stdout", said.out), ("stderr", said.err)) if CANARY in text]
        leaks += [str(file.relative_to(self.root)) for file in _files(self.out) if CANARY.encode() in file.read_bytes()]
        return found + [Breach("shows nothing of this machine", leak) for leak in leaks]

    def check(self, args: Sequence[str], names: Sequence[str]) -> None:
        """Run a command and demand that it keeps every promise.

        Raises:
            AssertionError: With the promises, the command, and the stranger's files.
        """
        broken = self.breaches(args, names)
        assert not broken, "\n".join([*(f"{b.promise}: {b.detail}" for b in broken), self.told(args)])

    def told(self, args: Sequence[str]) -> str:
        """Return the command and the beginning of each of the stranger's files, for who must find the mistake."""
        lines = [f"simulate {shlex.join(args)}"]
        for file in sorted(self.own.rglob("*")):
            if file.is_symlink():
                lines.append(f"--- {file.relative_to(self.work)} -> {file.readlink()}")
            elif (
                file.is_file() and (self.own / "run") not in file.parents
            ):  # of a run hypothesis prints what was changed
                lines.append(f"--- {file.relative_to(self.work)}\n{file.read_bytes()[:2_000]!r}")
        return "\n".join(lines)


class _Said:
    """What a command says on standard output and error, taken as a terminal of UTF-8 takes it."""

    def __init__(self) -> None:
        self._streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", how) for how in ("strict", "backslashreplace")]
        self.out = self.err = ""

    @contextmanager
    def caught(self) -> Iterator[None]:
        out, err = self._streams
        with redirect_stdout(out), redirect_stderr(err):
            yield
        self.out, self.err = (self._text(stream) for stream in self._streams)

    @staticmethod
    def _text(stream: io.TextIOWrapper) -> str:
        stream.flush()
        return stream.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


def _judged(code: int | str, out: str, err: str, names: Sequence[str]) -> Iterator[Breach]:
    if code not in (0, 2):
        yield Breach("exit 0 or 2", f"{code} {_fault(err)}".strip())
    if code == 2:
        lines = [line for line in err.split("\n") if line.startswith("Error: ")]
        if len(lines) != 1 and not err.startswith("Usage: "):  # a group of commands without one shows its help
            yield Breach("one message", f"{len(lines)} in {err[:200]!r}")
        if out:
            yield Breach("one message", f"besides on standard output {out[:80]!r}")
        if len(err) > LONGEST_MESSAGE:
            yield Breach("one message", f"it has {len(err)} characters: {err[:80]!r}")
        if not _names_something(err, names):
            yield Breach("names what is wrong", _shape(err))
    if code in (0, 2) and ("Traceback" in err or _OURS in err):
        yield Breach("no traceback", err[:200])
    for where, text in (("stdout", out), ("stderr", err)):
        if match := _CONTROL.search(text):
            around = text[max(0, match.start() - 60) : match.end() + 10]
            yield Breach("no control characters", f"{where} {around!r}")


def _names_something(err: str, names: Sequence[str]) -> bool:
    message = err.partition("Error: ")[2] or err
    setting = _SETTING.match(message)
    return bool(setting) or any(name in message for name in names if name)


def _shape(err: str) -> str:
    """Return the words of a message without what differs from case to case."""
    return re.sub(r"'[^']*'|\d+", "…", err.partition("Error: ")[2] or err)[:160]


def _fault(err: str) -> str:
    """Return where in the program an error of ours arose: the last of its own lines, and the error."""
    own = re.findall(r'File "[^"]*/(sim/[^"]*)", line (\d+), in (\w+)', err)
    said = re.search(rf"{_OURS}, not yours: (.*)", err)
    where = " ".join(own[-1]) if own else ""
    return f"{where} | {_shape('Error: ' + said[1]) if said else ''}"


def _place(error: BaseException) -> str:
    frame, where = error.__traceback__, ""
    while frame is not None:
        if "/sim/" in frame.tb_frame.f_code.co_filename:
            where = f"{frame.tb_frame.f_code.co_filename.rpartition('/sim/')[2]} {frame.tb_lineno}"
        frame = frame.tb_next
    return where


@contextmanager
def _watched() -> Iterator[dict[str, str]]:
    WATCH.events, WATCH.armed = {}, True
    try:
        yield WATCH.events
    finally:
        WATCH.armed = False


@contextmanager
def _bounded() -> Iterator[None]:
    """End what takes too long, and make what takes too much memory fail."""

    def over(_: int, __: FrameType | None) -> None:
        raise Hang

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    before = signal.signal(signal.SIGALRM, over)
    faulthandler.dump_traceback_later(3 * SECONDS, exit=True, file=sys.__stderr__)  # stuck where no signal is heard
    signal.alarm(SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (size + 2 * MOST_MEMORY, hard))
    try:
        yield
    finally:
        signal.alarm(0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def _tree(root: Path, besides: Path) -> set[tuple[str, int, int, int]]:
    """Return what lies in a folder, but for one folder of it: path, kind, size, when it was written."""
    found: set[tuple[str, int, int, int]] = set()
    folders = [root]
    while folders:
        for one in os.scandir(folders.pop()):
            if one.path == str(besides):
                continue
            seen, folder = one.stat(follow_symlinks=False), one.is_dir(follow_symlinks=False)
            found.add(
                (
                    os.path.relpath(one.path, root),
                    seen.st_mode,
                    *((0, 0) if folder else (seen.st_size, seen.st_mtime_ns)),
                )
            )
            if folder:
                folders.append(Path(one.path))
    return found
