"""The index finds and ranks exactly what a plain reading of the documents does."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chuangtu.engines.search.build import build
from chuangtu.engines.search.load import load
from chuangtu.engines.search.match import match
from chuangtu.engines.search.model import Document, Tier
from chuangtu.engines.search.scan import scan
from chuangtu.terms.viewer import Visibility
from tests.engines.search import corpora

PUBLIC, INTERNAL, RESTRICTED = Visibility


def both(documents, words, sees=PUBLIC, dense_from=None):
    """Match and scan; they must agree, so one answer is given."""
    with TemporaryDirectory() as folder:
        build(documents, Path(folder, "index"), dense_from=dense_from)
        index = load(Path(folder, "index"))
        matched = match(index, words, sees)
    scanned = scan(documents, words, sees)
    assert matched.positions.tolist() == scanned.positions.tolist()
    assert matched.scores.tolist() == scanned.scores.tolist()
    assert (matched.positions.dtype, matched.scores.dtype) == ("uint32", "int32")
    assert (scanned.positions.dtype, scanned.scores.dtype) == ("uint32", "int32")
    return matched


def found(documents, words, sees=PUBLIC):
    return both(documents, words, sees).positions.tolist()


def tier(document, words, sees=PUBLIC):
    return [Tier(each >> 16) for each in both([document], words, sees).scores.tolist()]


def public(*names, texts=(), codes=()):
    return Document((names, (), ()), (texts, (), ()), (codes, (), ()))


@settings(deadline=None)  # building writes files; how long that takes is not the question
@given(
    corpora.documents, st.lists(corpora.words, min_size=1, max_size=8), st.sampled_from([1, 2, 3])
)
def test_match_agrees_with_scan_for_every_viewer(documents, questions, dense_from):
    with TemporaryDirectory() as folder:
        build(documents, Path(folder, "index"), dense_from=dense_from)
        index = load(Path(folder, "index"))
        for words in questions:
            for sees in Visibility:
                matched, scanned = match(index, words, sees), scan(documents, words, sees)

                assert matched.positions.tolist() == scanned.positions.tolist(), (words, sees)
                assert matched.scores.tolist() == scanned.scores.tolist(), (words, sees)


@settings(deadline=None)  # building writes files; how long that takes is not the question
@given(corpora.documents, corpora.words, corpora.viewers)
def test_text_above_the_viewer_changes_nothing(documents, words, sees):
    def without(per_class):
        return tuple(fields if each <= sees else () for each, fields in enumerate(per_class))

    bared = [
        Document(without(each.names), without(each.texts), without(each.codes), each.weight)
        for each in documents
    ]

    seen = [(p, s >> 16) for p, s in rows(scan(documents, words, sees))]
    told = [(p, s >> 16) for p, s in rows(scan(bared, words, sees))]

    assert seen == told


def rows(matches):
    return list(zip(matches.positions.tolist(), matches.scores.tolist(), strict=True))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("联影医疗", Tier.WHOLE),
        ("联影", Tier.START),
        ("医疗", Tier.WORD),
        ("影医", Tier.NAME),
        ("lianying", Tier.WORD),
        ("lyy", Tier.WORD),
        ("yiliao", Tier.SOUND),
        ("yl", Tier.SOUND),
        ("91310112MA1GBQ1T5X", Tier.WHOLE),
        ("310112", Tier.TEXT),
        ("城北路", Tier.TEXT),
    ],
)
def test_a_match_counts_by_where_it_stands(words, expected):
    firm = public("联影医疗", texts=("嘉定区城北路2258号",), codes=("91310112MA1GBQ1T5X",))

    assert tier(firm, words) == [expected]


@pytest.mark.parametrize(
    "words", ["ianying", "iliao", "lyyl2", "疗联", "嘉定 91310113", "医疗嘉定", "abb", "影 疗 z"]
)
def test_what_is_not_there_is_not_found(words):
    firm = public("联影医疗", texts=("嘉定区",), codes=("91310112MA1GBQ1T5X",))

    assert found([firm], words) == []


def test_a_match_never_runs_across_two_fields():
    firm = public("上海", "联影", texts=("医疗", "设备"))

    assert found([firm], "海联") == []
    assert found([firm], "影医") == []
    assert found([firm], "医疗设备") == []
    assert found([firm], "hailian") == []
    assert found([firm], "上海 联影 设备") == [0]


def test_width_case_and_brackets_are_folded():
    firm = public("ＡＢＢ（上海）工程【2015】")

    for words in ("abb(上海)", "Abb（上海）", "[2015]", "〔２０１５〕", "）工程"):
        assert found([firm], words) == [0], words


def test_local_names_are_read_as_people_here_read_them():
    firm = public("闵行莘庄长三角银行")

    for words in ("minhang", "mhxzcsjyh", "changsanjiao", "xinzhuang", "yinhang"):
        assert found([firm], words) == [0], words
    assert found([firm], "minxing") == []


def test_latin_letters_of_a_name_stand_in_its_pinyin_as_they_are():
    firm = public("TCL集团3D打印")

    for words in ("tcljituan", "tcljt", "ddayin", "ddy", "dayin"):
        assert found([firm], words) == [0], words
    assert found([firm], "cljituan") == []
    assert found([firm], "tuanddayin") == []


def test_heavier_then_shorter_then_earlier_stands_first():
    documents = [
        public("上海联影医疗科技"),
        public("上海联影"),
        public("上海联芯"),
        Document((("上海联影智能医疗科技研究院",), (), ()), weight=1),
    ]

    matches = both(documents, "上海")
    order = sorted(zip((-matches.scores).tolist(), matches.positions.tolist(), strict=True))

    assert [position for _, position in order] == [3, 1, 2, 0]


def test_no_words_match_every_document_and_punctuation_is_text_like_any_other():
    documents = [public("上海（闵行）"), public("上海"), Document()]

    assert found(documents, "  ") == [0, 1, 2]
    assert found(documents, "\u200b") == [0, 1, 2]
    assert found(documents, "(") == [0]
    assert found(documents, "，。") == []


def test_a_rare_character_and_half_a_character_are_defined():
    documents = [public("𠮷野家"), public("\ud842野家"), public("吉野家")]

    assert found(documents, "𠮷") == [0]
    assert found(documents, "𠮷野") == [0]
    assert found(documents, "\ufffd野") == [1]
    assert found(documents, "野家") == [0, 1, 2]


def test_a_very_long_document_is_searched_to_its_end():
    long = "研发" * 1_000_000 + "终点" + "销售" * 1_000_000
    documents = [public("甲", texts=(long,)), public("乙", texts=("终点研发",))]

    assert found(documents, "终点") == [0, 1]
    assert found(documents, "研发研发研发研发研发研发研发研发研发研发终点销") == [0]
    assert found(documents, "研发") == [0, 1]


def test_more_characters_than_sixteen_bits_can_number_are_told_apart():
    every = "".join(
        map(chr, [*range(0x4E00, 0x9FFF), *range(0xAC00, 0xD7A4), *range(0x20000, 0x2A6DF)])
    )
    documents = [public("甲", texts=(every,)), public("𪛖乙"), public("乙𪛖")]

    assert found(documents, "𪛖") == [0, 1, 2]
    assert found(documents, "𪛖乙") == [1]
    assert found(documents, "\u9ffd\u9ffe") == [0]


@settings(deadline=None)  # building writes files; how long that takes is not the question
@given(st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=6), st.data())
def test_any_text_at_all_is_found_by_a_piece_of_itself(names, data):
    documents = [public(name) for name in names]
    name = data.draw(st.sampled_from(names))
    start = data.draw(st.integers(0, len(name) - 1))
    words = name[start : data.draw(st.integers(start + 1, len(name)))]

    both(documents, words, dense_from=2)
