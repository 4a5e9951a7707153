"""What may be in the repository: sources that mean the same on every machine."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.tooling.repository import PACKAGES, ROOT, sources, tracked_files

# Put together from pieces, so that this file does not hold what it looks for.
MACHINE_PATHS = ["/" + name for name in ("work/", "root/", "home/", "opt/wheels", "opt/pypi")]
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
    )
]
FOREIGN = re.compile("|".join(re.escape(part) for part in MACHINE_PATHS + REGISTRY_HOSTS))


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked_files():
        data = path.read_bytes()
        if b"\0" not in data:
            found.append((path.relative_to(ROOT), data.decode("utf-8")))
    return found


def test_no_file_names_a_path_of_one_machine_or_a_host_of_a_registry() -> None:
    named = [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1} {match.group()}"
        for path, text in texts()
        for match in FOREIGN.finditer(text)
    ]
    assert named == []


@pytest.mark.parametrize(
    "foreign", [f"see /{'work'}/main", f"index = https://{'pypi'}.org/simple", f"/{'home'}/me"]
)
def test_foreign_names_are_recognised(foreign: str) -> None:
    assert FOREIGN.search(foreign)


def test_nothing_that_can_be_made_again_is_tracked() -> None:
    ignored = subprocess.run(
        ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert ignored.stdout == ""


@pytest.mark.parametrize("path", [".venv/bin/python", "ui/translations/hall_zh.qm", "out/1.png"])
def test_generated_files_are_ignored(path: str) -> None:
    assert (
        subprocess.run(["git", "check-ignore", "--quiet", path], cwd=ROOT, check=False).returncode
        == 0
    )


@pytest.mark.parametrize("package", [*PACKAGES, "benchmarks"])
def test_every_package_says_what_it_is_for(package: str) -> None:
    silent = []
    for folder in {source.parent for source in sources(package)}:
        init = folder / "__init__.py"
        if not init.is_file() or not ast.get_docstring(ast.parse(init.read_text("utf-8"))):
            silent.append(str(init.relative_to(ROOT)))
    assert silent == []


def test_scripts_can_be_run() -> None:
    for path in tracked_files():
        if path.read_bytes().startswith(b"#!"):
            assert path.stat().st_mode & 0o111, f"{path.relative_to(ROOT)} is not executable"
