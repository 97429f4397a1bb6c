"""The server is started and ended: what is said, and what is not allowed, in one sentence each."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from sim.cli import call
from sim.errors import UserError
from sim.exercise.room.address import LOOPBACK, listening, network_address
from sim.exercise.room.code import QUIET, Code
from sim.exercise.room.lobby import Lobby
from sim.exercise.room.register import check_names
from sim.exercise.room.serve import Where, lobby_of
from tests.exercise.room.server import Client, Server, free_port


def mistake(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    """Run the command, which ends with a mistake of the user's, said on one line."""
    assert call(["exercise", "run", *args, "language=en"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    return said.err


def test_a_port_in_use_is_said(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    port = free_port()
    with socket.create_server((LOOPBACK, port)):
        assert f"--port={port}: another program has it" in mistake(capsys, str(folder), "--port", str(port))


def test_a_folder_that_is_no_session_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "is not the folder of a session" in mistake(capsys, str(tmp_path))


def test_a_session_of_another_version_is_said(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    about = json.loads((folder / "session.json").read_text())
    (folder / "session.json").write_text(json.dumps({**about, "version": 2}))
    assert "it is of version 2; this program opens sessions of version 1" in mistake(capsys, str(folder))


def test_an_address_that_is_none_is_said(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert "--address=laptop: is not an address" in mistake(capsys, str(folder), "--address", "laptop")
    assert "cannot be opened at 192.0.2.99" in mistake(
        capsys, str(folder), "--address", "192.0.2.99", "--port", str(free_port())
    )


def test_two_servers_do_not_share_a_session_and_ctrl_c_ends_one_well(
    capsys: pytest.CaptureFixture[str], server: Server
) -> None:
    server.start()
    client = Client(server, "/console")
    client.join()
    with httpx.stream("GET", f"{server.address}/console/events", cookies=client.http.cookies) as stream:
        lines = stream.iter_lines()
        assert next(lines) == "retry: 1000"
        assert "somebody is running this session already" in mistake(
            capsys, str(server.folder), "--port", str(free_port())
        )
        code, said = server.end()
        rest = "\n".join(lines)
    assert "event: closed\ndata: the program is being ended" in rest
    assert code == 130
    assert said == f"The room is closed; all of it is in {server.folder}. The same command goes on with it.\n"
    log = (server.folder / "log.jsonl").read_text().splitlines()
    assert [json.loads(line)["action"]["do"] for line in log] == ["join"]


def test_it_is_open_to_this_machine_alone_unless_asked(server: Server) -> None:
    server.start()
    try:
        address = network_address()
    except UserError:
        pytest.skip("this machine is in no network")
    with pytest.raises(OSError):
        socket.create_connection((address, server.port), timeout=2).close()


def test_in_the_network_others_join_by_its_address(folder: Path) -> None:
    try:
        address = network_address()
    except UserError:
        pytest.skip("this machine is in no network")
    server = Server(folder, more=("--workers", "0", "--network"))
    try:
        server.start()
        page = httpx.get(f"http://{address}:{server.port}/", trust_env=False)
        assert page.status_code == 200
    finally:
        server.kill()


def test_of_the_network_that_a_machine_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    assert network_address("192.168.1.20") == "192.168.1.20"
    monkeypatch.setattr("sim.exercise.room.address._from", lambda probe: None)
    with pytest.raises(UserError, match="is in no network"):
        network_address()
    monkeypatch.setattr("sim.exercise.room.address._from", lambda probe: "10.42.0.1" if probe[:3] == "10." else None)
    assert network_address() == "10.42.0.1"


def test_the_port_that_is_offered_is_another(tmp_path: Path) -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=f"such as --port={port + 1}$"):
            listening(LOOPBACK, port)


def test_the_command_has_its_help() -> None:
    from sim.cli.exercise.run import command

    said = CliRunner().invoke(command, ["--help"]).output
    assert {"--port", "--network", "--no-browser", "--address", "--workers"} <= set(said.split())


def test_names_of_parts_tell_them_apart() -> None:
    check_names(["a", "b"])
    for names in (["a", "a"], ["a", "tick"]):
        with pytest.raises(ValueError, match="names of parts"):
            check_names(names)


def test_a_code_is_the_same_on_a_page_and_on_a_terminal() -> None:
    code = Code.of("http://192.168.1.20:8765/")
    assert code.size == len(code.rows[0]) == 25 + 2 * QUIET
    assert not any(any(row[:QUIET]) or any(row[-QUIET:]) for row in code.rows)
    drawn = {(0, 0): "█", (1, 0): "▄", (0, 1): "▀", (1, 1): " "}
    lines = code.terminal().splitlines()
    for y, row in enumerate(code.rows):
        for x, dark in enumerate(row):
            below = code.rows[y + 1][x] if y + 1 < code.size else True
            assert y % 2 or lines[y // 2][x] == drawn[dark, below]
    area = sum(int(part.split("h")[1].split("v")[0]) for part in code.path().split("M")[1:])
    assert area == sum(map(sum, code.rows))


def test_the_code_says_where_to_join(tmp_path: Path) -> None:
    lobby = lobby_of("192.168.1.20", Where(port=9000, network=True))
    assert (lobby.address, lobby.open) == ("http://192.168.1.20:9000/", True)
    assert lobby.code == Code.of(lobby.address).path()
    assert Lobby().address == ""
