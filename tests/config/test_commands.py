"""``hall-kiosk config``."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from config.loading import CATALOGUE, DEMO_MACHINE, DEMO_SERVER, HALLS
from kiosk.config_commands import config


@pytest.mark.parametrize(
    ("file", "summary"),
    [
        (DEMO_MACHINE, "kiosk demo-1 of hall urban, devices chip_reader"),
        (HALLS / "suburban.toml", "hall profile suburban, 5 desks, 9 services"),
        (CATALOGUE, "catalogue of 10 services"),
        (DEMO_SERVER, "server for urban, suburban, station"),
    ],
)
def test_check_says_what_a_good_file_configures(file: Path, summary: str) -> None:
    result = CliRunner().invoke(config, ["check", str(file)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{file}: {summary}")


def test_check_without_a_file_takes_the_one_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALL_KIOSK_CONFIG", str(tmp_path / "none.toml"))
    result = CliRunner().invoke(config, ["check"])
    assert result.exit_code == 1
    assert f"{tmp_path}/none.toml: cannot be read" in result.stderr


def test_check_finds_what_lies_outside_the_file(tmp_path: Path) -> None:
    text = DEMO_MACHINE.read_text(encoding="utf-8")
    text = text.replace('"sim:camera?control=7103"', '"lpt:1"')
    text += '\n[trust]\nstores = ["csca"]\n'
    path = tmp_path / "machine.toml"
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(config, ["check", str(path)])
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert lines[0].startswith(f"{path}: devices.camera: 'lpt:1' is no camera URI; use one like")
    assert lines[1].startswith(
        f"{path}: backend.document_key_file: {tmp_path}/demo-secrets/document.key: cannot be read"
    )
    assert lines[2].startswith(f"{path}: trust.stores: {tmp_path}/csca does not exist")
    assert lines[3] == "Error: 3 problems found"


def test_check_has_the_drivers_look_at_their_uris_and_the_keys_at_their_files(
    tmp_path: Path,
) -> None:
    text = DEMO_MACHINE.read_text(encoding="utf-8")
    text = text.replace('"sim:camera?control=7103"', '"v4l2:/dev/video0?exposure=bright"')
    text = text.replace('"demo-secrets', f'"{DEMO_MACHINE.parent}/demo-secrets')
    text += '\n[reservations]\nkeys = ["reservation.pub"]\n'
    path = tmp_path / "machine.toml"
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(config, ["check", str(path)])
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert "exposure=bright is not understood" in lines[0]
    assert f"reservations.keys: {tmp_path}/reservation.pub: cannot be read" in lines[1]
    assert lines[2] == "Error: 2 problems found"


def test_check_tells_what_is_wrong_in_the_file_and_outside_it_at_once(tmp_path: Path) -> None:
    text = DEMO_MACHINE.read_text(encoding="utf-8")
    text = text.replace('"urban"', '"nowhere"').replace("training = true", "training = 3")
    text = text.replace("control=7103", "bogus=1").replace("required", "requierd")
    text = text.replace("url =", "urls =")
    path = tmp_path / "machine.toml"
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(config, ["check", str(path)])
    assert result.exit_code == 1
    keys = [line.removeprefix(f"{path}: ").partition(":")[0] for line in result.stderr.splitlines()]
    assert keys == [
        "kiosk.training",
        "devices.requierd",
        "backend.urls",
        "devices.camera",
        "backend.document_key_file",
        "kiosk.hall",
        "Error",
    ]


def test_check_looks_at_the_files_that_a_server_names(tmp_path: Path) -> None:
    text = DEMO_SERVER.read_text(encoding="utf-8") + 'token_file = "tokens"\n'
    path = tmp_path / "server.toml"
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(config, ["check", str(path)])
    assert f"{path}: token_file: {tmp_path}/tokens: cannot be read" in result.stderr
    assert f"{path}: document_key_file: {tmp_path}/demo-secrets" in result.stderr


@pytest.mark.parametrize("what", ["machine", "hall", "catalogue", "server"])
def test_schema_is_json_schema_with_the_meaning_of_the_keys(what: str) -> None:
    result = CliRunner().invoke(config, ["schema", what])
    assert result.exit_code == 0
    schema = json.loads(result.stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    assert re.search(r"\w", schema["description"])
