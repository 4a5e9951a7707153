"""The command that fits the networks, without fitting any."""

from pathlib import Path

from click.testing import CliRunner

from devices.camera.mrz.network import MODELS
from devices.camera.training.__main__ import main


def contents() -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in MODELS.iterdir()}


def test_a_trial_with_fewer_batches_does_not_replace_the_readers_networks() -> None:
    before = contents()
    result = CliRunner().invoke(main, ["--steps", "10"])
    assert result.exit_code == 2
    assert "--out" in result.stderr
    assert str(MODELS) in result.stderr
    assert contents() == before


def test_no_batches_at_all_are_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--steps", "0", "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert "--steps" in result.stderr
