"""Whether the .ts files are complete: nothing new, unfinished or unused, placeholders the same."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

from ui.translations.catalogues import source_files
from ui.translations.update import update

_PLACEHOLDER = re.compile(r"%L?(?:\d{1,2}|n)")


def problems() -> list[str]:
    """One line per thing that is wrong with a translation; an empty list: all is well."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for source in source_files().values():
            fresh = Path(folder) / source.name
            shutil.copyfile(source, fresh)
            update(fresh)
            found += (f"{source.name}: {problem}" for problem in _problems_of(source, fresh))
    return found


def _problems_of(committed: Path, fresh: Path) -> Iterator[str]:
    for where, text in sorted(_texts(committed) - _texts(fresh)):
        yield f"{where}: no screen has the text {text!r} any more"
    for context in _root(fresh).iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            yield from (f"{name}: {problem}" for problem in message_problems(message))


def message_problems(message: Xml.Element) -> Iterator[str]:
    """What is wrong with one message of a .ts file."""
    source = message.findtext("source") or ""
    translation = message.find("translation")
    if translation is None or translation.get("type") is not None:
        yield f"{source!r} is not translated"
        return
    forms = [form.text or "" for form in translation.iter("numerusform")]
    for text in forms or [translation.text or ""]:
        if not text.strip():
            yield f"{source!r} is translated with nothing"
        elif not _same_placeholders(source, text, plural=bool(forms)):
            yield f"{source!r} has other placeholders than its translation {text!r}"


def _same_placeholders(source: str, text: str, *, plural: bool) -> bool:
    """Whether both have the same; a plural form may leave out the number ('one person')."""
    wanted, there = (sorted(_PLACEHOLDER.findall(item)) for item in (source, text))
    if plural and "%n" not in there:
        wanted = [item for item in wanted if item != "%n"]
    return wanted == there


def _texts(path: Path) -> set[tuple[str, str]]:
    return {
        (context.findtext("name") or "", message.findtext("source") or "")
        for context in _root(path).iter("context")
        for message in context.iter("message")
    }


def _root(path: Path) -> Xml.Element:
    return Xml.parse(path).getroot()  # noqa: S314 -- the project's own files
