"""Secrets in files."""

from pathlib import Path

import pytest

from config.secrets import SecretError, read_secret, read_tokens


def test_a_secret_is_read_from_hexadecimal_digits(tmp_path: Path) -> None:
    path = tmp_path / "document.key"
    path.write_text("ab" * 32 + "\n")
    assert read_secret(path) == b"\xab" * 32


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("ab" * 31, "holds 31 bytes, at least 32 are needed"),
        ("", "holds 0 bytes"),
        ("correct horse", "should hold hexadecimal digits only"),
        ("é" * 40, "should hold hexadecimal digits only"),
        (None, "cannot be read: No such file or directory"),
    ],
)
def test_what_is_no_secret_is_refused_without_being_shown(
    tmp_path: Path, content: str | None, message: str
) -> None:
    path = tmp_path / "document.key"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(SecretError, match=message) as caught:
        read_secret(path)
    assert str(path) in str(caught.value)
    assert "horse" not in str(caught.value)


def test_tokens_stand_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "tokens"
    path.write_text(f"# kiosks\n{'a' * 40}\n\n{'b' * 32}\n")
    assert read_tokens(path) == ("a" * 40, "b" * 32)


@pytest.mark.parametrize("content", ["", "# nobody\n", "short\n", "a" * 40 + "\nshort\n"])
def test_tokens_that_are_none_or_short_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "tokens"
    path.write_text(content)
    with pytest.raises(SecretError, match="tokens of 32 characters or more"):
        read_tokens(path)
