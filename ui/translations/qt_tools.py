"""Qt's own tools, as they come with PySide6."""

import subprocess
import sys
from pathlib import Path

import PySide6


class ToolError(RuntimeError):
    """One of Qt's tools is missing or has failed; the text has what it said."""


def run_tool(name: str, *args: str | Path, cwd: Path | None = None) -> str:
    """Run a tool of Qt and return what it printed.

    Raises:
        ToolError: with all that it printed, where it failed.
    """
    suffix = ".exe" if sys.platform == "win32" else ""
    tool = Path(PySide6.__file__).parent / f"{name}{suffix}"
    if not tool.is_file():
        raise ToolError(f"{tool} is missing: install PySide6-Essentials again")
    done = subprocess.run(  # noqa: S603 -- a tool of Qt with our own arguments
        [tool, *args], cwd=cwd, capture_output=True, text=True, check=False
    )
    output = done.stdout + done.stderr
    if done.returncode != 0:
        raise ToolError(f"{name} failed:\n{output}")
    return output
