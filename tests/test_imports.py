"""Imports run one way: config <- devices <- kiosk <- ui; and some parts do no I/O at all."""

from pathlib import Path

import pytest

from tests.import_rules import LAYERS, violations

ROOT = Path(__file__).parents[1]

GOOD = {
    "config/__init__.py": "",
    "config/settings.py": "import os\nfrom pathlib import Path\n",
    "devices/__init__.py": "",
    "devices/command.py": "from dataclasses import dataclass\n",
    "devices/outbox.py": "import threading\n",
    "devices/worker.py": "import threading\nimport time\nfrom devices import command\n",
    "devices/documents/__init__.py": "",
    "devices/documents/identity.py": "from dataclasses import dataclass\n",
    "devices/documents/states.py": "from importlib.resources import files\n",
    "devices/documents/specimen.py": "from pathlib import Path\n",
    "devices/printer/__init__.py": "",
    "devices/printer/contract.py": "from devices.command import Command\n",
    "devices/printer/codes.py": "import enum\nfrom devices.printer import contract\n",
    "devices/printer/link.py": "import socket\n",
    "devices/printer/fonts.py": "from pathlib import Path\n",
    "devices/printer/driver.py": "from . import link\nfrom .contract import Print\n",
    "kiosk/__init__.py": "",
    "kiosk/__main__.py": (
        "def main():\n    from ui import app\n    from devices.printer import driver\n"
    ),
    "kiosk/hall/__init__.py": "",
    "kiosk/hall/drawing.py": "from devices.printer.fonts import Path\n",
    "kiosk/hall/model.py": "from devices.documents.identity import Identity\n",
    "kiosk/server/commands.py": "def f():\n    from devices.printer.driver import Driver\n",
    "kiosk/visit/__init__.py": "",
    "kiosk/visit/machine.py": (
        "from devices.printer.contract import Print\n"
        "from devices.printer.codes import CODE\n"
        "from kiosk.hall import model\n"
        "import config.settings\n"
    ),
    "kiosk/visit/runner.py": "import threading\nfrom devices.worker import Device\n",
    "ui/__init__.py": "",
    "ui/app.py": "from PySide6 import QtCore\nfrom kiosk.visit import machine\n",
}


def tree(root: Path, **more: str) -> Path:
    for name, text in {**GOOD, **more}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_the_projects_imports_follow_the_rules() -> None:
    found = violations(ROOT)
    assert not found, "\n".join(map(str, found))


def test_the_check_sees_the_whole_project() -> None:
    for layer in LAYERS:
        assert (ROOT / layer / "__init__.py").exists()


def test_a_good_tree_has_no_violations(tmp_path: Path) -> None:
    assert violations(tree(tmp_path)) == []


@pytest.mark.parametrize(
    ("module", "text", "rule"),
    [
        ("config/a.py", "import devices", "config does not import devices"),
        ("config/a.py", "from kiosk import hall", "config does not import kiosk"),
        ("devices/a.py", "import kiosk.hall.model", "devices does not import kiosk"),
        ("devices/a.py", "def f():\n    from ui.app import x", "devices does not import ui"),
        ("kiosk/a.py", "import ui", "kiosk does not import ui"),
        ("kiosk/commands.py", "def f():\n    import ui", "kiosk does not import ui"),
        ("kiosk/__main__.py", "import ui", "kiosk does not import ui"),
        ("kiosk/a.py", "if 1:\n    from ..kiosk import hall\n    import ui.app", "not import ui"),
        ("kiosk/a.py", "import importlib\nimportlib.import_module('ui.app')", "not import ui"),
        ("kiosk/a.py", "import PySide6.QtCore", "only ui imports PySide6"),
        ("devices/a.py", "def f():\n    from PySide6 import QtGui", "only ui imports PySide6"),
        ("ui/a.py", "import tests.helpers", "does not import tests"),
        ("kiosk/a.py", "from devices.printer.driver import D", "not devices.printer.driver"),
        ("kiosk/a.py", "from devices.printer import driver", "not devices.printer.driver"),
        ("kiosk/a.py", "from devices.printer import link", "not devices.printer.link"),
        ("kiosk/a.py", "from devices import outbox", "kiosk imports contracts of devices"),
        (
            "kiosk/a.py",
            "class A:\n    def f(self):\n        from devices.printer import driver",
            "not devices.printer.driver",
        ),
        ("kiosk/commands.py", "from devices.printer import driver", "not devices.printer.driver"),
        ("kiosk/visit/a.py", "import threading", "kiosk.visit is pure: no threading"),
        ("kiosk/visit/a.py", "from time import monotonic", "kiosk.visit is pure: no time"),
        ("kiosk/visit/a.py", "import random", "kiosk.visit is pure: no random"),
        ("kiosk/visit/a.py", "from urllib.request import urlopen", "is pure: no urllib.request"),
        ("kiosk/visit/a.py", "import pathlib", "kiosk.visit is pure: no pathlib"),
        ("kiosk/visit/a.py", "def f():\n    return open('x')", "kiosk.visit is pure: no open()"),
        ("kiosk/visit/a.py", "from kiosk.visit.runner import R", "kiosk.visit.runner is not"),
        ("kiosk/visit/a.py", "from . import runner", "kiosk.visit.runner is not"),
        ("kiosk/visit/a.py", "from devices.printer import fonts", "devices.printer.fonts is not"),
        ("devices/documents/a.py", "import socket", "devices.documents is pure: no socket"),
        ("devices/documents/a.py", "from devices.printer import codes", "knows no device"),
    ],
)
def test_a_broken_rule_is_found(tmp_path: Path, module: str, text: str, rule: str) -> None:
    found = violations(tree(tmp_path, **{module: text + "\n"}))
    assert found, "nothing was found"
    assert all(rule in str(violation) for violation in found)
    assert all(v.module == module.removesuffix(".py").replace("/", ".") for v in found)


def test_a_module_is_no_data_when_what_it_imports_does_io(tmp_path: Path) -> None:
    root = tree(tmp_path, **{"devices/printer/codes.py": "from devices.printer import link\n"})
    assert {v.module for v in violations(root)} == {"kiosk.visit.machine"}
