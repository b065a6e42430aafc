"""What is proposed for a slip is a whole word that stands in the index, as it stands there."""

import pytest

from chuangtu.engines.search.amend import amend
from chuangtu.engines.search.correct import correct
from chuangtu.engines.search.match import match
from chuangtu.engines.search.model import Document
from chuangtu.terms.viewer import Visibility
from tests.engines.search.test_search_suggest import index_of

PUBLIC, INTERNAL, RESTRICTED = Visibility

DOCUMENTS = [
    Document((("闵行区科技创业中心", "Minhang Incubator"), (), ())),
    *[Document(((f"闵行第{n}公司",), (), ())) for n in range(40)],
    *[
        Document(((f"莘庄孵化器{n}",), (), ()), ((f"incubators in town {n}",), (), ()))
        for n in "ab"
    ],
    Document((("七宝机器人",), (), ()), (("Industrial ROBOTICS，自动化",), (), ("secretive",))),
    Document((("某某公司", "ABB Robotics"), (), ())),
    Document((("①Ⅷ Optoelectronics",), (), ())),
    Document((("绝密",), (), ("Submarine",))),
    Document(),
]


@pytest.fixture(scope="module")
def index():
    return index_of(DOCUMENTS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Minhag", "Minhang"),
        ("incubatr", "Incubator"),
        ("robtics", "Robotics"),
        ("robotcs", "Robotics"),
        ("industral", "industrial"),
        ("optoelectronis", "optoelectronics"),
        # Pinyin of whole syllables is a word too; a piece of a syllable is none.
        ("xinzhuag", "xinzhuang"),
        ("qibaoo", "qibao"),
        # No word is near, but one that begins with what is near.
        ("incubet", "Incubator"),
        ("闵航", "闵行"),
        ("robtics 某某", "Robotics 某某"),
    ],
)
def test_whole_words_are_proposed_in_their_written_form(index, typed, meant):
    assert not len(match(index, typed, PUBLIC))

    assert correct(index, typed, PUBLIC) == meant
    assert len(match(index, meant, PUBLIC))


@pytest.mark.parametrize("typed", ["submarin3", "submarime", "secretve", "zzzzz", "bot1cs"])
def test_what_the_viewer_may_not_see_or_nobody_wrote_is_not_proposed(index, typed):
    assert correct(index, typed, PUBLIC) is None


def test_who_sees_more_is_told_of_more(index):
    assert correct(index, "submarime", RESTRICTED) == "Submarine"
    assert correct(index, "secretve", RESTRICTED) == "secretive"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Minhag", "Minhang"),
        ("incubatr", "Incubator"),
        ("robtics 七宝", "Robotics 七宝"),
        ("闵航", "闵行"),
        ("闵", None),
        ("七①", None),
        ("submarime", None),
        ("zzzzz", None),
        ("minhag 某某", None),
        ("", None),
    ],
)
def test_a_few_documents_are_asked_without_an_index(typed, meant):
    assert amend(DOCUMENTS, typed, PUBLIC) == meant
    assert amend([], typed, PUBLIC) is None


def test_the_commoner_word_and_the_first_letter_decide():
    said = [Document(((name,), (), ())) for name in ("Habbit", "Habit", "Habit", "Rabit")]

    assert amend(said, "habiit", PUBLIC) == "Habit"
    assert amend(said, "rabiit", PUBLIC) == "Rabit"
