"""The atlas's measurements as a page people read."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.atlas_beside import Beside
from benchmarks.atlas_verdict import verdict
from benchmarks.table import table

QUIET = 0.5
"""Load below which a machine counts as quiet."""


def report(found: dict, beside: Sequence[Beside] = ()) -> str:
    """Markdown tables of what one run measured."""
    facts = " · ".join(f"{name} {value}" for name, value in found["machine"].items())
    build = found["build"]
    lines = [
        "# The atlas, measured",
        "",
        f"{found['records']:,} synthetic records, 12 kinds, 8 facets, one list, from a seed.",
        f"Machine: {facts} (after: {found.get('load after', '–')}).",
        *_busy(found["machine"]),
        "*clock* is what a user waits, beside whatever else ran; *cpu* is the processor time of"
        " all threads.",
        "",
        f"Build: {build['seconds']} s (processor: {build.get('cpu_seconds', '–')} s), at most"
        f" {build['peak_rss_mb']} MB resident (mapped columns"
        f" that were read count too), {build['disk_mb']} MB on disk. Private memory after all"
        f" questions: {found['private_mb']} MB.",
        "",
        "## Tiles z0–z14, uncached, in process (milliseconds)",
        "",
        *_timed(found["tiles"], ("largest_bytes", "largest tile, bytes")),
        "",
        "## Selections of any make (milliseconds)",
        "",
        *_timed(found["counts"]),
        "",
        "## Beside PostGIS",
        "",
    ]
    if not beside:
        return "\n".join([*lines, f"{found['peer']}", ""])
    return "\n".join([*lines, *verdict(beside), "", f"Peer: {found['peer']}.", ""])


def _timed(named: dict[str, dict], *more: tuple[str, str]) -> list[str]:
    keys = ("calls", "p50_ms", "p95_ms", "cpu_p50_ms", "cpu_p95_ms", *(key for key, _ in more))
    heads = ("", "calls", "clock p50", "clock p95", "cpu p50", "cpu p95", *(h for _, h in more))
    return table(heads, ([name, *(row[key] for key in keys)] for name, row in named.items()))


def _busy(machine: dict[str, str]) -> list[str]:
    """A warning where others were at work when the run began."""
    load = float(machine["load before"].split()[0])
    if load < QUIET:
        return []
    return [
        f"**The machine was busy when the run began (load {load}): times only give an idea, and"
        " ratios by the clock are too high, as long calls are held up more than short ones. Look"
        " at those of processor time.**"
    ]
