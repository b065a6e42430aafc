"""A client that asks too often waits; another is not disturbed."""

from chuangtu.apps.catalog import limits
from chuangtu.apps.catalog.limits import Limiter


class Clock:
    moment = 0.0

    def __call__(self):
        return self.moment


def test_a_client_may_burst_and_then_waits_for_a_token():
    clock = Clock()
    limiter = Limiter(rate=2, burst=3, clock=clock)

    assert [limiter.wait("a") for _ in range(4)] == [0, 0, 0, 1]
    assert limiter.wait("b") == 0

    clock.moment += 0.5

    assert limiter.wait("a") == 0
    assert limiter.wait("a") == 1


def test_a_rate_of_zero_means_no_limit():
    limiter = Limiter(rate=0, burst=0)

    assert {limiter.wait("a") for _ in range(100)} == {0}


def test_forgotten_clients_begin_with_a_full_bucket(monkeypatch):
    monkeypatch.setattr(limits, "MOST_CLIENTS", 2)
    limiter = Limiter(rate=1, burst=1, clock=Clock())

    limiter.wait("a")
    limiter.wait("b")
    limiter.wait("c")

    assert limiter.wait("a") == 0
    assert limiter.wait("c") == 1
