"""One lock file: every requirement pinned, with hashes, and no word of where it came from."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.tooling.repository import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"^(?P<name>[^\s=]+)==(?P<version>[^\s;]+)(?P<rest>(?:.*\\\n)+.*)", re.MULTILINE)


def pins() -> dict[str, list[Version]]:
    """Name -> the pinned versions; several where they depend on the Python version."""
    found: dict[str, list[Version]] = {}
    for pin in PIN.finditer(LOCK):
        found.setdefault(canonicalize_name(pin["name"]), []).append(Version(pin["version"]))
    return found


def requirements() -> list[str]:
    project = PROJECT["project"]
    return [
        *project["dependencies"],
        *project["optional-dependencies"]["dev"],
        *PROJECT["build-system"]["requires"],
    ]


@pytest.mark.parametrize("text", requirements())
def test_every_requirement_is_pinned_to_a_version_that_satisfies_it(text: str) -> None:
    requirement = Requirement(text)
    versions = pins().get(canonicalize_name(requirement.name))
    assert versions, f"{requirement.name} is not in requirements.lock; call ./run lock"
    assert all(requirement.specifier.contains(version) for version in versions)


def test_every_pin_has_hashes() -> None:
    without = [pin["name"] for pin in PIN.finditer(LOCK) if "--hash=sha256:" not in pin["rest"]]
    assert without == []
    assert len(list(PIN.finditer(LOCK))) == len(re.findall(r"^[^\s#]", LOCK, re.MULTILINE))


def test_the_lock_names_no_place() -> None:
    assert not re.search(r"://|--index|--find-links|--extra-index|@ ", LOCK)


def test_there_is_one_qt_on_the_machine() -> None:
    # opencv-python brings Qt libraries of its own, which collide with those of PySide6.
    assert "opencv-python-headless" in pins()
    assert not {"opencv-python", "opencv-contrib-python", "pyqt5", "pyqt6"} & pins().keys()
