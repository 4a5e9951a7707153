"""The page on which the played visits are looked at."""

import html
from collections.abc import Iterable, Sequence
from pathlib import Path

from kiosk.backend.journal import JournalEntry
from ui.demo.scripted import PlayedVisit

_STYLE = """
body { font: 16px/1.5 "Noto Sans", sans-serif; margin: 2rem; color: #1b2733; background: #f3f5f7 }
section { background: #fff; border-radius: 12px; padding: 1.5rem; margin: 0 0 2rem }
h1, h2 { margin: 0 0 .5rem }
.row { display: flex; gap: 1rem; overflow-x: auto; align-items: flex-start; padding: .5rem 0 }
figure { margin: 0; flex: none; width: 220px }
figure img { width: 100%; border: 1px solid #d4dae0; border-radius: 8px }
figure.ticket img { box-shadow: 0 2px 8px #0003; border: 0; border-radius: 2px }
figcaption { font-size: 13px; color: #5a6875 }
table { border-collapse: collapse; margin-top: 1rem; font-size: 14px }
td, th { border-bottom: 1px solid #e1e6ea; padding: .25rem .75rem; text-align: left }
.error { background: #fdecea; color: #8c1d18; padding: .5rem 1rem; border-radius: 8px }
"""


def write_report(visits: Sequence[PlayedVisit], out: Path) -> Path:
    """Write ``index.html``, one section a visit; returns its path."""
    body = "\n".join(_section(played, out) for played in visits)
    page = (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8">'
        f"<title>Visits at the kiosk</title><style>{_STYLE}</style>"
        f"<h1>Visits at the kiosk</h1>\n{body}\n</html>\n"
    )
    path = out / "index.html"
    path.write_text(page, encoding="utf-8")
    return path


def _section(played: PlayedVisit, out: Path) -> str:
    screens = "".join(
        _figure(picture.path, out, f"{picture.screen}, {picture.seconds:.1f} s")
        for picture in played.pictures
    )
    tickets = "".join(
        _figure(ticket, out, f"ticket {number}", kind="ticket")
        for number, ticket in enumerate(played.tickets, 1)
    )
    problems = [played.error, *(f"the printer refused: {text}" for text in played.refusals)]
    errors = "".join(f'<p class="error">{html.escape(text)}</p>' for text in problems if text)
    return (
        f'<section id="{played.visit.name}"><h2>{html.escape(played.visit.name)}</h2>'
        f"<p>{html.escape(played.visit.title)}.</p>{errors}"
        f'<div class="row">{screens}{tickets}</div>{_journal(played.journal)}</section>'
    )


def _figure(path: Path, out: Path, caption: str, kind: str = "screen") -> str:
    source = html.escape(path.relative_to(out).as_posix())
    return (
        f'<figure class="{kind}"><a href="{source}"><img src="{source}" loading="lazy" alt=""></a>'
        f"<figcaption>{html.escape(caption)}</figcaption></figure>"
    )


def _journal(entries: Iterable[JournalEntry]) -> str:
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{html.escape(str(cell))}</td>"
            for cell in (
                entry.ticket.number if entry.ticket else "",
                step.step,
                "" if step.copy is None else step.copy,
                step.actor,
                step.note,
                f"{step.at:%H:%M:%S}",
            )
        )
        + "</tr>"
        for entry in entries
        for step in entry.steps
    )
    if not rows:
        return "<p>No ticket was asked for: the journal is empty.</p>"
    heads = "".join(
        f"<th>{name}</th>" for name in ("ticket", "journal", "copy", "by", "note", "time")
    )
    return f"<table><tr>{heads}</tr>{rows}</table>"
