"""Who is served at once: so many and no more, and the others in the order in which they came."""

import threading

from app.web.turns import Queue


def test_no_more_have_their_turn_than_are_allowed_and_all_have_one() -> None:
    queue, mutex, inside, most, served = Queue(3), threading.Lock(), 0, 0, 0

    def visit() -> None:
        nonlocal inside, most, served
        with queue.turn():
            with mutex:
                inside, served = inside + 1, served + 1
                most = max(most, inside)
            with mutex:
                inside -= 1

    run([threading.Thread(target=visit) for _ in range(60)])
    assert (served, inside) == (60, 0)
    assert most <= 3


def test_who_came_first_is_served_first() -> None:
    queue, order = Queue(1), list[int]()

    def visit(number: int) -> None:
        with queue.turn():
            order.append(number)

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(8)]
    with queue.turn():
        for number, thread in enumerate(threads):
            thread.start()
            while queue.length() <= number:
                assert thread.is_alive()
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_a_turn_that_fails_is_handed_on() -> None:
    queue = Queue(1)
    for _ in range(3):
        try:
            with queue.turn():
                raise ValueError
        except ValueError:
            pass
    assert queue.length() == 0
    with queue.turn():
        pass


def run(threads: list[threading.Thread]) -> None:
    """Start all and wait for all."""
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
