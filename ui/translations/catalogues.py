"""The .ts files, and the .qm files that Qt loads: built when missing or older than their source."""

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTranslator

from ui.translations.qt_tools import ToolError, run_tool

FOLDER = Path(__file__).parent
PREFIX = "hall-kiosk_"


class TranslationError(RuntimeError):
    """A language cannot be had; the text says which, and what to do."""


def source_file(tag: str) -> Path:
    """The .ts file of a language (BCP 47 tag)."""
    return FOLDER / f"{PREFIX}{tag}.ts"


def source_files() -> dict[str, Path]:
    """All .ts files by language."""
    paths = sorted(FOLDER.glob(f"{PREFIX}*.ts"))
    return {path.stem.removeprefix(PREFIX): path for path in paths}


def build(source: Path) -> Path:
    """Return the .qm file of a .ts file, made anew where it is missing or older.

    It lies beside its source, or in the user's cache where that folder cannot be written to.

    Raises:
        ToolError: lrelease failed.
    """
    built = source.with_suffix(".qm")
    if not _is_newer(built, source) and not os.access(source.parent, os.W_OK):
        cache = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.GenericCacheLocation
        )
        built = Path(cache) / "hall-kiosk" / built.name
        built.parent.mkdir(parents=True, exist_ok=True)
    if not _is_newer(built, source):
        # Another process may be reading or building the same file: replace it in one step.
        with tempfile.TemporaryDirectory(dir=built.parent) as folder:
            fresh = Path(folder) / built.name
            run_tool("lrelease", "-silent", source, "-qm", fresh)
            fresh.replace(built)
    return built


def load_translator(tag: str) -> QTranslator:
    """Return a translator with the texts of a language.

    Raises:
        TranslationError: there is no translation into it, or it cannot be built or read.
    """
    source = source_file(tag)
    if not source.is_file():
        known = ", ".join(source_files())
        raise TranslationError(
            f"the screen is not translated into {tag!r}; take it out of the hall's languages, "
            f"or add {source.name} (there is: {known})"
        )
    try:
        built = build(source)
    except (ToolError, OSError) as error:
        raise TranslationError(f"{source.name} could not be built: {error}") from error
    translator = QTranslator()
    if not translator.load(str(built)):
        raise TranslationError(f"{built} could not be read: delete it, it is built again")
    return translator


def _is_newer(built: Path, source: Path) -> bool:
    return built.is_file() and built.stat().st_mtime >= source.stat().st_mtime
