"""The command line: help that is instant, and errors that are one clear line."""

import subprocess
import sys

from click.testing import CliRunner

from kiosk.__main__ import COMMANDS, Entry, LazyGroup, cli
from tests.tooling.repository import ROOT


def hall_kiosk(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *arguments],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )


def test_the_list_of_commands_imports_none_of_them() -> None:
    program = (
        "import sys; from kiosk.__main__ import cli\n"
        "try: cli.main(['--help'], prog_name='hall-kiosk')\n"
        "finally: print('imported:', *sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    text, _, imported = said.rpartition("imported:")
    assert all(name in text for name in COMMANDS)
    own = {module for module in imported.split() if module.split(".")[0] in {"devices", "ui"}}
    assert own == set()
    assert not {"pydantic", "PySide6", "cryptography", "cv2"} & set(imported.split())


def test_python_m_kiosk_is_the_same_program() -> None:
    assert hall_kiosk("--help").stdout.startswith("Usage: hall-kiosk [OPTIONS] COMMAND")


def test_it_tells_its_version() -> None:
    assert hall_kiosk("--version").stdout.startswith("hall-kiosk, version ")


def test_an_unknown_command_is_refused() -> None:
    result = hall_kiosk("telepathy")
    assert result.returncode == 2
    assert "No such command 'telepathy'" in result.stderr


def test_an_interrupted_pipe_is_no_error() -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "--help"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    with program.stderr:
        assert program.stderr.read() == b""
    program.wait()


def group(command: Entry) -> LazyGroup:
    """The command line with one command in place of its own."""
    return LazyGroup(name="hall-kiosk", entries={"it": command}, params=list(cli.params))


BROKEN = Entry("tests.tooling.broken_command", "broken", "Fail.")


def test_an_error_that_nobody_foresaw_is_one_line() -> None:
    result = CliRunner().invoke(group(BROKEN), ["it"])
    assert result.exit_code == 70
    assert result.output == (
        "Error: ZeroDivisionError: nothing to divide by (hall-kiosk --debug ... shows where)\n"
    )


def test_debug_shows_where_an_error_came_from() -> None:
    result = CliRunner().invoke(group(BROKEN), ["--debug", "it"])
    assert result.exit_code == 70
    assert "Traceback" in result.output
    assert "broken_command.py" in result.output


def test_a_command_that_cannot_be_loaded_is_told() -> None:
    result = CliRunner().invoke(group(Entry("devices.nowhere", "it", "")), ["it"])
    assert result.exit_code == 70
    assert "No module named 'devices.nowhere'" in result.output


def test_a_table_entry_that_is_no_command_is_told() -> None:
    result = CliRunner().invoke(group(Entry("kiosk.__main__", "PROGRAM", "")), ["it"])
    assert result.exit_code == 70
    assert "kiosk.__main__:PROGRAM is not a command" in result.output


def test_a_refusal_of_a_command_keeps_its_own_words_and_exit_code() -> None:
    result = CliRunner().invoke(
        group(Entry("tests.tooling.broken_command", "refusing", "")), ["it"]
    )
    assert (result.exit_code, result.output) == (1, "Error: no reader; plug one in\n")
