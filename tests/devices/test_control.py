"""The side channel of simulators."""

import socket
import struct
import threading

import pytest

from devices.control import ControlPort, UnknownVerb


def do(line: str) -> None:
    if line != "lift":
        raise UnknownVerb(f"{line[:20]!r} is not understood; lift")


def test_verbs_are_answered_line_by_line_to_several_operators() -> None:
    port = ControlPort("127.0.0.1", 0, do, lambda: "no card")
    port.start()
    try:
        for _ in range(2):
            with (
                socket.create_connection(("127.0.0.1", port.port)) as connection,
                connection.makefile("rw", encoding="utf-8", newline="\n") as lines,
            ):
                lines.write("lift\n\n  status \r\nexplode\n")
                lines.flush()
                answers = [lines.readline() for _ in range(3)]
            assert answers == ["ok\n", "no card\n", "error 'explode' is not understood; lift\n"]
    finally:
        port.stop()


def test_an_operator_who_hangs_up_disturbs_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    asked, hung_up = threading.Event(), threading.Event()

    def wait(line: str) -> None:
        asked.set()
        hung_up.wait(10)

    port = ControlPort("127.0.0.1", 0, wait, str)
    port.start()
    try:
        connection = socket.create_connection(("127.0.0.1", port.port))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.sendall(b"lift\n" * 3)
        assert asked.wait(10)
        connection.close()  # with a reset
        hung_up.set()
        with socket.create_connection(("127.0.0.1", port.port)) as other:
            other.sendall(b"lift\n")
            assert other.recv(3) == b"ok\n"
    finally:
        port.stop()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(10)
    assert capfd.readouterr().err == ""


def test_a_line_without_end_is_not_collected_for_ever() -> None:
    port = ControlPort("127.0.0.1", 0, do, str)
    port.start()
    try:
        with socket.create_connection(("127.0.0.1", port.port)) as connection:
            connection.sendall(b"x" * 5000)
            assert connection.recv(5).startswith(b"error")
    finally:
        port.stop()


def test_bytes_that_are_no_text_are_an_unknown_verb() -> None:
    port = ControlPort("127.0.0.1", 0, do, str)
    port.start()
    try:
        with socket.create_connection(("127.0.0.1", port.port)) as connection:
            connection.sendall(b"\xff\xfe\n")
            assert connection.recv(5).startswith(b"error")
    finally:
        port.stop()


def test_a_port_may_be_given_up_before_it_answers() -> None:
    port = ControlPort("127.0.0.1", 0, do, str)
    number = port.port
    port.stop()
    with socket.create_server(("127.0.0.1", number)):
        pass
