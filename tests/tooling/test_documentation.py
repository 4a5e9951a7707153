"""What the documentation names is there."""

import re
from pathlib import Path

import pytest

from devices.registry import DeviceKind, UnknownDeviceUri, check_uri
from kiosk.__main__ import COMMANDS
from tests.tooling.repository import ROOT, tracked_files

LINK = re.compile(r"\]\((?!https?:|#)(?P<target>[^)#\s]+)")
RUN = re.compile(r"\./run (?P<command>[a-z-]+)")
KIOSK = re.compile(r"hall-kiosk (?P<command>[a-z]+)\b")
PAGES = [path for path in tracked_files() if path.suffix == ".md"]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [match["target"] for match in LINK.finditer(page.read_text(encoding="utf-8"))]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    script = (ROOT / "run").read_text(encoding="utf-8")
    known = set(re.findall(r"^  ([a-z-]+) ", script, re.MULTILINE))
    assert {match["command"] for match in RUN.finditer(text)} <= known
    assert {match["command"] for match in KIOSK.finditer(text)} <= COMMANDS.keys()


@pytest.mark.parametrize("kind", DeviceKind)
def test_integrators_are_told_of_every_device_uri(kind: DeviceKind) -> None:
    with pytest.raises(UnknownDeviceUri) as refused:
        check_uri(kind, "carrier-pigeon:")
    examples = re.split(", | or ", str(refused.value).partition("use one like ")[2])
    known = {example.partition(":")[0] for example in examples}
    page = (ROOT / "docs" / "integrators.md").read_text(encoding="utf-8")
    assert len(known) > 1
    assert f"`{kind.value}`" in page
    assert {scheme for scheme in known if f"`{scheme}:" not in page} == set()


def test_every_decision_is_in_the_index_and_numbered_in_order() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = sorted(folder.glob("[0-9]*.md"))
    index = (folder / "README.md").read_text(encoding="utf-8")
    for number, page in enumerate(pages, start=1):
        title = page.read_text(encoding="utf-8").splitlines()[0].removeprefix(f"# {number}. ")
        assert page.name.startswith(f"{number:04}-")
        assert f"{number}. [{title}]({page.name})" in index


def test_a_decision_says_why_what_and_what_follows() -> None:
    for page in (ROOT / "docs" / "decisions").glob("[0-9]*.md"):
        text = page.read_text(encoding="utf-8")
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], page.name
        assert re.search(r"^(Accepted|Replaced by .+), \d{4}-\d{2}-\d{2}$", text, re.MULTILINE)
