"""Signed reservation codes: what goes in comes out, and nothing else is taken for one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.codes import base45
from kiosk.codes.keys import load_private_key
from kiosk.codes.signed import InvalidCode, key_id, seal
from kiosk.reservations.acceptance import CLOCKS_DIFFER, Acceptance, Refusal
from kiosk.reservations.commands import reservation as command
from kiosk.reservations.qr import PREFIX, SignedReservation, sign, verify
from kiosk.tickets import qr as ticket_qr

KEY = Ed25519PrivateKey.from_private_bytes(b"r" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
ISSUED = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
EXPIRES = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
RESERVATION = SignedReservation("7F3K-9QWD", ISSUED, EXPIRES)
BOTH = Acceptance((KEY.public_key(),), unsigned=True)
SIGNED_ONLY = Acceptance((KEY.public_key(),), unsigned=False)

times = st.integers(0, 2**31).map(lambda s: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
texts = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=41)


@settings(max_examples=50)
@given(texts, times, st.integers(1, 2**31 - 1))
def test_what_is_signed_is_verified(code: str, issued: datetime, seconds: int) -> None:
    made = SignedReservation(code, issued, issued + timedelta(seconds=seconds))
    assert verify(sign(made, KEY), [OTHER.public_key(), KEY.public_key()]) == made


@settings(max_examples=80)
@given(st.integers(0, 10_000), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
def test_one_character_changed_is_noticed(position: int, character: str) -> None:
    code = sign(RESERVATION, KEY)
    position = len(PREFIX) + position % (len(code) - len(PREFIX))
    changed = code[:position] + character + code[position + 1 :]
    if changed != code:
        assert SIGNED_ONLY.judge(changed, NOW) is Refusal.NOT_GENUINE


@settings(max_examples=60)
@given(st.text(max_size=200), st.booleans())
def test_no_other_text_is_a_reservation(text: str, prefixed: bool) -> None:
    with pytest.raises(InvalidCode):
        verify(PREFIX + text if prefixed else text, [KEY.public_key()])


def test_a_ticket_signed_with_the_same_key_is_no_reservation() -> None:
    ticket = ticket_qr.SignedTicket("urban", "A 012", NOW.date(), NOW)
    body = base45.decode(ticket_qr.sign(ticket, KEY).removeprefix(ticket_qr.PREFIX))
    with pytest.raises(InvalidCode, match="signature"):
        verify(PREFIX + base45.encode(body), [KEY.public_key()])


@pytest.mark.parametrize("content", [b"", b"short", b"\0" * 8, b"\0" * 8 + b"\x01A\x01B"])
def test_a_signed_content_of_another_shape_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidCode):
        verify(seal(PREFIX, content, KEY), [KEY.public_key()])


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (SignedReservation("", ISSUED, EXPIRES), "ASCII"),
        (SignedReservation("预约", ISSUED, EXPIRES), "ASCII"),
        (SignedReservation("A" * 42, ISSUED, EXPIRES), "ASCII"),
        (SignedReservation("A", EXPIRES, ISSUED), "after it is issued"),
        (SignedReservation("A", ISSUED, datetime(2200, 1, 1, tzinfo=UTC)), "2106"),
    ],
)
def test_what_does_not_fit_is_not_signed(made: SignedReservation, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        sign(made, KEY)


@pytest.mark.parametrize(
    ("acceptance", "text", "said"),
    [
        (Acceptance(), "HK1:7F3K-9QWD", "7F3K-9QWD"),
        (BOTH, "HK1:7F3K-9QWD", "7F3K-9QWD"),
        (SIGNED_ONLY, "HK1:7F3K-9QWD", Refusal.NOT_GENUINE),
        (SIGNED_ONLY, sign(RESERVATION, KEY), "7F3K-9QWD"),
        (SIGNED_ONLY, sign(RESERVATION, OTHER), Refusal.NOT_GENUINE),
        (Acceptance(), sign(RESERVATION, KEY), Refusal.NOT_GENUINE),
        (SIGNED_ONLY, "M1DOE/JOHN            EABC123 FRAJFKAF 0001", Refusal.FOREIGN),
        (SIGNED_ONLY, "https://example.org/HKR1:", Refusal.FOREIGN),
        (Acceptance(), "HKT1:ABC", Refusal.FOREIGN),
    ],
)
def test_which_codes_are_taken(acceptance: Acceptance, text: str, said: str | Refusal) -> None:
    assert acceptance.judge(text, NOW) == said


def test_a_code_is_taken_until_the_second_in_which_it_expires() -> None:
    code = sign(RESERVATION, KEY)
    assert SIGNED_ONLY.judge(code, EXPIRES - timedelta(seconds=1)) == "7F3K-9QWD"
    assert SIGNED_ONLY.judge(code, EXPIRES) is Refusal.EXPIRED


def test_a_code_from_the_future_is_not_taken_but_clocks_may_differ_a_little() -> None:
    code = sign(RESERVATION, KEY)
    assert SIGNED_ONLY.judge(code, ISSUED - CLOCKS_DIFFER) == "7F3K-9QWD"
    early = ISSUED - CLOCKS_DIFFER - timedelta(seconds=1)
    assert SIGNED_ONLY.judge(code, early) is Refusal.NOT_YET


@pytest.mark.parametrize("text", ["{}\n", " {}", "\r\n{}\t"])
@pytest.mark.parametrize("code", [sign(RESERVATION, KEY), "HK1:7F3K-9QWD"])
def test_blanks_and_line_ends_around_a_code_do_not_count(text: str, code: str) -> None:
    assert BOTH.judge(text.format(code), NOW) == "7F3K-9QWD"


@given(st.binary(max_size=60))
def test_no_signed_code_ends_with_a_blank_that_could_be_stripped(content: bytes) -> None:
    """Base45 has blanks, but its last digit is never that high."""
    code = seal(PREFIX, content, KEY)
    assert code == code.strip()


def test_the_code_is_as_documented() -> None:
    """docs/reservation-qr.md gives this example; a reservation system checks against it."""
    document = Path(__file__).parents[2].joinpath("docs/reservation-qr.md")
    text = document.read_text(encoding="utf-8")
    assert sign(RESERVATION, KEY) in text
    assert KEY.public_key().public_bytes_raw().hex() in text
    assert key_id(KEY.public_key()).hex() in text


def test_the_code_is_short_enough_for_a_small_qr_code() -> None:
    assert len(sign(RESERVATION, KEY)) <= 154, "version 6 at error correction M, alphanumeric"


def test_what_a_code_says_is_not_shown_when_printed() -> None:
    assert "7F3K" not in repr(RESERVATION)


def test_the_command_line_makes_keys_signs_and_verifies(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(command, ["keygen", str(tmp_path)]).exit_code == 0
    private, public = str(tmp_path / "reservation.key"), str(tmp_path / "reservation.pub")
    signed = run(command, ["sign", "--key", private, "--expires", "2090-01-02"], input="A-1\nB-2\n")
    assert signed.exit_code == 0, signed.output
    good = run(command, ["verify", "--key", public], input=signed.output)
    assert good.exit_code == 0, good.output
    first, second = good.output.splitlines()
    assert first.startswith("genuine: A-1  issued ")
    assert second.startswith("genuine: B-2  issued ")
    assert "expires 2090-01-03 00:00:00" in first

    late = SignedReservation("A-1", ISSUED - timedelta(days=9999), ISSUED - timedelta(days=9998))
    expired = run(command, ["verify", "--key", public, sign(late, load_private_key(Path(private)))])
    assert expired.exit_code == 1
    assert expired.output.startswith("EXPIRED: A-1")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    early = SignedReservation("A-1", tomorrow, tomorrow + timedelta(days=1))
    unborn = run(command, ["verify", "--key", public, sign(early, load_private_key(Path(private)))])
    assert unborn.exit_code == 1
    assert unborn.output.startswith("NOT YET VALID: A-1")
    forged = run(command, ["verify", "--key", public, sign(RESERVATION, OTHER)])
    assert forged.exit_code == 1
    assert "NOT GENUINE: signed with key" in forged.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["sign", "--key", "no.key", "--expires", "2090-01-01", "A"], "no.key"),
        (["sign", "--key", "reservation.key", "--expires", "1999-01-01", "A"], "expire after"),
        (["sign", "--key", "reservation.key", "--expires", "soon", "A"], "soon"),
        (["verify", "--key", "reservation.key", "A"], "no Ed25519 public key"),
    ],
)
def test_the_command_line_says_what_is_wrong(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(command, ["keygen", "."]).exit_code == 0
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code != 0
    assert message in result.output
