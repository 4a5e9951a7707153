"""What identifies a document to the hall server."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from devices.documents.identity import Identity, PartialDate, Sex, Source
from kiosk.backend.document_key import document_key, document_keys

SECRET = bytes(range(32))
NUMBERS = st.text("ABCDEFGHJKLMNPRTUVWXYZ0123456789", min_size=1, max_size=20)
STATES = st.sampled_from(["D", "UTO", "CHN", "GBR"])


def identity(number: str, *others: str, state: str = "UTO") -> Identity:
    return Identity(
        Source.CHIP,
        "P",
        state,
        number,
        "UTO",
        "ERIKSSON",
        "ANNA MARIA",
        PartialDate(1974, 8, 12),
        Sex.FEMALE,
        date(2032, 4, 15),
        others,
    )


def test_the_key_is_the_hmac_that_it_says() -> None:
    # computed with: openssl dgst -sha256 -mac HMAC, over the parts with their lengths before them
    assert (
        document_key(SECRET, "UTO", "L898902C3")
        == "6d25c4349c14f844ec4669383e4b07841bb73afe77c665cd9b91956c30a2ffac"
    )


def test_it_does_not_matter_how_the_number_was_written() -> None:
    key = document_key(SECRET, "D", "L01X00T47")
    for state, number in (("D<<", "L01X00T47<"), ("d", "l01x00t47"), ("D", "L01X-00T 47")):
        assert document_key(SECRET, state, number) == key


@given(STATES, NUMBERS, STATES, NUMBERS)
def test_different_documents_have_different_keys(
    state: str, number: str, other_state: str, other_number: str
) -> None:
    same = (state, number) == (other_state, other_number)
    keys = document_key(SECRET, state, number), document_key(SECRET, other_state, other_number)
    assert (keys[0] == keys[1]) == same


def test_state_and_number_do_not_run_into_each_other() -> None:
    assert document_key(SECRET, "D", "EU123") != document_key(SECRET, "DE", "U123")


def test_another_secret_gives_another_key() -> None:
    assert document_key(SECRET, "UTO", "1") != document_key(SECRET[::-1], "UTO", "1")


def test_all_numbers_of_a_document_have_keys_the_present_one_first_each_once() -> None:
    present, old = (document_key(SECRET, "UTO", number) for number in ("NEW1", "OLD1"))
    assert document_keys(SECRET, identity("NEW1", "OLD1", "new-1")) == (present, old)


def test_the_key_holds_nothing_of_the_number() -> None:
    assert "898902" not in document_key(SECRET, "UTO", "L898902C3")
