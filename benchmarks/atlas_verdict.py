"""What the comparison with PostGIS says: by zoom, by how full a tile is, and of each bound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.atlas_beside import Beside
from benchmarks.table import table
from benchmarks.timing import percentile

BOUNDS = ((50.0, range(12)), (3.0, range(14, 15)))
"""How many times as quick as the peer a tile must be, and at which zooms."""
SIZES = ((50_000, None), (5_000, 50_000), (500, 5_000), (1, 500))
"""Records of a tile, from and below."""
FULL = 5_000
"""Records from which on a tile is told apart from a nearly empty one in the tables by zoom.

Both spend a fixed time on a tile: ours some hundredths of a millisecond, the peer's about a
tenth. Where few records are counted the ratio is that of the two, whatever the counting takes.
"""

_PERCENTILES = (
    "atlas p50", "PostGIS p50", "ratio of p50", "atlas p95", "PostGIS p95", "ratio of p95",
)  # fmt: skip
_RATIOS = ("least", "median", "least cpu", "median cpu")


def verdict(found: Sequence[Beside]) -> list[str]:
    """Markdown lines: what holds and what does not, then the tables it follows from."""
    lines = [
        "Both are asked for the same tiles in one run, one right after the other; a time is the"
        " median of several rounds, of 0 and 2 parallel workers PostGIS's quicker one. `grid` is"
        " the same 128 × 128 counts, compared cell by cell; `raw` the same points one by one."
        " From z9 on half of the tiles are drawn around records, half evenly among all tiles with"
        " a record. A ratio is that of one tile; *cpu* is the ratio of processor times, which"
        " neighbours disturb less. *differing* counts cells with another number, or points of"
        " ours that the peer lacks.",
        "",
        *(f"- {_sentence(found, *bound)}" for bound in BOUNDS),
        "",
        *table(
            ("asked for", "records in a tile", "tiles", "reach it", *_RATIOS),
            (row for bound in BOUNDS for row in _by_size(found, *bound)),
        ),
        "",
        "All tiles of those zooms together: who waits, and who waits longest.",
        "",
        *table(
            ("asked for", "selection", "tiles", *_PERCENTILES),
            (row for bound in BOUNDS for row in _together(found, *bound)),
        ),
    ]
    for name in dict.fromkeys(each.selection for each in found):
        some = [each for each in found if each.selection == name]
        for heading, full in ((f"tiles of {FULL:,} records or more", True),
                              (f"tiles of fewer than {FULL:,} records", False)):  # fmt: skip
            lines += ["", f"### {name}: {heading}", "", *_by_zoom(some, full)]
    return lines


def _sentence(found: Sequence[Beside], bound: float, zooms: range) -> str:
    some = [each for each in found if each.zoom in zooms]
    short = [each for each in some if each.ratio < bound]
    asked = f"**{_asked(bound, zooms)}**"
    if not some:
        return f"{asked}: no tile was compared."
    if not short:
        return f"{asked}: each of the {len(some)} compared tiles reaches it."
    most = max(each.records for each in short)
    small = [each for each in some if each.records <= most]
    larger = len(some) - len(small)
    least = min(each.ratio for each in short)
    beyond = f"each of the {larger} with more does" if larger else "none held more"
    return (
        f"{asked}: not reached by {len(short)} of {len(some)} compared tiles, the least is"
        f" {least:.1f} ×. Those hold at most {most:,} records; {beyond}."
    )


def _by_size(found: Sequence[Beside], bound: float, zooms: range) -> Iterable[list]:
    for low, high in SIZES:
        some = [
            each
            for each in found
            if each.zoom in zooms and low <= each.records < (high or float("inf"))
        ]
        if some:
            ratios, cpu = [each.ratio for each in some], [each.cpu_ratio for each in some]
            held = f"{low:,} or more" if high is None else f"{low:,} to {high - 1:,}"
            yield [
                _asked(bound, zooms), held, len(some), sum(each >= bound for each in ratios),
                *(f"{each:.1f}" for each in (
                    min(ratios), percentile(ratios, 0.5), min(cpu), percentile(cpu, 0.5)
                )),
            ]  # fmt: skip


def _together(found: Sequence[Beside], bound: float, zooms: range) -> Iterable[list]:
    for name in dict.fromkeys(each.selection for each in found if each.zoom in zooms):
        some = [each for each in found if each.selection == name and each.zoom in zooms]
        row = [_asked(bound, zooms), name, len(some)]
        for share in (0.5, 0.95):
            ours = percentile([each.atlas_ms for each in some], share)
            theirs = percentile([each.postgis_ms for each in some], share)
            row += [f"{ours:.3f}", f"{theirs:.2f}", f"{theirs / ours:.1f}"]
        yield row


def _asked(bound: float, zooms: range) -> str:
    named = f"z{zooms[0]}" if len(zooms) == 1 else f"z{zooms[0]}–z{zooms[-1]}"
    return f"≥ {bound:g} × at {named}"


def _by_zoom(found: Sequence[Beside], full: bool) -> list[str]:
    heads = (
        "zoom", "tile", "tiles", "records", "atlas p50", "atlas p95", "PostGIS p50",
        "PostGIS p95", "ratio", "least", "cpu", "differing",
    )  # fmt: skip
    some = [each for each in found if (each.records >= FULL) is full]
    kinds = sorted({(each.zoom, each.tile) for each in some})
    rows = (_row([each for each in some if (each.zoom, each.tile) == kind]) for kind in kinds)
    return table(heads, rows) if kinds else ["None was met."]


def _row(some: list[Beside]) -> list:
    ours, theirs = [each.atlas_ms for each in some], [each.postgis_ms for each in some]
    ratios = [each.ratio for each in some]
    return [
        some[0].zoom, some[0].tile, len(some), f"{percentile([e.records for e in some], 0.5):,}",
        *(f"{percentile(ours, share):.3f}" for share in (0.5, 0.95)),
        *(f"{percentile(theirs, share):.2f}" for share in (0.5, 0.95)),
        f"{percentile(ratios, 0.5):.1f}", f"{min(ratios):.1f}",
        f"{percentile([each.cpu_ratio for each in some], 0.5):.1f}",
        sum(each.differing for each in some),
    ]  # fmt: skip
