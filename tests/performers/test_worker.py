"""The thread on which blocking work is done."""

import logging
import threading
from functools import partial

import pytest

from kiosk.performers.worker import Worker


def test_jobs_are_done_in_order_on_one_thread() -> None:
    worker = Worker("test")
    done: list[int] = []
    threads: set[int] = set()

    def job(number: int) -> None:
        done.append(number)
        threads.add(threading.get_ident())

    for number in range(50):
        worker.submit(partial(job, number))
    worker.run(lambda: job(50))
    assert done == list(range(51))
    assert len(threads) == 1
    worker.stop()


def test_a_job_that_fails_is_logged_and_the_next_is_done(caplog: pytest.LogCaptureFixture) -> None:
    worker = Worker("test")
    worker.submit(lambda: 1 / 0)  # type: ignore[arg-type]  # a job returns nothing
    done = threading.Event()
    worker.submit(done.set)
    assert done.wait(20)
    worker.stop()
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_run_passes_on_what_the_job_raises() -> None:
    worker = Worker("test")
    with pytest.raises(ZeroDivisionError):
        worker.run(lambda: 1 / 0)  # type: ignore[arg-type]  # a job returns nothing
    worker.stop()


def test_after_the_end_nothing_is_taken_and_nothing_is_raised() -> None:
    worker = Worker("test")
    done: list[int] = []
    worker.submit(lambda: done.append(1))
    worker.stop()
    worker.submit(lambda: done.append(2))
    worker.run(lambda: done.append(3))
    worker.stop()
    assert done == [1]


def test_threads_that_submit_while_it_ends_are_not_harmed() -> None:
    errors: list[BaseException] = []

    def submit(worker: Worker, begun: threading.Barrier) -> None:
        begun.wait(20)
        try:
            for _ in range(50):
                worker.submit(lambda: None)
        except BaseException as error:  # noqa: BLE001 -- told to the test
            errors.append(error)

    for _ in range(20):
        worker, begun = Worker("test"), threading.Barrier(3)
        threads = [threading.Thread(target=submit, args=(worker, begun)) for _ in range(2)]
        for thread in threads:
            thread.start()
        begun.wait(20)
        worker.stop()
        for thread in threads:
            thread.join()
    assert errors == []
