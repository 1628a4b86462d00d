"""The anonymity guarantee by exhaustive enumeration, with every tempting rule as a control that must fail."""

import pytest

from tests import prove

PROMISES = list(prove.promises())
TEMPTING = list(prove.tempting())


@pytest.mark.parametrize(("name", "cases", "breach"), PROMISES, ids=[name for name, *_ in PROMISES])
def test_the_promise_holds(name: str, cases: int, breach: str | None) -> None:
    assert cases > 0
    assert breach is None, name


@pytest.mark.parametrize(("name", "breach"), TEMPTING, ids=[name for name, _ in TEMPTING])
def test_the_tempting_rule_breaks(name: str, breach: str | None) -> None:
    assert breach is not None, name


def test_the_proof_is_said_aloud(capsys: pytest.CaptureFixture[str]) -> None:
    assert prove.main() == 0
    said = capsys.readouterr().out
    assert said.count("holds ") == len(PROMISES)
    assert said.count("breaks") >= len(TEMPTING)


@pytest.mark.parametrize("constant", ["_OWN_TOP", "_OWN_FIRST_CUT", "_GUESS_TOP", "MIN_GUESSES"])
def test_a_weaker_constant_in_the_program_is_caught(monkeypatch: pytest.MonkeyPatch, constant: str) -> None:
    from app.domain import disclosure, release
    from app.domain.release import Ruler

    where, weaker = {
        "_OWN_TOP": (release, 4),
        "_OWN_FIRST_CUT": (release, {Ruler.A: 2, Ruler.B: 6}),
        "_GUESS_TOP": (release, 2),
        "MIN_GUESSES": (disclosure, 2),
    }[constant]
    monkeypatch.setattr(where, constant, weaker)
    monkeypatch.setattr(prove, "MIN_GUESSES", disclosure.MIN_GUESSES)
    assert any(breach for _, _, breach in prove.promises())
