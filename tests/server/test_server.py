"""The server as a whole: health, authorisation, start and stop, command line, description."""

import re
import signal
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import requests
from click.testing import CliRunner, Result

from config.loading import DEMO_SERVER
from kiosk.server.commands import server as server_command
from kiosk.server.hall_server import HallServer
from tests.server.support import Api, SettableClock, make_server, problem

TOKEN = "t" * 32


def test_health_says_ok(server: HallServer) -> None:
    answer = requests.get(f"{server.url}v1/health", timeout=20)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_database_that_fails_is_told_as_unavailable(tmp_path: Path) -> None:
    with make_server(tmp_path, SettableClock()) as server:
        with sqlite3.connect(tmp_path / "hall.sqlite3") as database:
            database.execute("DROP TABLE claim")
        database.close()
        answer = Api(server).issue("k1", document_keys=["a" * 64])
    assert problem(answer) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "2"


def test_an_error_of_the_server_is_told_without_its_inside(
    server: HallServer, api: Api, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret inside")

    monkeypatch.setattr("kiosk.server.kiosk_routes.issue", broken)
    answer = api.issue("k1")
    assert problem(answer) == (500, "internal-error")
    assert "secret" not in answer.text
    monkeypatch.undo()
    assert api.ticket("k1")["number"] == "N 001"


def test_a_server_with_tokens_serves_those_who_have_one(
    tmp_path: Path, clock: SettableClock
) -> None:
    with make_server(tmp_path, clock, tokens=(TOKEN, "u" * 32)) as server:
        api = Api(server)
        for wrong in (None, "Bearer " + "x" * 32, f"Basic {TOKEN}", "Bearer "):
            if wrong is not None:
                api.session.headers["Authorization"] = wrong
            answer = api.get("/loads")
            assert problem(answer) == (401, "unauthorised")
            assert answer.headers["WWW-Authenticate"] == "Bearer"
        for token in (TOKEN, "u" * 32):
            api.session.headers["Authorization"] = f"Bearer {token}"
            assert api.get("/loads").status_code == 200


def test_a_server_stops_and_starts_again_on_its_port(tmp_path: Path, clock: SettableClock) -> None:
    server = make_server(tmp_path, clock)
    server.start()
    url = server.url
    Api(server).ticket("k1")
    server.stop()
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{url}v1/health", timeout=5)
    server.start()
    assert server.url == url
    assert Api(server).ticket("k2")["number"] == "N 002"
    server.close()
    server.stop()


def test_a_port_that_is_taken_is_an_error(
    server: HallServer, tmp_path_factory: pytest.TempPathFactory, clock: SettableClock
) -> None:
    port = int(server.url.rpartition(":")[2].strip("/"))
    other = make_server(tmp_path_factory.mktemp("other"), clock, port=port)
    with pytest.raises(OSError, match="in use"):
        other.start()
    other.close()


def test_the_description_names_the_answers_of_issuing(server: HallServer) -> None:
    description = requests.get(f"{server.url}openapi.json", timeout=20).json()
    issue = description["paths"]["/v1/halls/{hall_id}/tickets"]["post"]
    assert issue["responses"].keys() >= {"201", "400", "404", "409", "422", "503"}
    assert any(parameter["name"] == "idempotency-key" for parameter in issue["parameters"])
    ticket = description["components"]["schemas"]["Ticket"]["properties"]
    assert ticket.keys() >= {"number", "desk_id", "zone_id", "wait", "people_ahead"}


class TestCommands:
    @pytest.fixture
    def config(self, tmp_path: Path) -> Path:
        path = tmp_path / "server.toml"
        text = DEMO_SERVER.read_text(encoding="utf-8")
        text = re.sub('database = ".*"', 'database = "sqlite:///hall.sqlite3"', text)
        text = text.replace("demo-secrets", str(DEMO_SERVER.parent / "demo-secrets"))
        path.write_text(text, encoding="utf-8")
        return path

    def test_seed_lists_what_it_made_up(self, config: Path) -> None:
        result = CliRunner().invoke(server_command, ["seed", "--config", str(config)])
        assert result.exit_code == 0, result.output
        assert re.search(
            r"^with a code only: [a-z-]+ at urban, .*, code \w{4}-\w{4}$",
            result.output,
            re.MULTILINE,
        )

    def test_seed_leaves_out_who_is_booked_elsewhere_where_there_is_one_hall(
        self, config: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HALL_SERVER_HALLS", '["station"]')
        result = CliRunner().invoke(server_command, ["seed", "--config", str(config)])
        assert result.exit_code == 0, result.output
        assert re.search(r"^[a-z-]+: nothing, since the server has no other hall", result.output)
        assert "with a code only: " in result.output

    @pytest.mark.parametrize(
        ("hour", "minute", "word"), [(0, 5, "too late"), (0, 45, ""), (23, 50, "")]
    )
    def test_seed_says_what_there_cannot_be_near_midnight(
        self,
        config: Path,
        monkeypatch: pytest.MonkeyPatch,
        hour: int,
        minute: int,
        word: str,
    ) -> None:
        moment = datetime(2026, 3, 4, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))
        monkeypatch.setattr("kiosk.server.commands.system_clock", lambda: moment)
        result = CliRunner().invoke(server_command, ["seed", "--config", str(config)])
        assert result.exit_code == 0, result.output
        said = set(re.findall(r"so near midnight nobody is (too \w+) today", result.output))
        assert said == ({word} if word else set())

    def test_a_lost_ticket_is_looked_up_and_made_void(self, config: Path) -> None:
        def run(command: str, *arguments: str) -> Result:
            return CliRunner().invoke(
                server_command, [command, "--config", str(config), *arguments]
            )

        number = "A 001"
        assert f"no ticket {number} today at urban" in run("ticket", number).output
        run("seed")
        shown = run("ticket", "a001").output
        assert shown.startswith(f"{number}: issued, work-permit, desk ")
        assert run("ticket", number, "--void").output == f"{number}: void\n"
        assert run("ticket", number).output.startswith(f"{number}: void, work-permit, ")
        assert run("ticket", number, "--void").output == f"{number}: void\n"

    def test_a_ticket_that_was_served_is_not_made_void(self, config: Path) -> None:
        arguments = ["--config", str(config)]
        CliRunner().invoke(server_command, ["seed", *arguments])
        database = config.parent / "hall.sqlite3"
        with sqlite3.connect(database) as connection:
            connection.execute("UPDATE ticket SET state = 'served'")
        connection.close()
        result = CliRunner().invoke(server_command, ["ticket", *arguments, "A 001", "--void"])
        assert result.exit_code == 1
        assert "A 001: served: The ticket has gone further already." in result.output

    def test_seed_refuses_a_hall_that_is_not_served(self, config: Path) -> None:
        result = CliRunner().invoke(
            server_command, ["seed", "--config", str(config), "--hall", "rural"]
        )
        assert result.exit_code == 1
        assert "no hall 'rural'; there are urban, suburban, station" in result.output

    @pytest.mark.parametrize(
        ("database", "message"),
        [
            ("sqlite:////dev/null/hall.sqlite3", "database: cannot be used: "),
            ("nosuch://hall", "database: cannot be used: Can't load plugin"),
        ],
    )
    def test_a_database_that_cannot_be_used_is_told(
        self, config: Path, monkeypatch: pytest.MonkeyPatch, database: str, message: str
    ) -> None:
        monkeypatch.setenv("HALL_SERVER_DATABASE", database)
        result = CliRunner().invoke(server_command, ["run", "--config", str(config)])
        assert result.exit_code == 1
        assert message in result.output

    def test_run_serves_until_it_is_told_to_end(self, config: Path) -> None:
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "from kiosk.server.commands import server; server()",
                *("run", "--config", str(config), "--port", "0"),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        url = line.rpartition(" at ")[2].strip()
        assert requests.get(f"{url}v1/health", timeout=20).status_code == 200
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=30)
        assert (process.returncode, output, errors) == (0, "stopped\n", "")
