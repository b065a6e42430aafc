"""Suggestions while typing, and other words when nothing is found."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chuangtu.engines.search.build import build
from chuangtu.engines.search.correct import correct
from chuangtu.engines.search.divide import divide
from chuangtu.engines.search.fold import fold
from chuangtu.engines.search.load import load
from chuangtu.engines.search.match import match
from chuangtu.engines.search.model import Document, Span
from chuangtu.engines.search.name import name
from chuangtu.engines.search.suggest import suggest
from chuangtu.terms.viewer import Visibility
from tests.engines.search import corpora

PUBLIC, INTERNAL, RESTRICTED = Visibility


def index_of(documents, dense_from=None):
    with TemporaryDirectory() as folder:
        build(documents, Path(folder, "index"), dense_from=dense_from)
        return load(Path(folder, "index"))


@pytest.fixture(scope="module")
def register():
    return index_of(
        [
            Document((("上海联影医疗科技股份有限公司", "联影", "ＵＩＨ"), ("联影内部代号",), ())),
            Document((("联影智能",), (), ())),
            Document((("上海张江",), (), ()), texts=(("联影路1号",), (), ())),
            Document((("联影智能",), (), ()), codes=(("9131",), (), ())),
            Document((("Huawei Technologies",), (), ("联影机密",))),
            Document(codes=(("联影",), (), ())),
        ]
    )


def names(index, typed, sees=PUBLIC, limit=8):
    return [each.name for each in suggest(index, typed, sees, limit)]


def test_names_that_start_so_stand_first_and_each_stands_once(register):
    assert names(register, "联影") == ["联影", "联影智能"]
    assert names(register, "上海") == ["上海张江", "上海联影医疗科技股份有限公司"]
    assert names(register, "联") == ["联影智能", "联影"]


def test_pinyin_initials_and_latin_names_are_suggested_in_their_own_form(register):
    assert names(register, "lianyingzhi") == ["联影智能"]
    assert names(register, "shzj") == ["上海张江"]
    assert names(register, "uih") == ["ＵＩＨ"]
    assert names(register, "HUAW") == ["Huawei Technologies"]


def test_a_suggestion_says_where_it_matches_and_whose_name_it_is(register):
    (only,) = suggest(register, "zhangj", PUBLIC)

    assert (only.name, only.position, only.spans) == ("上海张江", 2, (Span(2, 4),))


def test_texts_and_hidden_names_are_not_suggested(register):
    assert "上海张江" not in names(register, "联影", RESTRICTED)
    assert names(register, "内部") == []
    assert names(register, "内部", INTERNAL) == ["联影内部代号"]
    assert names(register, "机密", INTERNAL) == []
    assert names(register, "机密", RESTRICTED) == ["联影机密"]
    assert names(register, "联影路") == []
    assert names(register, " ") == []
    assert names(register, "联影", limit=1) == ["联影"]


def test_a_frequent_word_of_texts_suggests_nothing():
    index = index_of([Document((("联影",), (), ()), texts=(("城北路",), (), ()))] * 3, 2)

    assert names(index, "北路") == []
    assert names(index, "联影") == ["联影"]


@settings(deadline=None)  # building writes files; how long that takes is not the question
@given(
    corpora.documents, corpora.words, corpora.viewers, st.integers(1, 5), st.sampled_from([1, 3])
)
def test_every_suggestion_is_a_visible_name_of_a_match(documents, typed, sees, limit, dense_from):
    index = index_of(documents, dense_from)

    suggestions = suggest(index, typed, sees, limit)

    matched = set(match(index, typed, sees).positions.tolist())
    assert len(suggestions) <= limit
    assert len({each.name for each in suggestions}) == len(suggestions)
    for each in suggestions:
        visible = [n for names in documents[each.position].names[: sees + 1] for n in names]
        assert each.name in visible
        assert each.position in matched
    if any(
        all(part in fold(n) for part in divide(typed))
        for document in documents
        for names in document.names[: sees + 1]
        for n in names
        if divide(typed)
    ):
        assert suggestions


@settings(deadline=None)  # building writes files; how long that takes is not the question
@given(corpora.documents, corpora.viewers)
def test_the_names_come_back_as_they_were_given(documents, sees):
    index = index_of(documents)

    for position, document in enumerate(documents):
        given_names = [n for names in document.names[: sees + 1] for n in names if fold(n)]

        assert list(name(index, position, sees)) == given_names


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("lainying", "lianying"),
        ("lianyng", "lianying"),
        ("lianyingg", "lianying"),
        ("lianyibg", "lianying"),
        ("huawie", "Huawei"),
        ("联颖智能", "联影智能"),
        ("上海 章江", "上海 张江"),
        ("shnaghai zhangjiang", "shanghai zhangjiang"),
    ],
)
def test_a_slip_is_corrected(register, words, expected):
    assert len(match(register, words, PUBLIC)) == 0

    assert correct(register, words, PUBLIC) == expected


@pytest.mark.parametrize(
    "words",
    [
        "联影",
        "",
        "xq",
        "x" * 30,
        "qqqqq",
        "1234",
        "((",
        "恩",
        "联影智能 张江",
        "上海 qqqqq",
        "shnaghai huawei",
    ],
)
def test_what_finds_something_or_is_near_nothing_stays(register, words):
    assert correct(register, words, PUBLIC) is None


def test_of_several_names_the_one_that_sounds_so_is_proposed():
    index = index_of([Document((("张江", "联影", "联影"), (), ()))])

    assert correct(index, "联颖", PUBLIC) == "联影"


def test_nothing_is_proposed_that_the_viewer_cannot_find(register):
    assert correct(register, "联影鸡密", RESTRICTED) == "联影机密"
    assert correct(register, "联影鸡密", PUBLIC) is None


def test_a_frequent_word_is_proposed_before_a_rare_one():
    rare, frequent = Document((("Habbit",), (), ())), Document((("Habit",), (), ()))

    assert correct(index_of([rare, *[frequent] * 3], 2), "habxit", PUBLIC) == "Habit"
    assert correct(index_of([frequent, *[rare] * 3], 2), "habxit", PUBLIC) == "Habbit"
