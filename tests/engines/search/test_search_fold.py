"""Folding, cutting into parts and spelling, each by itself."""

import doctest
import importlib
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chuangtu.engines.search as engine
from chuangtu.engines.search.cut import cut
from chuangtu.engines.search.divide import divide
from chuangtu.engines.search.fold import fold
from chuangtu.engines.search.model import Document
from chuangtu.engines.search.score import MOST, score
from chuangtu.engines.search.sound import sound
from chuangtu.engines.search.spell import BREAK, FIRST, spell
from chuangtu.engines.search.standing import standing


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30))
def test_the_words_of_a_name_are_the_name(text):
    assert "".join(cut(fold(text))) == fold(text)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("Straße", "strasse"),
        ("（）［］｛｝【】〔〕", "()()()()()"),
        ("《中国》", "《中国》"),
        ("“上海”‘’", "\"上海\"''"),
        ("a—b–c－d", "a-b-c-d"),
        ("鲍勃・迪伦•", "鲍勃·迪伦·"),
        ("甲、乙，丙。", "甲,乙,丙."),
        ("ﾊﾟﾅｿﾆｯｸ", "パナソニック"),
        ("上\u200b海\ufeff\ufe0f", "上海"),
        ("e\u0301", "é"),
        ("a\0b", "a b"),
        ("\ud842", "\ufffd"),
    ],
)
def test_one_form_stands_for_all_ways_to_type_it(typed, folded):
    assert fold(typed) == folded


def test_words_are_divided_at_every_kind_of_space_and_each_part_counts_once():
    assert divide(" 上海\u3000ABB\tａｂｂ \u200b 海 ") == ("上海", "abb", "海")


def letters(symbols):
    text = "".join(
        "." if each & ~FIRST == BREAK else chr((each & ~FIRST) + 96) for each in symbols
    )
    starts = [at for at, each in enumerate(symbols) if each & FIRST]
    return " ".join(text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=False))


@pytest.mark.parametrize(
    ("word", "spelled", "initials"),
    [
        ("闵行", "min hang", "m h"),
        ("银行", "yin hang", "y h"),
        ("行", "xing", "x"),
        ("重庆", "chong qing", "c q"),
        ("长三角", "chang san jiao", "c s j"),
        ("大厦", "da sha", "d s"),
        ("绿地", "lv di", "l d"),
        ("tcl集团", "tcl ji tuan", "t c l j t"),
        ("3d-打印", ". d da yin", ". d d y"),
        ("𠮷", ".", "."),
        ("(,)", "", ""),
    ],
)
def test_a_word_sounds_as_people_say_it(word, spelled, initials):
    assert letters(spell(word).letters) == spelled
    assert letters(spell(word).initials) == initials


@given(st.text("上海闵行tclab3(𠮷 ", max_size=12))
def test_every_letter_belongs_to_a_character(name):
    spelling = sound(name)

    assert len(spelling.letters) == len(spelling.letters_of)
    assert len(spelling.initials) == len(spelling.initials_of)
    assert list(spelling.letters_of) == sorted(spelling.letters_of)
    assert all(name[at].isalnum() for at in spelling.letters_of + spelling.initials_of)


def test_the_score_keeps_within_its_type_however_many_parts_there_are():
    assert score(MOST + 5, 65_535) == 2**31 - 1


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (Document((("上海", "上"), (), ())), 253),
        (Document(((), ("上海",), ())), 253),
        (Document(((), ("上海",), ()), texts=(("某路",), (), ())), 0),
        (Document(((), ("上海",), ()), codes=(("9131",), (), ())), 0),
        (Document((("上" * 300,), (), ())), 0),
        (Document(weight=2), 512),
        (Document(weight=999), 255 << 8),
        (Document(weight=-1), 0),
    ],
)
def test_the_standing_shows_nothing_of_names_one_may_not_see(document, expected):
    assert standing(document) == expected


@pytest.mark.parametrize("module", [each.name for each in pkgutil.iter_modules(engine.__path__)])
def test_the_examples_of_the_manual_hold(module):
    named = importlib.import_module(f"chuangtu.engines.search.{module}")

    assert doctest.testmod(named).failed == 0
