"""Generates the parts of docs/ that follow from the code: ``python -m tests.documentation``."""

import re
from collections import defaultdict
from pathlib import Path
from typing import get_args

from kiosk.visit import events as e
from kiosk.visit import stages as s
from kiosk.visit.failures import Failure
from tests.visit.exploration import reached
from ui.failure_texts import FAILURE_TEXTS

DOCS = Path(__file__).parents[1] / "docs"

EVERYWHERE = (e.CancelPressed, e.CallStaffPressed)
"""Shown once, as a rule of their own, so that the diagram stays readable."""


def documents() -> dict[Path, str]:
    """Path -> text of every generated document."""
    return {
        DOCS / "visit-states.md": visit_states(),
        DOCS / "failure-codes.md": failure_codes(),
    }


def visit_states() -> str:
    edges: dict[tuple[str, str], set[str]] = defaultdict(set)
    for before, event, after in reached().transitions:
        if event in EVERYWHERE or s.StillThere in (before, after):
            continue
        edges[before.__name__, after.__name__].add(_words(event.__name__))
    lines = [
        f"    {before} --> {after}: {', '.join(sorted(events))}"
        for (before, after), events in sorted(edges.items())
    ]
    purposes = [
        f"| {stage.__name__} | {_first_line(stage)} |"
        for stage in sorted(get_args(s.Stage), key=lambda stage: stage.__name__)
    ]
    return "\n".join(
        [
            "# The stages of a visit",
            "",
            "Made from the code by `python -m tests.documentation`: every event was tried at every",
            f"stage that can be reached ({len(reached().visits):,} different states of the kiosk).",
            "",
            "Not drawn, since they hold everywhere: *cancel* ends the visit from every stage",
            "before the ticket goes to the printer, *call staff* leads to StaffCalled, and a",
            "stage that waits for the visitor asks 'are you still there?' (StillThere) before it",
            "ends the visit.",
            "",
            "```mermaid",
            "stateDiagram-v2",
            "    [*] --> Attract",
            *lines,
            "```",
            "",
            "| stage | what it is |",
            "|---|---|",
            *purposes,
            "",
        ]
    )


def failure_codes() -> str:
    rows = [
        f"| `{failure.name}` | {failure.value.cause} | **{text.title}** {text.advice} "
        f"| {failure.value.remedy} |"
        for failure in Failure
        for text in [FAILURE_TEXTS[failure]]
    ]
    return "\n".join(
        [
            "# Failure codes",
            "",
            "Every way in which a visit can fail. Made from the code by",
            "`python -m tests.documentation`.",
            "",
            "| code | cause | what the visitor reads | what staff do |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _first_line(stage: type) -> str:
    text = stage.__doc__ or ""
    if text.startswith(f"{stage.__name__}("):
        return _words(stage.__name__).capitalize() + "."
    return text.splitlines()[0]


def _words(name: str) -> str:
    """``ConfirmPressed`` -> ``confirm pressed``."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def main() -> None:
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
