"""The signed code: what goes in comes out, and nothing else is taken for it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.codes import base45
from kiosk.codes.keys import load_private_key
from kiosk.codes.signed import InvalidCode, key_id
from kiosk.tickets.commands import ticket as ticket_command
from kiosk.tickets.qr import PREFIX, SignedTicket, sign, verify

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
TICKET = SignedTicket(
    "urban", "A 012", date(2026, 11, 21), datetime(2026, 11, 21, 1, 2, 3, tzinfo=UTC)
)

names = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=41)
tickets = st.builds(
    SignedTicket,
    names,
    names,
    st.dates(date(2020, 1, 1), date(2199, 6, 6)),
    st.integers(0, 2**32 - 1).map(
        lambda s: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=s)
    ),
)


@settings(max_examples=50)
@given(tickets)
def test_what_is_signed_is_verified(ticket: SignedTicket) -> None:
    assert verify(sign(ticket, KEY), [OTHER.public_key(), KEY.public_key()]) == ticket


@settings(max_examples=80)
@given(st.integers(0, 10_000), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
def test_one_character_changed_is_noticed(position: int, character: str) -> None:
    code = sign(TICKET, KEY)
    position = len(PREFIX) + position % (len(code) - len(PREFIX))
    changed = code[:position] + character + code[position + 1 :]
    if changed != code:
        with pytest.raises(InvalidCode):
            verify(changed, [KEY.public_key()])


@settings(max_examples=80)
@given(st.text(max_size=200), st.booleans())
def test_no_other_text_is_a_ticket(text: str, prefixed: bool) -> None:
    with pytest.raises(InvalidCode):
        verify(PREFIX + text if prefixed else text, [KEY.public_key()])


def test_the_key_of_another_hall_is_not_known_here() -> None:
    code = sign(TICKET, OTHER)
    with pytest.raises(InvalidCode, match=key_id(OTHER.public_key()).hex()):
        verify(code, [KEY.public_key()])


def test_a_signature_for_something_else_is_none_for_a_ticket() -> None:
    code = sign(TICKET, KEY)
    body = base45.decode(code[len(PREFIX) :])[:-64]
    forged = PREFIX + base45.encode(body + KEY.sign(body))
    with pytest.raises(InvalidCode, match="signature"):
        verify(forged, [KEY.public_key()])


def test_a_later_format_is_told_apart_from_a_forgery() -> None:
    body = base45.decode(sign(TICKET, KEY)[len(PREFIX) :])[:-64] + b"\x01X"
    code = PREFIX + base45.encode(body + KEY.sign(PREFIX.encode() + body))
    with pytest.raises(InvalidCode, match="update"):
        verify(code, [KEY.public_key()])


def test_the_code_is_as_documented() -> None:
    """docs/ticket-qr.md gives this example; whoever writes a scanner checks against it."""
    code = sign(TICKET, KEY)
    document = Path(__file__).parents[2].joinpath("docs/ticket-qr.md").read_text(encoding="utf-8")
    assert code in document
    assert KEY.public_key().public_bytes_raw().hex() in document


def test_the_code_is_short_enough_for_a_small_qr_code() -> None:
    assert len(sign(TICKET, KEY)) <= 154, "version 6 at error correction M, alphanumeric"


def test_the_command_line_makes_keys_and_verifies(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(ticket_command, ["keygen", str(tmp_path)]).exit_code == 0
    code = sign(TICKET, load_private_key(tmp_path / "ticket.key"))
    key = ["--key", str(tmp_path / "ticket.pub")]
    good = run(ticket_command, ["verify", *key, code])
    assert good.exit_code == 0
    assert "A 012" in good.output
    assert "2026-11-21" in good.output
    scanned = run(ticket_command, ["verify", *key], input=f"{code}\nHKT1:XX\n")
    assert scanned.exit_code == 1
    assert scanned.output.startswith("genuine: A 012")
    assert "NOT GENUINE" in scanned.output
    again = run(ticket_command, ["keygen", str(tmp_path)])
    assert again.exit_code == 1
    assert "never overwritten" in again.output
