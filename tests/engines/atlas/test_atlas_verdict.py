"""The comparison with the peer says plainly which tiles miss a bound."""

from benchmarks.atlas_beside import Beside, _differing
from benchmarks.atlas_verdict import verdict


def compared(zoom, records, ratio, *, tile="grid", differing=0):
    """A tile that took us one millisecond of clock and half of that of processor."""
    return Beside("no filter", zoom, 0, 0, records, tile, 1.0, ratio, 0.5, ratio / 4, differing)


def test_a_bound_every_tile_reaches_is_said_to_be_reached():
    lines = verdict([compared(0, 9_000_000, 4000.0), compared(11, 700, 50.0)])

    assert "- **≥ 50 × at z0–z11**: each of the 2 compared tiles reaches it." in lines
    assert "- **≥ 3 × at z14**: no tile was compared." in lines


def test_tiles_that_miss_a_bound_are_counted_with_the_least_and_their_size():
    missed = [compared(9, 40, 2.5, tile="raw"), compared(10, 6_000, 49.9)]

    lines = verdict([*missed, compared(9, 5_999, 80.0), compared(9, 60_000, 300.0)])

    assert (
        "- **≥ 50 × at z0–z11**: not reached by 2 of 4 compared tiles, the least is 2.5 ×. Those"
        " hold at most 6,000 records; each of the 1 with more does."
    ) in lines
    assert "| ≥ 50 × at z0–z11 | 5,000 to 49,999 | 2 | 1 | 49.9 | 80.0 | 24.9 | 40.0 |" in lines
    assert "| ≥ 50 × at z0–z11 | 1 to 499 | 1 | 0 | 2.5 | 2.5 | 1.2 | 1.2 |" in lines


def test_zooms_without_a_bound_do_not_help_one():
    lines = verdict([compared(11, 90_000, 10.0), compared(12, 90_000, 900.0)])

    assert (
        "- **≥ 50 × at z0–z11**: not reached by 1 of 1 compared tiles, the least is 10.0 ×. Those"
        " hold at most 90,000 records; none held more."
    ) in lines


def test_percentiles_are_of_all_tiles_of_the_zooms_together():
    slow = [compared(3, 2_000_000, 900.0)]
    small = [compared(11, 30, 4.0, tile="raw") for _ in range(9)]

    lines = verdict([*slow, *small, compared(12, 50_000, 7_000.0)])

    row = "| ≥ 50 × at z0–z11 | no filter | 10 | 1.000 | 4.00 | 4.0 | 1.000 | 900.00 | 900.0 |"
    assert row in lines


def test_full_and_nearly_empty_tiles_stand_in_tables_of_their_own():
    lines = verdict([compared(9, 4_999, 20.0), compared(9, 5_000, 60.0, differing=3)])

    full = lines.index("### no filter: tiles of 5,000 records or more")
    few = lines.index("### no filter: tiles of fewer than 5,000 records")
    row = "| 9 | grid | 1 | 5,000 | 1.000 | 1.000 | 60.00 | 60.00 | 60.0 | 60.0 | 30.0 | 3 |"
    assert row in lines[full:few]
    assert [each for each in lines[few:] if each.startswith("| 9 |")] != [row]


def test_a_cell_with_another_number_differs_on_either_side():
    ours = {"grid": [{"x": 16, "y": 16, "count": 2}, {"x": 48, "y": 16, "count": 1}]}
    theirs = {"grid": [{"x": 16, "y": 16, "count": 3}, {"x": 80, "y": 16, "count": 1}]}

    assert _differing(ours, theirs, "grid") == 3
    assert _differing(ours, ours, "grid") == 0
    assert _differing({"points": [{"id": 1}, {"id": 2}]}, {"points": [{"id": 2}]}, "raw") == 1
