"""`hall-kiosk idcard`, as an integrator calls it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from devices.idcard.commands import idcard
from devices.idcard.virtual.card_files import names
from devices.idcard.virtual.station import VirtualIdCardReader


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(idcard, arguments, input=typed, catch_exceptions=False)


def test_a_card_is_read_with_its_personal_data_masked() -> None:
    result = run("read", "--port", "sim:idcard?card=kowalska-2023")
    assert result.exit_code == 0
    assert "permanent resident ID card of 2023" in result.stdout
    assert "POL" in result.stdout
    for word in ("KOWALSKA", "ZOFIA", "911616199102280024", "POL110191022849", "02-28"):
        assert word not in result.output


def test_a_card_is_read_in_full_when_that_is_asked_for() -> None:
    result = run("read", "--full", "--port", "sim:idcard?card=kowalska-2023")
    assert "KOWALSKA, ZOFIA MARIA" in result.stdout
    assert "911616199102280024" in result.stdout
    assert "POL110191022849" in result.stdout
    assert "1991-02-28" in result.stdout


@pytest.mark.parametrize("full", [True, False])
def test_a_reading_as_json(full: bool) -> None:
    options = ["--full"] if full else []
    result = run("read", "--json", *options, "--port", "sim:idcard?card=weber-2023")
    reading = json.loads(result.stdout)
    assert reading["kind"] == "Y"
    assert reading["identity"]["nationality"] == "D"
    assert ("WEBER" in result.stdout) == full


@pytest.mark.parametrize("card", ["li-citizen", "chan-residence-permit"])
def test_the_wrong_card_ends_with_a_code_of_its_own(card: str) -> None:
    result = run("read", "--port", f"sim:idcard?card={card}")
    assert result.exit_code == 3
    assert "This hall does not serve its holder" in result.stdout


def test_a_card_with_a_wrong_check_character_is_an_error() -> None:
    result = run("read", "--port", "sim:idcard?card=wrong-check-digit-2023")
    assert result.exit_code == 1
    assert "Error: invalidMedia: the card's number has a wrong check character" in result.stderr


def test_without_card_it_says_so() -> None:
    result = run("read", "--wait", "0.01", "--port", "sim:idcard")
    assert result.exit_code == 1
    assert "no card was placed within 0.01 s" in result.stderr


def test_a_port_may_be_given_without_scheme(tmp_path: Path) -> None:
    with VirtualIdCardReader(port=tmp_path / "reader") as virtual:
        virtual.do("place moreau-2017")
        result = run("read", "--port", virtual.port)
    assert result.exit_code == 0


def test_a_reader_that_is_not_there_is_said() -> None:
    result = run("read", "--wait", "0.3", "--port", "/nowhere/reader")
    assert result.exit_code == 1
    assert "reader: there is no port /nowhere/reader" in result.stderr


def test_the_number_of_the_sam() -> None:
    result = run("sam", "--port", "sim:idcard")
    assert result.stdout.strip() == "05.01-20230915-0001234567-0987654321"


def test_the_number_of_the_sam_of_no_reader() -> None:
    result = run("sam", "--port", "/nowhere/reader")
    assert result.exit_code == 1
    assert "deviceNotReady: there is no port /nowhere/reader" in result.stderr


def test_a_uri_that_is_wrong_is_a_wrong_option() -> None:
    result = run("sam", "--port", "gopher:reader")
    assert result.exit_code == 2
    assert "use one like serial:/dev/ttyUSB0" in result.stderr


def test_the_cards_are_listed() -> None:
    listed = [line.split()[0] for line in run("cards").stdout.splitlines()]
    assert listed == names()


def test_the_simulator_takes_verbs_until_its_input_ends(tmp_path: Path) -> None:
    port = tmp_path / "reader"
    typed = "status\n\nlift\nonce half read\nstatus\nexplode\n"
    result = run("simulate", "--card", "moreau-2017", "--port", str(port), typed=typed)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == f"serial:{port}"
    assert lines[1] == "plugged in; card fresh"
    assert lines[2:4] == ["ok", "ok"]
    assert lines[4] == "plugged in; no card; 1 times half read"
    assert lines[5].startswith("error 'explode' is not understood")
    assert not port.is_symlink()


def test_the_simulator_tells_its_control_port() -> None:
    assert "verbs on TCP port " in run("simulate", "--control", "0").stdout


def test_a_simulator_without_such_a_card_or_port_says_why(tmp_path: Path) -> None:
    assert "no such card file" in run("simulate", "--card", "nobody").stderr
    taken = tmp_path / "file"
    taken.touch()
    result = run("simulate", "--port", str(taken))
    assert result.exit_code == 1
    assert "cannot start the reader" in result.stderr
