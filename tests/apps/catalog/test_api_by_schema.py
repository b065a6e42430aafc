"""Whatever the document allows, and what it does not: never a fault inside, always its shape."""

import os
import warnings
from collections import Counter

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode

from chuangtu.site.wsgi import application

CASES = int(os.environ.get("CHUANGTU_TEST_CASES", "8"))
"""Cases for each address and way of generating; `make test` asks 5,120 in all, on SQLite."""
SHARES = 4
"""Tests among which the addresses are shared out."""
CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def operations(register, client):
    schema = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())
    schema.app = application
    # A real request ends with its connection: here it holds the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield [each.ok() for each in schema.get_all_operations()]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_case_finds_a_fault(operations, mode, share):
    statuses = Counter()
    mine = operations[share::SHARES]
    for operation in mine:
        statuses += asked(operation, mode)

    assert statuses.total() >= CASES * len(mine) * 0.5
    assert max(statuses) < 500, statuses
    assert 429 not in statuses, "the rate limit answered in the place of the API"
    print(mode, statuses)


def asked(operation, mode):
    """Ask whatever can be generated for one address; give the statuses of the answers."""
    statuses = Counter()
    checks = [each for each in CHECKS.get_all() if each.__name__ in CHECKED]
    assert len(checks) == len(CHECKED)

    @settings(
        max_examples=CASES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        response = case.call(headers={"Accept-Encoding": "identity"})
        statuses[response.status_code] += 1
        case.validate_response(response, checks=checks)

    with warnings.catch_warnings():
        # The generator's own, of the libraries it uses.
        warnings.simplefilter("ignore")
        ask()
    return statuses
