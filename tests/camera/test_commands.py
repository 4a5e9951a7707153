"""The camera's command line."""

import itertools
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner

from devices.camera.capture import read_picture
from devices.camera.commands import camera
from devices.camera.contract import MrzReading
from devices.camera.findings import findings, told
from devices.camera.frame import Pixels
from devices.documents.mrz import parse
from tests.camera.pictures import drawing, frame, lines, phone
from tests.camera.zones import PASSPORT, TODAY, scores, sighting


def written(path: Path, picture: Pixels) -> str:
    _, data = cv2.imencode(path.suffix, picture)
    path.write_bytes(data.tobytes())
    return str(path)


@pytest.fixture
def threads() -> Iterator[None]:
    """OpenCV takes more than one thread before the test, and is left as it was."""
    before = cv2.getNumThreads()
    cv2.setNumThreads(3)
    yield
    cv2.setNumThreads(before)


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    return [
        written(tmp_path / "passport.png", frame(drawing("lindqvist-utopia"))),
        written(tmp_path / "card.jpg", frame(drawing("claes-belgium"), angle=181)),
        written(tmp_path / "phone.png", frame(phone("HK1:DEMO"))),
    ]


def test_read_prints_a_line_of_json_for_every_picture(pictures: list[str]) -> None:
    result = CliRunner().invoke(camera, ["read", "--json", *pictures])
    assert result.exit_code == 0, result.output
    passport, card, code = (json.loads(line) for line in result.output.splitlines())
    keys = ["file", "format", "lines", "fields", "valid", "certain", "ms", "uncertain"]
    assert list(passport) == keys
    assert list(code)[:7] == keys[:7]
    assert passport["file"] == pictures[0]
    assert passport["format"] == "TD3"
    assert tuple(passport["lines"]) == lines("lindqvist-utopia")
    assert passport["fields"]["birthDate"] == "1988-03-17"
    assert passport["fields"]["expiryDate"] == "2035-05-01"
    assert passport["fields"]["primaryIdentifier"] == "LINDQVIST"
    assert passport["valid"] is passport["certain"] is True
    assert passport["uncertain"] == []
    assert card["format"] == "TD1"
    assert tuple(card["lines"]) == lines("claes-belgium")
    assert card["fields"]["documentNumber"] == "592184730612"
    assert code["format"] is code["lines"] is None
    assert code["valid"] is code["certain"] is False
    assert code["barcodes"] == [{"format": "QRCode", "text": "HK1:DEMO"}]


def test_read_draws_what_it_found(pictures: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "out" / "overlay"
    result = CliRunner().invoke(camera, ["read", "--overlay", str(folder), *pictures])
    assert result.exit_code == 0, result.output
    assert "TD3, certain" in result.output
    assert "no machine readable zone" in result.output
    drawn = read_picture(folder / "passport.png")
    assert drawn is not None
    green = (drawn == np.array([60, 160, 40])).all(axis=2)
    assert green[400:720].sum() > 500, "the outline of the zone"


def test_doubts_are_said_by_field_and_marked(tmp_path: Path) -> None:
    """A lamp's reflection lies on the given names."""
    spoiled = written(tmp_path / "glare.png", frame(drawing("claes-belgium"), glare=0.5))
    folder = tmp_path / "overlay"
    result = CliRunner().invoke(camera, ["read", "--json", "--overlay", str(folder), spoiled])
    found = json.loads(result.output)
    assert found["certain"] is False
    assert "secondaryIdentifier" in found["uncertain"]
    assert "documentNumber" not in found["uncertain"]
    assert set(found["uncertain"]) <= set(found["fields"])
    drawn = read_picture(folder / "glare.png")
    assert drawn is not None
    foot = drawn[720:]
    for colour in ((60, 160, 40), (0, 140, 255)):
        assert (foot == np.array(colour)).all(axis=2).sum() > 100, "clear ones and doubtful ones"
    text = CliRunner().invoke(camera, ["read", spoiled]).output
    assert "not certain: " in text
    assert "^" in text


def test_a_number_that_may_be_another_one_is_said() -> None:
    close = sighting(scores((2, 9, "D", 0.8)))
    found = findings(Path("passport.png"), close, 1.0, [])
    assert found["fields"]["documentNumber"] == "L898902C3"
    assert found["uncertain"] == ["documentNumber"]
    assert found["alternatives"] == {"documentNumber": ["L898902CD"]}
    assert "documentNumber may be: L898902CD" in told(found, close)


def test_what_is_wrong_is_said_of_the_field_as_a_whole() -> None:
    wrong = sighting(scores((1, 9, "X", 0.5), lines=(PASSPORT[0], PASSPORT[1][:-1] + "5")))
    found = findings(Path("passport.png"), wrong, 1.0, [])
    assert found["valid"] is found["certain"] is False
    assert found["uncertain"] == ["name", "composite"]
    assert found["lines"] == list(wrong.lines)


def test_a_file_that_is_no_picture_fails_and_the_others_are_read(
    pictures: list[str], tmp_path: Path
) -> None:
    text, missing = tmp_path / "letter.txt", tmp_path / "missing.png"
    text.write_text("no picture")
    names = [str(text), str(missing), str(tmp_path), pictures[0]]
    result = CliRunner().invoke(camera, ["read", *names])
    assert result.exit_code == 1
    assert result.stderr.count("no picture that can be read") == 3
    assert "letter.txt: no picture that can be read" in result.stderr
    assert "TD3, certain" in result.output
    result = CliRunner().invoke(camera, ["read", "--json", *names])
    assert result.exit_code == 1
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["file"] for each in found] == names
    assert [each["format"] for each in found] == [None, None, None, "TD3"]
    assert all("error" in each for each in found[:3])


def test_pictures_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    """Nor does anything overwrite a picture that is read."""
    folder = tmp_path / "overlay"
    folder.mkdir()
    names = []
    for number, each in enumerate(("a", "b", "c", "overlay")):
        (tmp_path / each).mkdir(exist_ok=True)
        name = "x-2.png" if each == "overlay" else "x.png"
        names.append(written(tmp_path / each / name, np.full((40, 60, 3), number, np.uint8)))
    result = CliRunner().invoke(camera, ["read", "--json", "--overlay", str(folder), *names])
    drawn = [Path(json.loads(line)["overlay"]) for line in result.output.splitlines()]
    assert [path.name for path in drawn] == ["x.png", "x-3.png", "x-4.png", "x-2-2.png"]
    for number, path in enumerate(drawn):
        picture = read_picture(path)
        assert picture is not None
        assert (picture[:40] == number).all(), "the picture it is named for"
        assert picture.shape[0] > 40, "and what was found below it"
    original = read_picture(folder / "x-2.png")
    assert original is not None
    assert original.shape == (40, 60, 3)


def test_pictures_are_drawn_anew_when_they_are_read_again(tmp_path: Path) -> None:
    name = written(tmp_path / "x.png", np.zeros((40, 60, 3), np.uint8))
    for _ in range(2):
        CliRunner().invoke(camera, ["read", "--overlay", str(tmp_path / "overlay"), name])
    assert [path.name for path in (tmp_path / "overlay").iterdir()] == ["x.png"]


@pytest.mark.usefixtures("threads")
def test_opencv_keeps_to_one_thread_as_in_the_kiosk(tmp_path: Path) -> None:
    CliRunner().invoke(camera, ["read", str(tmp_path / "missing.png")])
    assert cv2.getNumThreads() == 1


def test_watch_reads_a_file_as_if_it_were_a_camera(pictures: list[str]) -> None:
    result = CliRunner().invoke(camera, ["watch", f"file:{pictures[0]}", "--count", "1"])
    assert result.exit_code == 0, result.output
    assert "TD3, certain, accepted, " in result.stdout
    assert lines("lindqvist-utopia")[0] in result.stdout
    assert "status: online" in result.stderr
    assert "guidance: reading" in result.stderr


def test_watch_prints_the_json_of_read_and_draws_what_it_found(
    pictures: list[str], tmp_path: Path
) -> None:
    folder, uri = tmp_path / "overlay", f"file:{pictures[0]}"
    options = ["--json", "--overlay", str(folder), "--count", "1"]
    live = CliRunner().invoke(camera, ["watch", uri, *options])
    *_, found = (json.loads(line) for line in live.stdout.splitlines())
    still = json.loads(CliRunner().invoke(camera, ["read", "--json", pictures[0]]).stdout)
    own = {"file": uri, "frames": found["frames"], "accepted": True, "ms": found["ms"],
           "overlay": found["overlay"]}  # fmt: skip
    assert found == still | own
    assert found["frames"] >= 1
    assert found["ms"] > 0
    drawn = read_picture(Path(found["overlay"]))
    assert drawn is not None
    green = (drawn == np.array([60, 160, 40])).all(axis=2)
    assert green[400:720].sum() > 500, "the outline of the zone"
    before = set(folder.iterdir())
    assert before == {folder / name for name in ("seen.png", "seen-2.png")[: len(before)]}
    again = CliRunner().invoke(camera, ["watch", uri, *options])
    *_, found = (json.loads(line) for line in again.stdout.splitlines())
    assert Path(found["overlay"]) not in before, "what was drawn before is kept"


def first_lines(arguments: list[str], count: int) -> list[str]:
    """The first lines that the command prints; a minute is enough on any machine."""
    command = [sys.executable, "-m", "kiosk", "camera", *arguments, "--seconds", "60"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        printed = list(itertools.islice(running.stdout, count))
        running.send_signal(signal.SIGINT)
        assert running.wait() == 0
    return printed


def test_watch_tells_the_doubts_of_what_is_not_accepted(tmp_path: Path) -> None:
    """A lamp's reflection lies on the given names, and stays there."""
    spoiled = written(tmp_path / "glare.png", frame(drawing("claes-belgium"), glare=0.5))
    (line,) = first_lines(["watch", f"file:{spoiled}", "--json"], 1)
    first = json.loads(line)
    assert first["accepted"] is first["certain"] is False
    assert "secondaryIdentifier" in first["uncertain"]
    assert "documentNumber" not in first["uncertain"]
    printed = "".join(first_lines(["watch", f"file:{spoiled}"], 6))
    assert "not accepted" in printed
    assert "not certain: " in printed
    assert "^" in printed


def test_watch_reads_codes(pictures: list[str]) -> None:
    options = ["watch", f"file:{pictures[2]}", "--count", "1"]
    assert "QRCode: HK1:DEMO" in CliRunner().invoke(camera, options).stdout
    *_, line = CliRunner().invoke(camera, [*options, "--json"]).stdout.splitlines()
    found = json.loads(line)
    assert found["barcodes"] == [{"format": "QRCode", "text": "HK1:DEMO"}]
    assert found["format"] is None
    assert found["accepted"] is True


def test_watch_tells_a_document_once_however_many_frames_agree() -> None:
    mrz = parse(PASSPORT, today=TODAY)
    assert MrzReading(mrz, frames=2) == MrzReading(mrz, frames=5)


def test_watch_refuses_a_uri_that_is_no_camera() -> None:
    result = CliRunner().invoke(camera, ["watch", "tcp://192.0.2.7:9100"])
    assert result.exit_code == 2
    assert "v4l2:/dev/video0" in result.output


def test_draw_writes_a_specimen(tmp_path: Path) -> None:
    path = tmp_path / "card.png"
    result = CliRunner().invoke(camera, ["draw", "claes-belgium", "--out", str(path)])
    assert result.exit_code == 0, result.output
    picture = read_picture(path)
    assert picture is not None
    assert picture.shape == (540, 856, 3)
    result = CliRunner().invoke(camera, ["draw", "nobody", "--out", str(path)])
    assert result.exit_code == 2
    assert "lindqvist-utopia" in result.output
