"""`hall-kiosk printer` and `hall-kiosk ticket` as a person uses them."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from devices.printer.contract import PaperWidth
from devices.printer.virtual import Model, VirtualPrinter
from tests.tickets.reading import code, large_lines
from ui.ticket.artist import QtTicketArtist
from ui.ticket.commands import printer, ticket


def test_probing_prints_a_test_ticket(artist: QtTicketArtist) -> None:
    with VirtualPrinter(strict=True, model=Model(name="TM-T20III")) as virtual:
        result = CliRunner().invoke(printer, ["probe", virtual.uri])
        assert result.exit_code == 0, result.output
        for said in ("TM-T20III", "DLE EOT 4     12 00010010  nothing wrong", "by process id"):
            assert said in result.output
        assert "printed, proof: processId" in result.output
        (page,) = virtual.tickets
        assert code(page.image) == "HALL-KIOSK PRINTER TEST"
        assert large_lines(page.image)[1] == "A012"
        assert virtual.refusals == []


def test_probing_narrow_paper(artist: QtTicketArtist) -> None:
    with VirtualPrinter(strict=True, model=Model(paper=PaperWidth.MM_58)) as virtual:
        result = CliRunner().invoke(printer, ["probe", f"{virtual.uri}?paper=58"])
        assert result.exit_code == 0, result.output
        assert virtual.refusals == []


def test_probing_tells_what_is_wrong_and_what_to_do(artist: QtTicketArtist) -> None:
    with VirtualPrinter() as virtual:
        virtual.do("cover open")
        result = CliRunner().invoke(printer, ["probe", virtual.uri])
        assert result.exit_code == 1
        assert "DLE EOT 2     16 00010110  cover open" in result.output
        assert "The cover is open: close it." in result.output
        assert "notPrinted" in result.output
        assert CliRunner().invoke(printer, ["probe", "--no-ticket", virtual.uri]).exit_code == 0


def test_probing_nothing_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    result = CliRunner().invoke(printer, ["probe", f"tcp://127.0.0.1:{port}"])
    assert result.exit_code == 1
    assert "deviceNotReady" in result.output
    wrong = CliRunner().invoke(printer, ["probe", "lpt:1"])
    assert wrong.exit_code == 1
    assert "tcp://" in wrong.output


@pytest.mark.parametrize(("options", "width"), [([], 640), (["--paper", "58"], 464)])
def test_a_specimen_is_drawn(
    options: list[str], width: int, tmp_path: Path, artist: QtTicketArtist
) -> None:
    out = tmp_path / "ticket.png"
    result = CliRunner().invoke(ticket, ["draw", str(out), "--language", "ar", *options])
    assert result.exit_code == 0, result.output
    with Image.open(out) as image:
        assert image.width == width
        assert large_lines(image.convert("L")) == ["B012", "4"]


def test_the_simulated_printer_runs_by_itself(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from devices.printer.commands import printer; printer()",
               "simulate", "--port", "0", "--control", "0", "--out", str(tmp_path),
               "--model", "tm-t20iii"]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        uri = process.stdout.readline().split()[-1]
        control = int(process.stdout.readline().split(",")[0].split()[-1])
        host, port = uri.removeprefix("tcp://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as line:
            line.sendall(b"HELLO\n\x1dVB\x00")
            assert process.stdout.readline().startswith("cut: ")
            with socket.create_connection((host, control), timeout=10) as side:
                side.sendall(b"paper out\n")
                assert side.recv(10) == b"ok\n"
            line.sendall(b"\x10\x04\x04")
            assert line.recv(1) == b"\x7e"
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == "stopped\n"
        assert process.wait(10) == 0
    assert (tmp_path / "ticket-0001.png").exists()


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(printer, ["simulate", "--port", port, "--out", str(tmp_path)])
    assert result.exit_code == 1
    assert "choose another --port" in result.output
