"""Voting over frames: what is accepted, and what never is."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.camera.agreement import Agreement, vote
from devices.camera.mrz import MrzSighting
from devices.documents.identity import PartialDate
from devices.documents.mrz import Format, Mrz, MrzFields, compose, parse
from tests.camera.zones import PASSPORT, TODAY, noisy, scores, sighting

E_OF_ERIKSSON = 5


def zone(**changed: object) -> tuple[str, ...]:
    """The lines of the passport with other fields."""
    fields = parse(PASSPORT, today=TODAY).fields
    values = {name: getattr(fields, name) for name in MrzFields.__slots__}
    return compose(Format.TD3, MrzFields(**(values | changed)))


SISTER = zone(
    document_number="L898902D2",
    secondary_identifier="ANNE MARIA",
    birth_date=PartialDate(1976, 3, 15),
)
"""The passport that was made at the same time for somebody of the same name."""


def frames(count: int, *close: tuple[int, int, str, float], start: int = 0) -> list[MrzSighting]:
    return [sighting(noisy(scores(*close), seed)) for seed in range(start, start + count)]


def accepted(sightings: Iterable[MrzSighting]) -> tuple[Mrz, int] | None:
    agreement = Agreement(TODAY)
    for each in sightings:
        result = agreement.add(each)
        if result is not None:
            return result
    return None


def lines_of(result: tuple[Mrz, int] | None) -> tuple[str, ...] | None:
    return None if result is None else result[0].lines


def test_two_frames_are_enough_and_one_is_not() -> None:
    assert accepted(frames(1)) is None
    result = accepted(frames(2))
    assert result == (parse(PASSPORT, today=TODAY), 2)


@given(st.integers(2, 12), st.integers(0, 2**16))
@settings(max_examples=20, deadline=None)
def test_the_same_picture_never_votes_twice(count: int, seed: int) -> None:
    picture = sighting(noisy(scores(), seed))
    agreement = Agreement(TODAY)
    assert all(agreement.add(picture) is None for _ in range(count))
    assert agreement.vote is not None
    assert agreement.vote.agreeing == 1


@given(
    st.lists(
        st.tuples(
            st.integers(1, 2), st.integers(1, 44), st.sampled_from("AKEX380<"), st.floats(-2, 4)
        ),
        max_size=5,
    ),
    st.permutations(range(5)),
)
@settings(max_examples=40, deadline=None)
def test_the_order_of_frames_does_not_matter(
    close: list[tuple[int, int, str, float]], order: list[int]
) -> None:
    others = [c for c in close if PASSPORT[c[0] - 1][c[1] - 1] != c[2]]
    seen = [sighting(noisy(scores(*others), seed, 0.8)) for seed in range(5)]
    one, other = vote(seen, TODAY), vote([seen[i] for i in order], TODAY)
    assert one.text.inspection.lines == other.text.inspection.lines
    assert (one.agreeing, one.against) == (other.agreeing, other.against)
    np.testing.assert_array_equal(one.doubts, other.doubts)


def test_a_doubt_of_one_frame_is_settled_by_others() -> None:
    doubtful = frames(1, (1, 9, "X", 0.5))
    assert not doubtful[0].certain
    assert lines_of(accepted([*doubtful, *frames(3, start=5)])) == PASSPORT


@pytest.mark.parametrize("margin", [1.0, 2.0])
def test_a_doubt_that_every_frame_has_is_never_settled(margin: float) -> None:
    """Worn ink looks the same in all of them: many frames know little more than one."""
    assert accepted(frames(12, (1, 9, "X", margin))) is None


def test_many_frames_of_a_doubt_weigh_more_than_one_but_within_bounds() -> None:
    margins = [
        float(vote(frames(count, (1, 9, "X", 1.0)), TODAY).text.decoded.margins[8])
        for count in (1, 2, 4, 8, 12)
    ]
    assert margins == sorted(margins)
    assert margins[-1] < 1 / 0.3


def test_frames_taken_while_it_moved_take_nothing_from_the_clear_ones() -> None:
    still = frames(4)
    moved = [sighting(noisy(scores(clear=4.0), seed)) for seed in range(10, 14)]
    alone, together = vote(still, TODAY), vote([*moved, *still], TODAY)
    assert together.text.decoded.margins.min() >= alone.text.decoded.margins.min()


def test_a_highlight_that_wanders_spoils_no_place_for_good() -> None:
    """Under it an E is a perfect F; every frame has some place that it cannot know."""
    table = scores((1, 6, "F", -9.0))
    eaten = [sighting(noisy(table, k), faded=(E_OF_ERIKSSON, 6)) for k in range(2)]
    elsewhere = [sighting(noisy(scores(), k), faded=(k, 30)) for k in (7, 8, 9)]
    assert all(not each.certain for each in (*eaten, *elsewhere))
    assert lines_of(accepted([*eaten, *elsewhere])) == PASSPORT


def test_a_highlight_that_stays_is_a_veto() -> None:
    assert accepted(sighting(noisy(scores(), k), faded=(E_OF_ERIKSSON,)) for k in range(12)) is None


def test_frames_that_clearly_say_something_else_have_to_be_outvoted() -> None:
    wrong = frames(2, (1, 9, "X", -9.0))
    right = frames(10, start=10)
    agreement = Agreement(TODAY)
    assert agreement.add(wrong[0]) is None
    for each in right[:2]:
        assert agreement.add(each) is None, "two against one"
    assert lines_of(accepted([wrong[0], *right])) == PASSPORT


def test_frames_that_all_differ_are_not_averaged_into_something_that_none_has_said() -> None:
    differing = [sighting(noisy(scores((1, 6 + k, "X", -0.5)), k)) for k in range(6)]
    together = vote(differing, TODAY)
    assert together.text.inspection.lines == PASSPORT
    assert together.agreeing == 0
    assert accepted(differing) is None


def test_the_frames_of_two_documents_never_mix() -> None:
    agreement = Agreement(TODAY)
    for seed in range(8):
        lines = (PASSPORT, SISTER)[seed % 2]
        assert agreement.add(sighting(noisy(scores(lines=lines), seed))) is None


names = st.text("ABCDEFGHIKLMNORSTUV", min_size=4, max_size=9)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, ...]:
    number = draw(st.text("ABCDEFGHIKLMNORSTUV0123456789", min_size=9, max_size=9))
    return zone(document_number=number, secondary_identifier=draw(names))


@given(documents(), documents(), st.lists(st.booleans(), min_size=2, max_size=10))
@settings(max_examples=40, deadline=None)
def test_whatever_is_accepted_stands_on_the_document_that_is_there(
    first: tuple[str, ...], second: tuple[str, ...], turns: list[bool]
) -> None:
    agreement = Agreement(TODAY)
    for seed, turn in enumerate(turns):
        lines = first if turn else second
        result = agreement.add(sighting(noisy(scores(lines=lines), seed)))
        assert lines_of(result) in {None, lines}
        assert result is None or turns[: seed + 1].count(turn) >= 2 or first == second


def test_the_next_document_is_accepted_though_the_tray_was_never_empty() -> None:
    seen = frames(1) + [sighting(noisy(scores(lines=SISTER), seed)) for seed in (5, 6)]
    assert lines_of(accepted(seen)) == SISTER


def test_another_format_is_another_document() -> None:
    agreement = Agreement(TODAY)
    short = tuple(line[:36] for line in PASSPORT)
    assert agreement.add(sighting(scores(lines=short), length=36)) is None
    assert agreement.add(frames(1)[0]) is None
    assert lines_of(agreement.add(frames(2)[1])) == PASSPORT


def test_what_is_taken_away_does_not_count_any_more() -> None:
    agreement = Agreement(TODAY)
    first, second, third = frames(3)
    assert agreement.add(first) is None
    agreement.forget()
    assert agreement.vote is None
    assert agreement.add(second) is None
    assert lines_of(agreement.add(third)) == PASSPORT


def test_a_frame_that_is_hardly_legible_has_no_vote() -> None:
    agreement = Agreement(TODAY)
    smeared = sighting(noisy(scores(clear=0.5), 1, 0.2))
    assert agreement.add(frames(1)[0]) is None
    assert agreement.add(smeared) is None
    assert agreement.vote is not None
    assert agreement.vote.agreeing == 1


@pytest.mark.parametrize("end", ["15", "40"])
def test_a_text_that_breaks_a_rule_is_never_accepted(end: str) -> None:
    lines = (PASSPORT[0], PASSPORT[1][:-2] + end)
    assert accepted(sighting(noisy(scores(lines=lines), seed)) for seed in range(6)) is None


def test_what_only_a_check_digit_asks_for_is_not_accepted() -> None:
    assert accepted(frames(8, (2, 3, "B", -1.2))) is None


# -- stills: frames that show the same picture in several sizes ------------------------------------


def sizes(*close: tuple[int, int, str, float], start: int = 0) -> list[MrzSighting]:
    """One picture in three sizes: hardly anything differs but what the reader makes of it."""
    return [sighting(noisy(scores(*close), seed, 0.05)) for seed in range(start, start + 3)]


def shown(agreement: Agreement, times: int, *stills: list[MrzSighting]) -> tuple[Mrz, int] | None:
    """Each still in its sizes, and all of that over and over, as `folder:` does."""
    for _ in range(times):
        for original, seen in enumerate(stills):
            for each in seen:
                result = agreement.add(each, original)
                if result is not None:
                    return result
    return None


def test_a_still_is_accepted_alone_when_it_is_certain_in_every_size() -> None:
    still = sizes()
    assert all(each.certain for each in still)
    agreement = Agreement(TODAY)
    assert shown(agreement, 1, still) is None, "another size may contradict it"
    assert shown(agreement, 1, still) == (parse(PASSPORT, today=TODAY), 1)


@pytest.mark.parametrize("close", [(2, 3, "B", 1.0), (1, 9, "X", 4.0)])
def test_a_still_that_is_not_certain_is_never_accepted_alone(
    close: tuple[int, int, str, float],
) -> None:
    """As frames of a camera they would have been: a size is no second opinion."""
    still = [*sizes(close), *sizes(close, start=3)]
    assert not any(each.certain for each in still)
    agreement = Agreement(TODAY)
    assert shown(agreement, 4, still) is None
    assert agreement.vote is not None
    assert agreement.vote.agreeing == 1


@pytest.mark.parametrize(
    "others", [((1, 9, "X", -9.0),), tuple((1, k, "X", -9.0) for k in (8, 9, 11))]
)
def test_a_still_is_not_accepted_when_another_size_contradicts_it(
    others: tuple[tuple[int, int, str, float], ...],
) -> None:
    """However much of it: it is another document's picture only where it is another picture."""
    still = [*sizes()[:2], sighting(noisy(scores(*others, clear=9.0), 7, 0.05))]
    assert shown(Agreement(TODAY), 4, still) is None


def test_a_size_in_which_the_lines_have_another_length_contradicts_too() -> None:
    short = sighting(scores(lines=tuple(line[:36] for line in PASSPORT)), length=36)
    for still in ([short, *sizes()], [*sizes(), short]):
        assert shown(Agreement(TODAY), 4, still) is None


def test_two_stills_that_agree_vote_as_frames_do() -> None:
    white, infrared = sizes((1, 9, "X", 5.0)), sizes(start=3)
    assert shown(Agreement(TODAY), 4, white) is None
    assert shown(Agreement(TODAY), 1, white, infrared) == (parse(PASSPORT, today=TODAY), 2)


def test_a_still_that_clearly_differs_from_the_other_is_not_outvoted_by_its_sizes() -> None:
    white, infrared = sizes(), sizes((1, 9, "X", -9.0), start=3)
    assert shown(Agreement(TODAY), 4, white, infrared) is None


def test_the_same_picture_under_two_numbers_is_one() -> None:
    """As of a scanner that saves one picture as white and as infrared."""
    close = sizes((1, 9, "X", 5.0))
    assert shown(Agreement(TODAY), 4, close, close) is None
    assert shown(Agreement(TODAY), 4, sizes(), sizes()) == (parse(PASSPORT, today=TODAY), 1)


def test_a_still_in_which_nothing_is_doubtful_stands_beside_one_that_shows_less() -> None:
    """A place is covered in the other: that speaks neither for it nor against it."""
    covered = [sighting(noisy(scores((1, 6, "F", 1.0)), k), faded=(E_OF_ERIKSSON,)) for k in (7, 8)]
    agreement = Agreement(TODAY)
    assert lines_of(shown(agreement, 2, sizes(), covered)) == PASSPORT


def test_a_camera_that_repeats_a_frame_is_not_believed_like_a_still() -> None:
    agreement = Agreement(TODAY)
    assert all(agreement.add(frames(1)[0]) is None for _ in range(4))


readings = st.sampled_from(
    [(), ((1, 9, "X", -9.0),), ((1, 9, "X", 1.0),), ((1, 9, "X", 5.0),), ((2, 3, "B", 1.0),)]
)


@given(st.lists(readings, min_size=1, max_size=3), st.integers(0, 2**16), st.integers(1, 3))
@settings(max_examples=25, deadline=None)
def test_copies_of_a_picture_are_accepted_only_as_a_still_that_is_certain(
    read: list[tuple[tuple[int, int, str, float], ...]], seed: int, times: int
) -> None:
    still = [sighting(noisy(scores(*r), seed + k, 0.1)) for k, r in enumerate(read)]
    result = shown(Agreement(TODAY), times, still)
    if result is not None:
        best = max(still, key=lambda each: each.clearness)
        assert best.certain
        assert best.lines == result[0].lines
        assert not any(
            one != other and margin >= 3
            for each in still
            for one, other, margin in zip(
                "".join(each.lines), "".join(best.lines), each.text.decoded.margins, strict=True
            )
        ), "no size clearly shows another character"
        assert result[1] == 1
        assert times > 1
