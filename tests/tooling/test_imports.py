"""Imports run one way: config <- devices <- kiosk <- ui."""

import sys
from pathlib import Path

import pytest

from tests.tooling.repository import PACKAGES, ROOT, imported_modules, sources

HARDWARE = {"cv2", "escpos", "serial", "smartcard", "usb", "zxingcpp"}
"""Packages that speak to devices: for `devices` alone."""


def offences(package: str, forbidden: set[str]) -> list[str]:
    return [
        f"{source.relative_to(ROOT)}:{line} imports {module}"
        for source in sources(package)
        for line, module in imported_modules(source)
        if module.partition(".")[0] in forbidden
    ]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_none_that_comes_after_it(package: str) -> None:
    later = set(PACKAGES[PACKAGES.index(package) + 1 :]) | {"tests", "benchmarks"}
    assert offences(package, later) == []


@pytest.mark.parametrize("package", ["config", "devices", "kiosk"])
def test_only_the_screen_imports_qt(package: str) -> None:
    assert offences(package, {"PySide6", "shiboken6"}) == []


@pytest.mark.parametrize("package", ["config", "kiosk", "ui"])
def test_only_devices_import_what_speaks_to_hardware(package: str) -> None:
    assert offences(package, HARDWARE) == []


def test_an_import_the_wrong_way_is_found_wherever_it_stands(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text(
        "import os, ui.screens\n"
        "from kiosk.visit import rules\n"
        "def late():\n"
        "    from PySide6 import QtCore\n"
    )
    assert list(imported_modules(source)) == [
        (1, "os"),
        (1, "ui.screens"),
        (2, "kiosk.visit.rules"),
        (4, "PySide6.QtCore"),
    ]


def test_every_package_is_named_here() -> None:
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert found == {*PACKAGES, "tests", "benchmarks"}
    assert not found & sys.stdlib_module_names
