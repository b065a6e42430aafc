"""Highlights cover what matched, in the characters of the text as it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangtu.engines.search.divide import divide
from chuangtu.engines.search.fold import fold
from chuangtu.engines.search.highlight import highlight
from tests.engines.search import corpora


def shown(text, words, **options):
    return [text[each.start : each.end] for each in highlight(text, words, **options)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("上海联影医疗", "联影", ["联影"]),
        ("上海联影医疗", "联影 上海", ["上海联影"]),
        ("ＡＢＢ（上海）工程", "abb(上", ["ＡＢＢ（上"]),
        ("科技科技科技", "科技科技", ["科技科技科技"]),
        ("东京㈱会社", "株", ["㈱"]),
        ("Cafe\u0301 Nord", "café", ["Cafe\u0301"]),
        ("上\u200b海", "上海", ["上\u200b海"]),
        ("a\uff9e\u0323", "ạ", ["a\uff9e\u0323"]),
        ("上海", "北京", []),
        ("", "上海", []),
        ("上海", " ", []),
    ],
)
def test_the_matched_characters_are_marked(text, words, expected):
    assert shown(text, words) == expected


def test_pinyin_marks_the_characters_it_sounds_like_in_names_only():
    assert shown("上海联影医疗", "lianying", is_name=True) == ["联影"]
    assert shown("上海联影医疗", "lyyl", is_name=True) == ["联影医疗"]
    assert shown("上海TCL集团", "haitclj", is_name=True) == ["海TCL集"]
    assert shown("上海联影医疗", "lianying") == []
    assert shown("Lianying联影", "lianying", is_name=True) == ["Lianying"]


# Marks that fold or compose with their neighbours, and those that vanish, besides ordinary text.
odd = st.text("ab上海㈱ﬀßİ\u0301\u0323\u200b（( ｶﾞﾟ각ᄀ", max_size=12)


# The sign that the test itself puts where a span was cut out is left out.
any_text = st.text(
    st.characters(exclude_characters="\x7f", exclude_categories=["Cs"]), max_size=12
)


@given(st.one_of(odd, any_text), st.data())
def test_spans_cover_exactly_the_places_of_the_parts(text, data):
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    words = folded[start : start + data.draw(st.integers(0, 4))]
    parts = divide(words)

    spans = highlight(text, words)

    assert all(a.end < b.start for a, b in zip(spans, spans[1:], strict=False))
    assert all(0 <= each.start < each.end <= len(text) for each in spans)
    marked = "".join(text[each.start : each.end] for each in spans)
    rest = "\x7f".join(_between(text, spans))
    for part in parts:
        if part in folded:
            assert part in fold(marked) or len(spans) > 1
            assert part not in fold(rest)
    if not any(part in folded for part in parts):
        assert spans == ()


def _between(text, spans):
    edges = [0, *(edge for each in spans for edge in (each.start, each.end)), len(text)]
    return [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


@given(corpora.fields, corpora.words)
def test_where_nothing_folds_together_the_spans_are_the_very_characters(text, words):
    spans = highlight(text, words)

    folded = "".join(fold(each) for each in text)
    wanted = set()
    for part in divide(words):
        for at in range(len(folded)):
            if folded.startswith(part, at):
                wanted.update(range(at, at + len(part)))
    owners = [at for at, each in enumerate(text) for _ in fold(each)]
    covered = {at for each in spans for at in range(each.start, each.end)}
    assert covered >= {owners[at] for at in wanted}
    assert all(fold(text[at]) == "" or at in {owners[each] for each in wanted} for at in covered)
