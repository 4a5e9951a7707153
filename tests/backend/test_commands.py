"""``hall-kiosk journal``: open tickets seen and resolved by staff."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config.loading import DEMO_MACHINE
from kiosk.backend.commands import journal as journal_command
from kiosk.backend.journal import Journal
from kiosk.backend.steps import Actor, Step
from tests.backend.support import request, ticket
from tests.server.support import Api, SettableClock, make_server


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "machine.toml"
    text = DEMO_MACHINE.read_text(encoding="utf-8")
    text = text.replace("~/.local/state/hall-kiosk/", "")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A journal with one ticket in each of four states."""
    path = tmp_path / "journal.sqlite3"
    with Journal(path) as journal:
        for number, steps in enumerate(
            (
                [Step.PRINT_CONFIRMED, Step.TAKEN],
                [Step.PRINT_UNKNOWN],
                [Step.PRINT_FAILED],
                [],
            ),
            1,
        ):
            key = f"k{number}"
            journal.intent(request(key))
            journal.issued(key, ticket(number))
            journal.print_sent(key)
            for step in steps:
                journal.record(key, step, "timeOut" if step is Step.PRINT_UNKNOWN else "")
    return path


def run(config: Path, *arguments: str) -> Result:
    command, *rest = arguments
    return CliRunner().invoke(journal_command, [command, "--config", str(config), *rest])


def test_show_lists_tickets_and_what_became_of_them(config: Path, book: Path) -> None:
    lines = run(config, "show").output.splitlines()
    assert [(line[:5], line[24:30], line[32:]) for line in lines] == [
        ("N 001", "+08:00", "taken"),
        ("N 002", "+08:00", "printed or not, look into the slot"),
        ("N 003", "+08:00", "not printed"),
        ("N 004", "+08:00", "being printed"),
    ]
    assert len(run(config, "show", "--open").output.splitlines()) == 3
    assert "print_unknown   visit  timeOut" in run(config, "show", "--steps").output


@pytest.mark.parametrize(("outcome", "last"), [("taken", Step.TAKEN), ("void", Step.VOID)])
def test_what_the_machine_does_not_know_staff_resolve(
    config: Path, book: Path, monkeypatch: pytest.MonkeyPatch, outcome: str, last: Step
) -> None:
    monkeypatch.setenv("HALL_KIOSK_BACKEND__TOTAL_SECONDS", "4")
    monkeypatch.setenv("HALL_KIOSK_BACKEND__URL", "http://127.0.0.1:9")
    monkeypatch.setattr("kiosk.backend.client._FIRST_PAUSE", 5)
    result = run(config, "resolve", "n002", outcome)
    assert result.exit_code == 0, result.output
    assert "the kiosk tells it later" in result.output
    with Journal(book) as journal:
        entry = journal.entry("k2")
        assert entry is not None
        assert (entry.last, entry.steps[-1].actor) == (last, Actor.STAFF)
        assert "k2" in {report.key for report in journal.due_reports()}


@pytest.mark.parametrize(
    ("number", "outcome", "message"),
    [
        ("N 001", "void", "N 001 needs no resolving: taken"),
        ("N 004", "void", "N 004 needs no resolving: being printed"),
        ("N 003", "taken", "N 003 did not come out of the printer"),
        ("N 009", "void", "no ticket N 009 in this journal"),
    ],
)
def test_what_cannot_be_resolved_so_is_told(
    config: Path, book: Path, number: str, outcome: str, message: str
) -> None:
    result = run(config, "resolve", number, outcome)
    assert result.exit_code == 1
    assert message in result.output


def test_settle_goes_by_the_hall_server(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal(tmp_path / "journal.sqlite3") as journal:
        journal.intent(request("k1"))
    clock = SettableClock()
    with make_server(tmp_path, clock) as server:
        monkeypatch.setenv("HALL_KIOSK_BACKEND__URL", server.url)
        result = run(config, "settle")
        # the request's reservation is not known to this server
        assert result.output == (
            "0 void, 0 taken, 1 refused, 0 for staff, 0 waiting for the hall server\n"
        )
        assert Api(server).get("/loads").status_code == 200


def test_a_journal_that_is_not_there_or_damaged_is_told(config: Path, tmp_path: Path) -> None:
    assert "there is no journal" in run(config, "show").output
    (tmp_path / "journal.sqlite3").write_bytes(b"damaged" * 100)
    assert "move it aside" in run(config, "show").output
