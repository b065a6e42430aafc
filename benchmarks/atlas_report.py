"""The atlas's measurements as a page people read."""

from __future__ import annotations

from collections.abc import Iterable


def report(found: dict) -> str:
    """Markdown tables of what one run measured."""
    facts = " · ".join(f"{name} {value}" for name, value in found["machine"].items())
    build = found["build"]
    lines = [
        "# The atlas, measured",
        "",
        f"{found['records']:,} synthetic records, 12 kinds, 8 facets, one list, from a seed.",
        f"Machine: {facts} (after: {found.get('load after', '–')}).",
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
    if "beside" not in found:
        return "\n".join([*lines, f"{found['peer']}", ""])
    lines += [
        "Each tile is asked of both in turn; of 0 and 2 parallel workers PostGIS's quicker counts."
        " `grid` is the same 128 × 128 counts, compared cell by cell; `raw` the same points one by"
        " one. `differing` counts cells with another number, or points of ours it lacks. Processor"
        " time is that of all our threads, and of PostGIS's one process when it has no workers.",
        "",
    ]
    names = (
        "zoom", "tile", "tiles", "atlas_ms", "postgis_ms", "ratio", "atlas_cpu_ms",
        "postgis_cpu_ms", "cpu_ratio", "least_cpu_ratio", "differing",
    )  # fmt: skip
    for selection in dict.fromkeys(row["selection"] for row in found["beside"]):
        rows = [row for row in found["beside"] if row["selection"] == selection]
        lines += [f"{selection}:", "", *_table(names, ([row[n] for n in names] for row in rows))]
        lines += [""]
    lines += [f"Peer: {found['peer']}.", ""]
    return "\n".join(lines)


def _timed(named: dict[str, dict], *more: tuple[str, str]) -> list[str]:
    keys = ("calls", "p50_ms", "p95_ms", "cpu_p50_ms", "cpu_p95_ms", *(key for key, _ in more))
    heads = ("", "calls", "clock p50", "clock p95", "cpu p50", "cpu p95", *(h for _, h in more))
    return _table(heads, ([name, *(row[key] for key in keys)] for name, row in named.items()))


def _table(heads: Iterable[str], rows: Iterable[list]) -> list[str]:
    heads = list(heads)
    return [
        "| " + " | ".join(heads) + " |",
        "|" + "---|" * len(heads),
        *("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows),
    ]
