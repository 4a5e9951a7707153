"""Keys of signed codes in files."""

from pathlib import Path

import pytest

from kiosk.codes.keys import KeyFileError, load_private_key, load_public_key, make_key_pair


def test_keys_in_files(tmp_path: Path) -> None:
    private, public = tmp_path / "ticket.key", tmp_path / "ticket.pub"
    key = make_key_pair(private, public)
    assert private.stat().st_mode & 0o077 == 0
    assert load_private_key(private).private_bytes_raw() == key.private_bytes_raw()
    assert load_public_key(public) == key.public_key()
    for wrong in (lambda: make_key_pair(private, public), lambda: load_private_key(public),
                  lambda: load_public_key(private), lambda: load_public_key(tmp_path)):  # fmt: skip
        with pytest.raises(KeyFileError, match=str(tmp_path)):
            wrong()
