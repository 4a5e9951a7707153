"""A hall server that is killed in the middle of its work."""

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

CONFIG = """
halls = ["urban"]
database = "sqlite:///hall.sqlite3"
port = 0
"""


@contextmanager
def process(config: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in its own process, and its address."""
    command = "from kiosk.server.commands import server; server()"
    child = subprocess.Popen(
        [sys.executable, "-c", command, "run", "--config", str(config)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    try:
        yield child, child.stdout.readline().rpartition(" at ")[2].strip()
    finally:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
        child.wait(timeout=30)
        child.stdout.close()


def issue(session: requests.Session, url: str, key: str) -> requests.Response:
    return session.post(
        f"{url}v1/halls/urban/tickets",
        json={"service_ids": ["enquiry"], "language": "en"},
        headers={"Idempotency-Key": key},
        timeout=20,
    )


def test_after_sigkill_every_key_has_its_one_ticket_and_no_number_is_missing(
    tmp_path: Path,
) -> None:
    config = tmp_path / "server.toml"
    config.write_text(CONFIG)
    answered: dict[str, bytes] = {}
    asked: list[str] = []
    enough = threading.Event()

    def ask(url: str, worker: int) -> None:
        with requests.Session() as session:
            for turn in range(1000):
                key = f"{worker}-{turn}"
                asked.append(key)
                try:
                    answered[key] = issue(session, url, key).content
                except requests.RequestException:
                    return
                if len(answered) >= 20:
                    enough.set()

    with process(config) as (child, url):
        workers = [threading.Thread(target=ask, args=(url, worker)) for worker in range(3)]
        for worker in workers:
            worker.start()
        assert enough.wait(60)
        child.kill()
        for worker in workers:
            worker.join()

    with process(config) as (_, url), requests.Session() as session:
        again = {key: issue(session, url, key) for key in asked}
    for key, content in answered.items():
        assert again[key].content == content
    numbers = sorted(answer.json()["number"] for answer in again.values())
    assert len(numbers) == len(asked)
    assert [int(re.sub(r"\D", "", number)) for number in numbers] == list(range(1, len(asked) + 1))
