"""Diversion and the estimate of the wait."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.hall.diversion import (
    DeskNow,
    Waiting,
    desk_at_once,
    due_time,
    next_for,
    zone_to_wait_in,
)
from kiosk.hall.waiting import Expected, people_ahead, wait_range

NOW = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
SKILLS = ("a", "b", "c", "d")


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def desk(
    name: str, skills: str, busy: float | None = None, *, zone: str = "A", is_open: bool = True
) -> DeskNow:
    return DeskNow(name, zone, frozenset(skills), is_open, busy, NOW)


def ticket(name: str, needs: str, due: float, minutes: float = 10, order: int = 0) -> Waiting:
    return Waiting(name, frozenset(needs), after(due), minutes, order)


desks = st.lists(
    st.builds(
        DeskNow,
        id=st.uuids().map(str),
        zone_id=st.sampled_from("AB"),
        skills=st.sets(st.sampled_from(SKILLS), min_size=1).map(frozenset),
        is_open=st.booleans(),
        busy_minutes=st.none() | st.floats(0, 40),
        since=st.just(NOW),
    ),
    min_size=1,
    max_size=6,
)
tickets = st.lists(
    st.builds(
        Waiting,
        id=st.uuids().map(str),
        needs=st.sampled_from(SKILLS).map(frozenset),
        due=st.integers(-60, 60).map(after),
        minutes=st.integers(1, 40),
        order=st.integers(0, 5),
    ),
    max_size=12,
)
newcomers = st.builds(
    Waiting,
    id=st.just("newcomer"),
    needs=st.sampled_from(SKILLS).map(frozenset),
    due=st.sampled_from([after(5), after(30)]),
    minutes=st.just(10),
    order=st.just(9),
)


class TestDueTime:
    def test_a_walk_in_is_due_half_an_hour_after_arrival(self) -> None:
        assert due_time(NOW, None) == after(30)

    def test_a_booked_visitor_is_due_after_the_appointment_however_early(self) -> None:
        assert due_time(NOW, after(20)) == after(25)
        assert due_time(NOW, after(-10)) == after(5)


class TestNextForADesk:
    def test_who_is_due_first_is_called_first_though_another_came_earlier(self) -> None:
        walk_in = ticket("walk-in", "a", due=30, order=1)
        booked = ticket("booked", "a", due=5, order=2)
        assert next_for(desk("1", "a"), [walk_in, booked]) is booked

    def test_a_walk_in_who_has_waited_long_goes_before_a_booked_newcomer(self) -> None:
        walk_in = ticket("walk-in", "a", due=-1, order=1)
        booked = ticket("booked", "a", due=5, order=2)
        assert next_for(desk("1", "a"), [walk_in, booked]) is walk_in

    def test_the_order_of_issue_decides_between_equals(self) -> None:
        first, second = ticket("z", "a", due=30, order=1), ticket("a", "a", due=30, order=2)
        assert next_for(desk("1", "a"), [second, first]) is first

    def test_nobody_is_called_whom_the_desk_cannot_serve(self) -> None:
        assert next_for(desk("1", "a"), [ticket("1", "b", 0), ticket("2", "ab", 0)]) is None


class TestDeskAtOnce:
    def test_the_free_desk_with_the_fewest_skills_is_named(self) -> None:
        free = [desk("1", "abc"), desk("2", "ab"), desk("3", "b")]
        chosen = desk_at_once(ticket("new", "a", 30), free, [])
        assert chosen is not None
        assert chosen.id == "2"

    def test_of_equal_desks_the_one_longest_free_is_named(self) -> None:
        lately = DeskNow("1", "A", frozenset("a"), True, None, after(-1))
        longer = DeskNow("2", "A", frozenset("a"), True, None, after(-9))
        assert desk_at_once(ticket("new", "a", 30), [lately, longer], []) is longer

    @pytest.mark.parametrize(
        "unfit", [desk("1", "a", busy=1), desk("1", "a", is_open=False), desk("1", "b")]
    )
    def test_no_desk_is_named_that_is_busy_closed_or_unable(self, unfit: DeskNow) -> None:
        assert desk_at_once(ticket("new", "a", 30), [unfit], []) is None

    def test_nobody_is_overtaken(self) -> None:
        free = [desk("1", "ab")]
        assert desk_at_once(ticket("new", "a", 30), free, [ticket("old", "b", 29)]) is None
        assert desk_at_once(ticket("new", "a", 5), free, [ticket("old", "b", 29)]) is not None

    @given(newcomers, desks, tickets)
    @settings(max_examples=60)
    def test_a_named_desk_is_free_able_and_would_call_the_newcomer(
        self, newcomer: Waiting, hall: list[DeskNow], waiting: list[Waiting]
    ) -> None:
        chosen = desk_at_once(newcomer, hall, waiting)
        fit = [
            one
            for one in hall
            if one.is_free
            and one.can(newcomer.needs)
            and not any(other.rank < newcomer.rank and one.can(other.needs) for other in waiting)
        ]
        assert (chosen is None) == (not fit)
        if chosen is not None:
            assert chosen in fit
            assert len(chosen.skills) == min(len(one.skills) for one in fit)


class TestZone:
    def test_the_zone_with_most_open_desks_that_can_call_is_named(self) -> None:
        hall = [
            desk("1", "a", 3, zone="A"),
            desk("2", "b", 3, zone="A"),
            desk("3", "ab", 3, zone="B"),
            desk("4", "ab", 3, zone="B"),
        ]
        assert zone_to_wait_in(frozenset("a"), hall) == "B"

    def test_closed_desks_count_where_none_is_open(self) -> None:
        hall = [desk("1", "b", zone="A"), desk("2", "a", zone="B", is_open=False)]
        assert zone_to_wait_in(frozenset("a"), hall) == "B"

    def test_no_desk_at_all_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="no desk of the hall"):
            zone_to_wait_in(frozenset("z"), [desk("1", "a")])


class TestWait:
    def test_the_queue_before_one_desk_is_its_work(self) -> None:
        hall = [desk("1", "a", busy=5)]
        waiting = [ticket("x", "a", 10, minutes=10), ticket("y", "a", 20, minutes=15)]
        newcomer = ticket("new", "a", 30)
        assert people_ahead(newcomer, hall, waiting) == 2
        wait = wait_range(newcomer, hall, waiting)
        # five minutes at the desk, and 25 of work before it
        assert (wait.low, wait.high) == (18, 44)

    def test_work_that_another_desk_takes_is_not_waited_for(self) -> None:
        hall = [desk("1", "a", busy=5), desk("2", "b", busy=5)]
        waiting = [ticket(f"b{i}", "b", 10 + i) for i in range(5)]
        newcomer = ticket("new", "a", 30)
        assert people_ahead(newcomer, hall, waiting) == 0
        assert wait_range(newcomer, hall, waiting).high == 11

    def test_a_second_desk_opens_the_queue_faster(self) -> None:
        waiting = [ticket(f"a{i}", "a", 10 + i) for i in range(4)]
        newcomer = ticket("new", "a", 30)
        one = wait_range(newcomer, [desk("1", "a", 10)], waiting)
        two = wait_range(newcomer, [desk("1", "a", 10), desk("2", "a", 10)], waiting)
        assert two.high < one.high
        assert two.low < one.low

    def test_booked_visitors_to_come_lengthen_only_the_far_end(self) -> None:
        hall = [desk("1", "a", busy=10)]
        newcomer = ticket("new", "a", 30)
        expected = [Expected(ticket("booked", "a", 10), in_minutes=5)]
        plain, with_booked = (wait_range(newcomer, hall, [], e) for e in ([], expected))
        assert with_booked.low == plain.low
        assert with_booked.high == plain.high + 13

    def test_with_no_desk_open_it_is_as_if_one_opened_now(self) -> None:
        hall = [desk("1", "a", is_open=False), desk("2", "b")]
        newcomer = ticket("new", "a", 30)
        assert wait_range(newcomer, hall, [ticket("x", "a", 10)]).high == 13

    @given(newcomers, desks, tickets, st.lists(st.floats(0, 60), max_size=4))
    @settings(max_examples=80)
    def test_the_range_is_a_range_and_ends(
        self,
        newcomer: Waiting,
        hall: list[DeskNow],
        waiting: list[Waiting],
        coming: list[float],
    ) -> None:
        if not any(one.can(newcomer.needs) for one in hall):
            with pytest.raises(ValueError, match="no desk of the hall"):
                wait_range(newcomer, hall, waiting)
            return
        expected = [
            Expected(ticket(f"e{i}", "a", minutes + 5), minutes) for i, minutes in enumerate(coming)
        ]
        wait = wait_range(newcomer, hall, waiting, expected)
        assert 0 <= wait.low <= wait.high
        work = sum(one.minutes for one in waiting) + 10 * len(coming)
        longest = max((one.busy_minutes or 0 for one in hall), default=0)
        assert wait.high <= work * 1.3 + longest * 1.8 + 2 + 61
        assert people_ahead(newcomer, hall, waiting) <= len(waiting)
