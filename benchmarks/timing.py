"""How long calls take: on the clock, and in processor time, which neighbours disturb less."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Timed:
    """The milliseconds of some calls."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def call(self, work: Callable[[], object]) -> object:
        clock, processor = time.perf_counter(), time.process_time()
        answer = work()
        self.processor.append((time.process_time() - processor) * 1e3)
        self.clock.append((time.perf_counter() - clock) * 1e3)
        return answer

    def add(self, other: Timed) -> None:
        self.clock += other.clock
        self.processor += other.processor

    def report(self) -> dict[str, float | int]:
        return {
            "calls": len(self.clock),
            "p50_ms": round(percentile(self.clock, 0.5), 2),
            "p95_ms": round(percentile(self.clock, 0.95), 2),
            "cpu_p50_ms": round(percentile(self.processor, 0.5), 2),
            "cpu_p95_ms": round(percentile(self.processor, 0.95), 2),
        }


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0
