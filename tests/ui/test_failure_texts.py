import pytest

from kiosk.visit.failures import Failure
from ui.failure_texts import FAILURE_TEXTS


def test_no_failure_is_without_words() -> None:
    assert set(FAILURE_TEXTS) == set(Failure)


@pytest.mark.parametrize("failure", Failure, ids=lambda failure: failure.name)
def test_a_failure_has_a_short_title_and_says_what_to_do(failure: Failure) -> None:
    text = FAILURE_TEXTS[failure]
    assert 0 < len(text.title) <= 50
    assert text.advice.endswith((".", "?"))
    assert not text.title.endswith(".")
