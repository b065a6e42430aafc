"""The search box: the best of what match gives, its number, and a facet of all of it."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chuangtu.engines.search import choose as choosing
from chuangtu.engines.search.build import build
from chuangtu.engines.search.load import load
from chuangtu.engines.search.match import match
from chuangtu.engines.search.model import Document, Facet
from chuangtu.engines.search.scan import scan
from chuangtu.engines.search.top import top
from chuangtu.engines.search.warm import warm
from chuangtu.terms.viewer import Visibility
from tests.engines.search import corpora


def public(*names):
    return Document((names, (), ()))


def index_of(documents, dense_from=None):
    with TemporaryDirectory() as folder:
        build(documents, Path(folder, "index"), dense_from=dense_from)
        return load(Path(folder, "index"))


def expected(index, words, sees, limit, mask, facet):
    matches = match(index, words, sees)
    chosen = mask[matches.positions]
    positions, scores = matches.positions[chosen], matches.scores[chosen]
    order = np.lexsort((positions, -scores.astype(np.int64)))[:limit]
    counts = np.bincount(facet.codes[positions], minlength=facet.values)
    return len(positions), positions[order].tolist(), scores[order].tolist(), counts.tolist()


@settings(deadline=None)  # building writes files; how long that takes is not the question
@given(
    corpora.documents,
    st.lists(corpora.words, min_size=1, max_size=6),
    corpora.viewers,
    st.integers(1, 8),
    st.sampled_from([1, 2, 3]),
    st.randoms(use_true_random=False),
)
def test_top_is_the_best_of_match(documents, questions, sees, limit, dense_from, chance):
    index = index_of(documents, dense_from)
    mask = np.array([chance.random() < 0.7 for _ in documents], bool)
    facet = Facet(np.array([chance.randrange(3) for _ in documents], np.uint8), 3)
    for words in questions:
        given_back = top(index, words, sees, limit, mask=mask, facet=facet)

        assert (
            given_back.total,
            given_back.positions.tolist(),
            given_back.scores.tolist(),
            given_back.counts.tolist(),
        ) == expected(index, words, sees, limit, mask, facet)


def test_without_mask_and_facet_the_total_is_the_number_of_matches():
    index = index_of([public("上海联影"), public("北京联影"), public("上海")])

    given_back = top(index, "上海", Visibility.PUBLIC, 1)

    assert (given_back.total, given_back.positions.tolist()) == (2, [2])
    assert given_back.counts is None


@pytest.fixture(params=["numpy", "numba"])
def loops(request, monkeypatch):
    """Either set of loops, whatever the size of the index."""
    monkeypatch.setattr(choosing, "COMPILED_FROM", {"numpy": 1_000_000, "numba": 0}[request.param])
    assert choosing.choose(500).name == request.param


@pytest.mark.usefixtures("loops")
@pytest.mark.parametrize("dense_from", [None, 1, 10_000])
def test_many_documents_are_ranked_alike_by_both_sets_of_loops(dense_from):
    # More than enough for several words of a bitmap, for full lists and for every bar.
    documents = [
        Document((("上海" * (i % 3) + "科技" * (i % 4) + "有限" * (i % 7),), (), ()), weight=i % 5)
        for i in range(500)
    ]
    index = index_of(documents, dense_from)
    facet = Facet(np.arange(500, dtype=np.uint16) % 11, 11)

    for words in ("上海", "科技", "有限 科技", "上海 科技 有限", "技有", "kejiyou", "sh", "海 限"):
        given_back = top(index, words, Visibility.PUBLIC, 20, facet=facet)

        assert (
            given_back.total,
            given_back.positions.tolist(),
            given_back.scores.tolist(),
            given_back.counts.tolist(),
        ) == expected(index, words, Visibility.PUBLIC, 20, np.ones(500, bool), facet), words


@pytest.mark.usefixtures("loops")
@settings(
    deadline=None,  # building writes files; how long that takes is not the question
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # one set of loops for all cases
)
@given(corpora.documents, st.lists(corpora.words, min_size=1, max_size=6), corpora.viewers)
def test_both_sets_of_loops_agree_with_scan(documents, questions, sees):
    index = index_of(documents, 3)
    for words in questions:
        matched, scanned = match(index, words, sees), scan(documents, words, sees)

        assert matched.positions.tolist() == scanned.positions.tolist()
        assert matched.scores.tolist() == scanned.scores.tolist()


def test_large_indexes_get_compiled_loops_where_numba_is(monkeypatch):
    assert choosing.choose(199_999).name == "numpy"
    assert choosing.choose(200_000).name == "numba"

    choosing._compiled.cache_clear()
    monkeypatch.setitem(sys.modules, "chuangtu.engines.search.compiled", None)
    assert choosing.choose(200_000).name == "numpy"

    choosing._compiled.cache_clear()


def test_warming_up_readies_the_loops_and_changes_no_answer(monkeypatch):
    monkeypatch.setattr(choosing, "COMPILED_FROM", 0)
    choosing._compiled.cache_clear()
    index = index_of([public("上海联影"), public("上海联影医疗")], 2)
    before = top(index, "上海", Visibility.PUBLIC, 2).positions.tolist()

    asked = warm(index)

    assert asked > 0
    assert choosing._compiled.cache_info().currsize == 1
    assert top(index, "上海", Visibility.PUBLIC, 2).positions.tolist() == before
    assert warm(index_of([])) == 0


def test_a_small_index_needs_no_warming_up():
    assert warm(index_of([public("上海联影")])) == 0


@pytest.mark.parametrize("dense_from", [1, 1_000], ids=["bitmaps", "lists"])
def test_masked_words_of_several_parts_keep_only_what_is_open(dense_from):
    documents = [public("上海联影"), public("上海联影"), public("上海"), public("联影")]
    index = index_of(documents, dense_from)

    given_back = top(index, "上海 联影", Visibility.PUBLIC, 5, mask=np.arange(4) != 0)

    assert (given_back.total, given_back.positions.tolist()) == (1, [1])


def test_a_text_of_signs_nobody_sees_says_nothing():
    index = index_of([Document((("上海",), (), ()), (("\u200b",), (), ()))])

    assert top(index, "上海", Visibility.PUBLIC, 5).total == 1


def test_a_rare_word_beside_a_frequent_one_finds_those_that_have_both():
    # From 20 of the 22 documents on "上海" is a bitmap; "联影" stays a list.
    documents = [public("上海")] * 20 + [public("上海联影"), public("联影")]
    index = index_of(documents, dense_from=20)

    given_back = top(index, "上海 联影", Visibility.PUBLIC, 5)

    assert (given_back.total, given_back.positions.tolist()) == (1, [20])
