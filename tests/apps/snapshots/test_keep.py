"""Kept answers stay within their bytes, and the least used ones go first."""

import threading

import pytest

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


def test_threads_that_ask_for_the_same_at_once_have_it_made_once():
    keep, made, answers = Keep(10, len), [], []
    asked = threading.Barrier(4)

    def make():
        made.append(threading.get_ident())
        threading.Event().wait(0.05)
        return b"aaaa"

    def ask():
        asked.wait()
        answers.append(keep.get("a", make))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert answers == [b"aaaa"] * 4
    assert len(made) == 1


def test_an_answer_that_could_not_be_made_is_made_by_the_next():
    keep = Keep(10, len)

    with pytest.raises(ZeroDivisionError):
        keep.get("a", lambda: 1 // 0)

    assert keep.get("a", lambda: b"aa") == b"aa"
