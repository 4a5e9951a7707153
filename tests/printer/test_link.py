"""What is said, and logged, of the line to a printer."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from devices.printer.link import LinkLost, connect
from devices.printer.uri import PrinterUri
from tests.printer.harness import TRANSPORTS, bench, job


def why_not(uri: str) -> str:
    with pytest.raises(LinkLost) as lost:
        connect(PrinterUri.parse(urlsplit(uri)))
    return str(lost.value)


def test_a_printer_in_the_network_that_does_not_answer_is_told_with_what_to_check() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert why_not(f"tcp://127.0.0.1:{port}") == (
        f"no printer answers at 127.0.0.1:{port} (connection refused): check that it is switched "
        "on, its network cable, and its address in the configuration"
    )


def test_a_name_that_the_network_does_not_know_is_told() -> None:
    assert why_not("tcp://printer..hall") == (
        "the network knows no printer..hall: check the printer's address in the configuration"
    )


def test_a_serial_port_that_cannot_be_used_is_told_with_what_to_do(tmp_path: Path) -> None:
    assert why_not(f"serial:{tmp_path}/ttyUSB7") == (
        f"there is no port {tmp_path}/ttyUSB7: check the printer's cable and the configuration"
    )
    assert why_not(f"serial:{os.devnull}") == f"{os.devnull} is no serial port, or does not work"


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_the_library_logs_nothing_as_if_it_were_the_application(
    transport: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"), bench(transport, tmp_path) as it:
        it.print(job("ORIGINAL"))
    assert [record for record in caplog.records if record.name in {"root", "escpos"}] == []


def test_importing_the_driver_sets_up_no_logging() -> None:
    script = (
        "import logging, devices.printer.driver, devices.printer.encode\n"
        "assert logging.getLogger().handlers == []"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
