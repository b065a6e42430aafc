"""Kept answers stay within their bytes, and the least used ones go first."""

from chuangtu.apps.snapshots.keep import Keep


def test_the_least_recently_used_answer_makes_room():
    keep = Keep(10, len)
    keep.put("a", b"aaaa")
    keep.put("b", b"bbbb")
    keep.find("a")

    keep.put("c", b"cccc")

    assert keep.find("b") is None
    assert (keep.find("a"), keep.find("c")) == (b"aaaa", b"cccc")
    assert keep.held_bytes == 8


def test_an_answer_larger_than_all_room_is_not_kept():
    keep = Keep(10, len)

    keep.put("a", b"a" * 11)

    assert keep.find("a") is None
    assert keep.held_bytes == 0


def test_putting_again_replaces_and_counts_once():
    keep = Keep(10, len)
    keep.put("a", b"aaaa")

    keep.put("a", b"aa")

    assert keep.held_bytes == 2
