"""The repository as its tools see it."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]

PACKAGES = ("config", "devices", "kiosk", "ui")
"""The packages of the product."""


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
