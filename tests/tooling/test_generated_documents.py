"""What docs/ says of the code is what the code does."""

from pathlib import Path

import pytest

from tests.documentation import documents


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_generated_documents_are_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == documents()[path], (
        "run `python -m tests.documentation` and commit what it writes"
    )
