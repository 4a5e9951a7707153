"""Base45 as in its standard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.codes import base45


@pytest.mark.parametrize(("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"),
                                            (b"base-45", "UJCLQE7W581"), (b"", "")])  # fmt: skip
def test_base45_as_in_its_standard(data: bytes, text: str) -> None:
    """The examples of RFC 9285, section 4.3."""
    assert base45.encode(data) == text
    assert base45.decode(text) == data


@given(st.binary(max_size=60))
def test_base45_in_both_directions(data: bytes) -> None:
    assert base45.decode(base45.encode(data)) == data


@pytest.mark.parametrize("text", ["A", "::::", "GGW", ":::", "a11"])
def test_no_base45(text: str) -> None:
    with pytest.raises(ValueError, match="Base45"):
        base45.decode(text)
