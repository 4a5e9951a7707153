from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtGui import QImage

from ui.commands import screens


def test_the_screens_are_drawn_in_the_languages_and_shapes_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    result = CliRunner().invoke(
        screens,
        ["--out", str(out), "--only", "Attract", "--language", "en", "--hall", "station"],
    )
    assert result.exit_code == 0, result.output
    upright, lying = (out / f"Attract.en.{name}.png" for name in ("portrait", "landscape"))
    in_training = out / "Attract.en.portrait.training.png"
    assert QImage(str(upright)).size().toTuple() == (1080, 1920)
    assert QImage(str(lying)).size().toTuple() == (1920, 1080)
    index = (out / "index.html").read_text(encoding="utf-8")
    assert all(picture.name in index for picture in (upright, lying, in_training))
    assert in_training.read_bytes() != upright.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--hall", "nowhere"], "nowhere"),
        (["--language", "tlh"], "this hall has zh, en"),
        (["--only", "Nonsense"], "no screen begins with 'Nonsense'"),
    ],
)
def test_what_cannot_be_drawn_is_said_plainly(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    result = CliRunner().invoke(screens, ["--out", str(tmp_path), *arguments])
    assert result.exit_code != 0
    assert said in result.output
