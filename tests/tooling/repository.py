"""The repository as its tools see it."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

PACKAGES = ("config", "devices", "kiosk", "ui")
"""The packages of the product, each of which may import itself and those before it."""


def tracked_files() -> list[Path]:
    """Every file that git tracks and that has not been deleted since."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def sources(package: str) -> list[Path]:
    """The Python files of a package, those in its subpackages too."""
    return sorted((ROOT / package).rglob("*.py"))


def imported_modules(source: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a file imports, in functions as well.

    `from a import b` counts as `a.b`: whether b is a module or a name in one makes no difference
    to where it comes from.
    """
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # Relative imports are not used here (ruff TID252 holds that), so `module` is absolute.
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
