"""Files of a scanner: only whole ones are taken in, once each, and nothing of them is left."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.camera.folder import FolderSource
from devices.camera.grouping import Placement
from devices.camera.patterns import ANY, LIGHTS, Patterns
from devices.camera.placements import Placements

THREE = Patterns({light: f"{{id}}_{light}.*" for light in LIGHTS})
FIXED = Patterns({"white": "VIS.jpg", "ir": "IR.jpg"})
FOLDERS = Patterns({"white": "{id}/VIS.jpg", "ir": "{id}/IR.jpg"})
HOLD = 10.0


def encoded(value: int, suffix: str = ".png") -> bytes:
    _, data = cv2.imencode(suffix, np.full((60, 90, 3), value, np.uint8))
    return data.tobytes()


def placements(folder: Path, patterns: Patterns = ANY, *, delete: bool = True) -> Placements:
    return Placements(folder, patterns, delete=delete, settle=0.3, patience=1.5, hold=HOLD)


def values(placement: Placement | None) -> list[int] | None:
    if placement is None:
        return None
    return [int(still.pixels[0, 0, 0]) for still in placement.values()]


def test_a_picture_is_taken_when_it_rests_and_then_deleted(tmp_path: Path) -> None:
    taking = placements(tmp_path)
    path = tmp_path / "scan1.png"
    path.write_bytes(encoded(50))
    assert taking.look(0.0) is None, "it may still be written"
    assert values(taking.look(0.4)) == [50]
    assert not path.exists()
    assert values(taking.look(10.3)) == [50]
    assert taking.look(10.4) is None


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_half_a_picture_is_waited_for(suffix: str, tmp_path: Path) -> None:
    taking = placements(tmp_path)
    whole = encoded(50, suffix)
    path = tmp_path / f"scan{suffix}"
    path.write_bytes(whole[: len(whole) // 2])
    assert [taking.look(now) for now in (0.0, 0.4, 0.9)] == [None] * 3, "the writer pauses"
    path.write_bytes(whole)
    assert taking.look(1.0) is None
    assert values(taking.look(1.4)) == [50]


def test_half_a_picture_of_a_scanner_that_died_is_deleted_unread(tmp_path: Path) -> None:
    taking = placements(tmp_path)
    path = tmp_path / "scan.jpg"
    path.write_bytes(encoded(50, ".jpg")[:-40])
    assert [taking.look(now) for now in (0.0, 1.0, 2.0, 9.0)] == [None] * 4
    assert not path.exists()


def test_names_that_scanners_rename_from_are_left_alone(tmp_path: Path) -> None:
    taking = placements(tmp_path)
    for name in (".scan.png", "scan.png.part", "scan.tmp", "notes.txt"):
        (tmp_path / name).write_bytes(encoded(50))
    (tmp_path / "folder.png").mkdir()
    assert [taking.look(now) for now in (0.0, 1.0, 9.0)] == [None] * 3
    assert len(list(tmp_path.iterdir())) == 5
    (tmp_path / "scan.png.part").rename(tmp_path / "scan.png")
    assert taking.look(10.0) is None
    assert values(taking.look(10.4)) == [50]


def test_the_lights_of_one_placement_come_together_infrared_first(tmp_path: Path) -> None:
    taking = placements(tmp_path, THREE)
    for value, light in ((10, "uv"), (20, "white")):
        (tmp_path / f"7_{light}.png").write_bytes(encoded(value))
    assert [taking.look(now) for now in (0.0, 0.4)] == [None] * 2
    (tmp_path / "7_IR.PNG").write_bytes(encoded(30))
    assert taking.look(0.5) is None
    assert values(taking.look(0.9)) == [30, 20, 10]
    assert list(tmp_path.iterdir()) == []


def test_ultraviolet_that_comes_last_takes_nothing_away(tmp_path: Path) -> None:
    taking = placements(tmp_path, THREE)
    for value, light in ((20, "white"), (30, "ir")):
        (tmp_path / f"7_{light}.png").write_bytes(encoded(value))
    taking.look(0.0)
    taking.look(0.4)
    assert values(taking.look(1.9)) == [30, 20]
    (tmp_path / "7_uv.png").write_bytes(encoded(1))
    assert values(taking.look(2.1)) == [30, 20]
    assert values(taking.look(2.5)) == [30, 20, 1]
    assert values(taking.look(4.1)) == [30, 20, 1]


def test_pictures_of_two_placements_are_not_mixed(tmp_path: Path) -> None:
    taking = placements(tmp_path, THREE)
    for name, value in (("a_ir", 1), ("b_ir", 2), ("a_white", 3), ("b_white", 4), ("b_uv", 5)):
        (tmp_path / f"{name}.png").write_bytes(encoded(value))
    taking.look(0.0)
    assert values(taking.look(0.4)) == [2, 4, 5]
    assert values(taking.look(2.0)) == [1, 3]


# -- names without {id}, and a folder for every placement ------------------------------------------


@pytest.mark.parametrize("delete", [True, False])
def test_a_file_that_is_overwritten_is_another_placement(delete: bool, tmp_path: Path) -> None:
    taking = placements(tmp_path, FIXED, delete=delete)
    for start, first in ((0.0, 10), (4.0, 50)):
        (tmp_path / "VIS.jpg").write_bytes(encoded(first, ".jpg") + bytes(first))
        taking.look(start)
        (tmp_path / "IR.jpg").write_bytes(encoded(first + 1, ".jpg") + bytes(first))
        taking.look(start + 0.4)
        assert values(taking.look(start + 0.8)) == [first + 1, first]
    assert len(list(tmp_path.iterdir())) == (0 if delete else 2)


def test_a_file_that_is_being_overwritten_is_not_read_half(tmp_path: Path) -> None:
    taking = placements(tmp_path, FIXED)
    path = tmp_path / "VIS.jpg"
    whole = encoded(60, ".jpg")
    path.write_bytes(encoded(10, ".jpg"))
    taking.look(0.0)
    path.write_bytes(whole[:200])
    assert [taking.look(now) for now in (0.2, 0.6, 1.0)] == [None] * 3
    path.write_bytes(whole)
    taking.look(1.1)
    taking.look(1.5)
    assert values(taking.look(3.0)) == [60]


def test_every_placement_may_have_a_folder(tmp_path: Path) -> None:
    taking = placements(tmp_path, FOLDERS)
    for name in ("7", "8"):
        (tmp_path / name).mkdir()
    (tmp_path / "7/VIS.jpg").write_bytes(encoded(10, ".jpg"))
    (tmp_path / "8/VIS.jpg").write_bytes(encoded(20, ".jpg"))
    assert taking.look(0.0) is None
    (tmp_path / "7/IR.jpg").write_bytes(encoded(30, ".jpg"))
    assert taking.look(0.4) is None
    assert values(taking.look(0.8)) == [30, 10]


def test_a_folder_of_a_placement_goes_when_the_scanner_is_done_with_it(tmp_path: Path) -> None:
    taking = placements(tmp_path, FOLDERS)
    for name in ("7", "8", "new"):
        (tmp_path / name).mkdir()
    for name in ("7", "8"):
        (tmp_path / name / "VIS.jpg").write_bytes(encoded(10, ".jpg"))
    (tmp_path / "8/log.txt").write_text("")
    taking.look(0.0)
    taking.look(0.4)
    assert not (tmp_path / "7/VIS.jpg").exists()
    assert (tmp_path / "7").exists(), "another light may come"
    taking.look(HOLD + 0.5)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["8", "new"], "8 is in use"


def test_folders_that_are_links_are_not_followed(tmp_path: Path) -> None:
    away, scans = tmp_path / "away", tmp_path / "scans"
    away.mkdir()
    scans.mkdir()
    (away / "VIS.jpg").write_bytes(encoded(10, ".jpg"))
    (scans / "7").symlink_to(away)
    taking = placements(scans, FOLDERS)
    assert [taking.look(now) for now in (0.0, 0.4, 3.0)] == [None] * 3
    assert (away / "VIS.jpg").exists()


# -- files that are left, and what was there before ------------------------------------------------


def test_files_may_be_left_and_are_read_once_unless_they_change(tmp_path: Path) -> None:
    taking = placements(tmp_path, delete=False)
    path = tmp_path / "scan.png"
    path.write_bytes(encoded(50))
    taking.look(0.0)
    first = taking.look(0.4)
    assert values(first) == [50]
    assert all(taking.look(now) is first for now in (1.0, 1.4, 1.8, 2.2))
    path.write_bytes(encoded(51) + b"\0")
    taking.look(3.0)
    assert values(taking.look(3.4)) == [51]


@pytest.mark.parametrize("delete", [True, False])
@pytest.mark.parametrize("patterns", [ANY, FOLDERS], ids=str)
def test_what_was_there_before_is_nobodys(patterns: Patterns, delete: bool, tmp_path: Path) -> None:
    path = tmp_path / ("VIS.jpg" if patterns is ANY else "7/VIS.jpg")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(encoded(50, ".jpg"))
    taking = placements(tmp_path, patterns)
    taking.clear(0.0, delete=delete)
    assert [taking.look(now) for now in (0.0, 1.0, 3.0)] == [None] * 3
    assert path.exists() is not delete


def test_opening_a_folder_without_patterns_deletes_nothing_that_is_in_it(tmp_path: Path) -> None:
    holiday, left = tmp_path / "beach.jpg", tmp_path / "7_ir.png"
    for path in (holiday, left):
        path.write_bytes(encoded(50))
    FolderSource(tmp_path).open().close()
    assert left.exists()
    FolderSource(tmp_path, THREE).open().close()
    assert not left.exists(), "personal data of somebody who has gone"
    assert holiday.exists(), "it is not the scanner's"
