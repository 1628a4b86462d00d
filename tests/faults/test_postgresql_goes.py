"""PostgreSQL dies under a class that votes: the servers go on by themselves, and every thank-you was meant."""

import os
import random
import signal
import threading
from functools import partial

from tests import postgres
from tests.crash.conftest import Browser, Server, wait_until
from tests.crash.test_kill import Rush, rows
from tests.faults.conftest import ASKED, OURS, THANKED, Ballot, Vote, at_once, connect


def thanked(ballot: Ballot) -> bool:
    """Whether the ballot was acknowledged; whoever is not is told the one sentence, and nothing else."""
    said = ballot.send()
    assert said in (THANKED, OURS)
    return said == THANKED


def test_killed_in_mid_vote_and_started_again_it_costs_nobody_a_ballot(
    cluster: postgres.Cluster, machines: list[Server]
) -> None:
    vote = Vote(machines, 24)
    workers = [machine.workers() for machine in machines]
    ballots = dict(zip(vote.lesson.seats, vote.ballots, strict=True))
    rush = Rush({seat: partial(thanked, ballot) for seat, ballot in ballots.items()})
    rush.wait_for(4)
    cluster.kill()
    before = rush.over()

    late = next((ballot for seat, ballot in ballots.items() if seat not in before), vote.ballots[0])
    assert (late.send(), late.page()) == (OURS, OURS), "while it is away, everybody is told"
    assert [Browser(machine.port).ask("GET", "/healthz")[0] for machine in machines] == [200, 200]
    assert [Browser(machine.port).ask("GET", "/readyz")[0] for machine in machines] == [503, 503]

    cluster.start()
    stored = rows(machines[0])
    assert stored["urn"] == stored["spent"] >= len(before)
    assert at_once(ballot.send for ballot in vote.ballots) == [THANKED] * 24, "the first request after it succeeds"
    assert [machine.workers() for machine in machines] == workers, "no server was started again"
    assert vote.close() == 24
    assert rows(machines[0]) == {"urn": 0, "spent": 0}
    for machine in machines:
        assert machine.log is not None
        said = machine.log.read_text(encoding="utf-8")
        assert "Error in " in said
        assert not [word for ballot in vote.ballots for word in (ballot.form["token"], "others") if word in said]


def test_a_restart_between_seat_and_ballot_is_noticed_by_nobody(
    cluster: postgres.Cluster, machines: list[Server]
) -> None:
    vote = Vote(machines)
    assert at_once(ballot.page for ballot in vote.ballots * 2) == [(200, "")] * 24, "many connections are open"
    cluster.stop()
    cluster.start()
    pages = [ballot.page for ballot in vote.ballots]
    boards = [partial(Browser.ask, vote.lesson.teacher, "GET", f"/lesson/{vote.lesson.id}") for _ in machines]
    said = at_once([*pages[:6], *(ballot.send for ballot in vote.ballots[6:]), *boards])
    assert said[:12] == [(200, "")] * 6 + [THANKED] * 6
    assert [status for status, _ in said[12:]] == [200, 200]  # type: ignore[misc,attr-defined]
    assert at_once(ballot.send for ballot in vote.ballots) == [THANKED] * 12
    assert vote.close() == 12


def test_one_of_its_processes_dies_and_takes_all_connections_along(
    cluster: postgres.Cluster, machines: list[Server]
) -> None:
    vote = Vote(machines)
    ballots = dict(zip(vote.lesson.seats, vote.ballots, strict=True))
    rush = Rush({seat: partial(thanked, ballot) for seat, ballot in ballots.items()})
    with connect(machines[0]) as somebody:
        pid = somebody.info.backend_pid
        os.kill(pid, signal.SIGKILL)
    before = rush.over()
    wait_until(lambda: all(machine.ready() for machine in machines), "both are ready by themselves")
    assert rows(machines[0])["urn"] >= len(before)
    assert at_once(ballot.send for ballot in vote.ballots) == [THANKED] * 12
    assert vote.close() == 12


def test_a_close_that_it_dies_under_can_be_closed_again(cluster: postgres.Cluster, machines: list[Server]) -> None:
    chance = random.Random(20180118)
    for _ in range(3):
        vote = Vote(machines, 10)
        assert at_once(ballot.send for ballot in vote.ballots) == [THANKED] * 10
        closing = threading.Thread(target=vote.lesson.button("close"))
        closing.start()
        closing.join(chance.uniform(0, 0.02))
        cluster.kill()
        closing.join()
        cluster.start()
        assert vote.lesson.press("close") == 303
        assert vote.lesson.ask(ASKED)["n"] == 10
        assert rows(machines[0]) == {"urn": 0, "spent": 0}
