"""The API asked everything that its own document allows, and much that it does not: it keeps to the document."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode

from tests.web.test_machine import AGGREGATES, OPENAPI, Program, fjordby, program

__all__ = ["fjordby", "program"]


def is_sent_whole(case: Case) -> bool:
    """Whether each parameter stands in the address: an empty list is not sent, and nobody can refuse it."""
    return all(value not in ([], {}) for value in case.query.values())


@pytest.mark.parametrize(
    ("path", "method", "mode", "status"),
    [
        (AGGREGATES, "GET", GenerationMode.POSITIVE, 200),
        (AGGREGATES, "GET", GenerationMode.NEGATIVE, 400),
        (AGGREGATES, "HEAD", GenerationMode.POSITIVE, 200),
        (AGGREGATES, "HEAD", GenerationMode.NEGATIVE, 400),
        (OPENAPI, "GET", GenerationMode.POSITIVE, 200),
    ],
)
def test_every_answer_is_as_the_document_says(
    program: Program, path: str, method: str, mode: GenerationMode, status: int
) -> None:
    operation = schemathesis.openapi.from_wsgi(OPENAPI, program.app)[path][method]
    # In the process nobody unpacks what is sent compressed.
    headers = {"Authorization": f"Bearer {program.token}", "Accept-Encoding": "identity"}
    seen = set()

    @given(case=operation.as_strategy(generation_mode=mode, headers=headers).filter(is_sent_whole))
    @settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
    def ask(case: Case) -> None:
        response = case.call_and_validate()
        assert "Set-Cookie" not in response.headers
        seen.add(response.status_code)

    ask()
    assert status in seen


@pytest.mark.parametrize("path", [AGGREGATES, OPENAPI])
def test_a_document_that_is_not_true_is_found_out(program: Program, path: str) -> None:
    untrue = schemathesis.openapi.from_wsgi(OPENAPI, program.app).raw_schema
    answer = {"application/json": {"schema": {"type": "object", "required": ["no such thing"]}}}
    untrue["paths"][path]["get"]["responses"]["200"]["content"] = answer
    operation = schemathesis.openapi.from_dict(untrue)[path]["GET"]
    operation.app = operation.schema.app = program.app
    headers = {"Authorization": f"Bearer {program.token}", "Accept-Encoding": "identity"}
    with pytest.raises(schemathesis.core.failures.FailureGroup):
        operation.Case().call_and_validate(headers=headers)
