"""The tools for integrators, against a card on the real pcscd."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from devices.chip.commands import chip
from devices.documents.specimen_zone import zone_lines
from tests.chip.cards import NOW, PKI, by_name, transport
from tests.chip.conftest import VirtualReader

BELGIAN = by_name("claes-belgium")


def run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(chip, arguments, input=stdin)


@pytest.fixture
def trust(tmp_path: Path) -> str:
    PKI.document_signer("BEL", BELGIAN.chip.signer)  # type: ignore[union-attr] # it has a chip
    PKI.save(tmp_path, NOW)
    return str(tmp_path / "trust")


@pytest.fixture
def laid_down(virtual_reader: VirtualReader) -> VirtualReader:
    virtual_reader.slot.insert(transport(BELGIAN))
    return virtual_reader


def test_a_document_is_read_into_json(laid_down: VirtualReader, trust: str) -> None:
    zone = "\n".join(zone_lines(BELGIAN.document))
    result = run(
        "read", "--reader", laid_down.name, "--mrz", "-", "--trust", trust, "--dg", "2",
        "--full", "--json", stdin=zone,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    read = json.loads(result.stdout)
    assert read["document"]["number"] == BELGIAN.document.number
    assert read["proof"]["dataAuthentic"] == "yes"
    assert read["proof"]["signerTrusted"] == "yes"
    assert read["proof"]["chipGenuine"] == "yes"
    assert read["proof"]["zoneMatches"] == "yes"
    assert read["dataGroups"]["2"] > 2000
    assert read["protocols"]["access"] == "PACE ECDH-GM AES-256"


def test_a_document_is_read_into_a_table_that_masks_personal_data(
    laid_down: VirtualReader,
) -> None:
    can = BELGIAN.document.can
    assert can is not None
    result = run("read", "--reader", laid_down.name, "--can", can)
    assert result.exit_code == 0, result.output
    assert "chip genuine" in result.stdout
    assert BELGIAN.document.number not in result.output
    assert BELGIAN.document.primary_identifier not in result.output


def test_a_trace_holds_the_apdus_for_nobody_else_to_read(
    laid_down: VirtualReader, tmp_path: Path
) -> None:
    file = tmp_path / "trace.txt"
    file.touch(mode=0o644)
    zone = "".join(zone_lines(BELGIAN.document))
    result = run("read", "--reader", laid_down.name, "--mrz", zone, "--json", "--trace", str(file))
    assert result.exit_code == 0, result.output
    assert "personal data" in result.stderr
    lines = file.read_text().splitlines()
    cost = json.loads(result.stdout)["cost"]
    assert len(lines) == 2 * cost["apdus"]
    assert lines[0].startswith("> 00B09C00")
    assert lines[1].startswith("< 31")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_wrong_mrz_is_told_as_such(laid_down: VirtualReader) -> None:
    result = run("read", "--reader", laid_down.name, "--mrz", "X1234567,740812,320415")
    assert result.exit_code == 1
    assert "does not accept" in result.stderr


def test_no_document_in_time_is_told_as_such(virtual_reader: VirtualReader) -> None:
    result = run("read", "--reader", virtual_reader.name, "--can", "123456", "--wait", "0")
    assert result.exit_code == 1
    assert "no document was laid" in result.stderr


@pytest.mark.usefixtures("virtual_reader")
def test_an_unknown_reader_is_told_with_those_that_there_are() -> None:
    result = run("read", "--reader", "Nonesuch", "--can", "123456")
    assert result.exit_code == 1
    assert "Virtual PCD" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give --mrz, or --can"),
        (["--can", "12345"], "six digits"),
        (["--mrz", "P<UTO"], "--mrz"),
        (["--mrz", "l8,740812,320415"], "A-Z"),
    ],
)
def test_wrong_credentials_are_told_before_anything_is_read(
    arguments: list[str], said: str
) -> None:
    result = run("read", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_document_is_simulated_for_another_program_to_read(
    virtual_reader: VirtualReader,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "from devices.chip.commands import chip; chip()", "simulate",
         "--document", "claes-belgium", "--latency", "fast"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as simulator:  # fmt: skip
        assert simulator.stdin is not None
        assert simulator.stdout is not None
        said = [simulator.stdout.readline() for _ in range(5)]
        assert said[0].startswith("claes-belgium lies on the reader")
        assert [line.strip() for line in said[1:4]] == list(zone_lines(BELGIAN.document))
        can = said[4].split()[-1]
        result = run("read", "--reader", virtual_reader.name, "--can", can, "--json")
        assert result.exit_code == 0, result.output
        simulator.stdin.write("remove\nstatus\ninsert ferrari-italy\nfly\n")
        simulator.stdin.close()
        answers = simulator.stdout.read().splitlines()
        assert answers[:3] == ["ok", "no document", "ok"]
        assert answers[3].startswith("error 'fly'")
        assert simulator.wait(10) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--document", "nobody"], "there is no specimen"),
        (["--document", "silva-visa-utopia"], "no chip"),
        (["--document", "ferrari-italy", "--vpcd", "nowhere"], "HOST:PORT"),
        (["--document", "ferrari-italy", "--vpcd", "127.0.0.1:1"], "is pcscd up"),
        (["--document", "ferrari-italy", "--fault", "fall"], "none of the verbs"),
    ],
)
def test_what_cannot_be_simulated_is_told(arguments: list[str], said: str) -> None:
    result = run("simulate", *arguments)
    assert result.exit_code != 0
    assert said in result.stderr
