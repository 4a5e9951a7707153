"""Collecting the texts of the screens into .ts files, with Qt's lupdate."""

from pathlib import Path

from ui.translations.qt_tools import run_tool

UI = Path(__file__).parent.parent
_TEXTS_IN = (
    "screens/*.qml",
    "components/*.qml",
    "*.qml",
    "failure_texts.py",
    "hint_texts.py",
    "languages.py",
)

SOURCE_LANGUAGE = "en"
"""The texts are written in it, so that only its plural forms need a .ts file."""


def update(*targets: Path) -> str:
    """Merge all texts into the .ts files, and return lupdate's report.

    Raises:
        ToolError: lupdate failed, or warned of something.
    """
    sources = [path for pattern in _TEXTS_IN for path in sorted(UI.glob(pattern))]
    reports = []
    for target in targets:
        plural_only = ["-pluralonly"] if target.stem.endswith(f"_{SOURCE_LANGUAGE}") else []
        reports.append(
            run_tool(
                "lupdate",
                *("-locations", "none", "-no-obsolete", "-source-language", SOURCE_LANGUAGE),
                *plural_only,
                *sources,
                *("-ts", target),
            )
        )
    return "".join(reports)
