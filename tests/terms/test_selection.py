"""A Selection has one canonical form and refuses what it does not understand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from chuangtu.terms.errors import ParameterError
from chuangtu.terms.place import Box, Circle
from chuangtu.terms.selection import Selection, read_selection
from chuangtu.terms.viewer import OFFICER, VISITOR
from chuangtu.terms.vocabulary import Vocabulary

TODAY = date(2026, 1, 1)
WORDS = Vocabulary(
    kinds=frozenset({"carrier", "patent"}),
    facets={"level": frozenset({"national", "district"}), "town": None},
    numbers=frozenset({"area_sqm"}),
    days=frozenset({"granted_on"}),
)


def read(*pairs, viewer=VISITOR):
    return read_selection(pairs, WORDS, viewer=viewer, today=TODAY)


def test_the_canonical_form_reads_back_to_the_same_selection():
    asked = read(
        ("town", "310112101"), ("kind", "patent"), ("q", " 孵化  器 "), ("area_sqm.min", "12.50"),
        ("granted_on.max", "2015-12-31"), ("bbox", "121,31,122,32"), ("as_of", "2015-12-31"),
        ("polygon", "121,31;122,31;122,32;121,31"), ("circle", "121.4,31.1,500"),
    )  # fmt: skip

    again = read(*asked.parameters())

    assert again == asked
    assert again.key() == asked.key()


@pytest.mark.parametrize("written", ["0." + "1" * 16, "9" * 16 + "." + "9" * 16, "-0.0", "007"])
def test_a_bound_is_kept_exactly_as_it_was_written(written):
    asked = read(("area_sqm.min", written))

    assert asked.ranges["area_sqm"].low == Decimal(written)
    assert read(*asked.parameters()) == asked


def test_a_position_near_zero_is_written_without_an_exponent_and_read_again():
    asked = Selection(areas=(Circle(1e-7, 5e-324, 0.5), Box(-1e-7, 0.0, 1e-7, 1.0)))

    assert all("e" not in value for name, value in asked.parameters() if name != "as_of")
    assert read(*asked.parameters()) == asked


def test_spaces_beside_a_comma_say_nothing():
    assert read(("bbox", "121, 31, 122, 32")) == read(("bbox", "121,31,122,32"))


def test_order_and_repetition_do_not_make_another_question():
    assert read(("kind", "patent"), ("kind", "carrier"), ("kind", "patent")) == read(
        ("kind", "carrier"), ("kind", "patent")
    )


def test_two_classes_of_viewers_never_share_a_key():
    assert read().key() != read(viewer=OFFICER).key()


def test_words_that_look_like_parameters_do_not_forge_a_key():
    assert read(("q", "a&kind=patent")).key() != read(("q", "a"), ("kind", "patent")).key()


def test_as_of_is_today_unless_said_otherwise():
    assert read().as_of == TODAY
    assert read(("as_of", "any")).as_of is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colour", "red"), ("kind", "planet"), ("level", "galactic"), ("area_sqm.min", "wide"),
        ("area_sqm.min", "1e400"), ("area_sqm.min", "NaN"), ("granted_on.min", "2015-13-01"),
        ("as_of", "yesterday"), ("bbox", "1,2,3"), ("bbox", "122,31,121,32"),
        ("bbox", "a,b,c,d"), ("circle", "121,31,-5"), ("circle", "200,31,5"),
        ("polygon", "1,2;3,4"), ("polygon", "1,2,3"), ("area", "<script>"), ("q", "字" * 201),
        ("area_sqm.mid", "1"), ("level.min", "1"), ("area_sqm.min", "１２"),
        ("area_sqm.min", "1_000"), ("area_sqm.min", "1e3"), ("area_sqm.min", "+1"),
        ("area_sqm.min", "1" * 17), ("area_sqm.min", "0." + "1" * 17),
        ("area_sqm.max", "٣"), ("bbox", "１２１,31,122,32"), ("bbox", "1_21,31,122,32"),
        ("bbox", "121,31,inf,32"), ("bbox", "1e2,31,122,32"), ("circle", "121.4,31.1,1_000"),
        ("polygon", "121,31;122,31;122,３２"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_named_in_both_languages(name, value):
    with pytest.raises(ParameterError) as refusal:
        read((name, value))

    assert refusal.value.name == name
    assert refusal.value.zh
    assert refusal.value.en


@pytest.mark.parametrize("name", ["q", "as_of", "area_sqm.min"])
def test_two_answers_to_one_question_are_refused_and_one_answer_twice_is_not(name):
    first, second = {"q": ("a", "b"), "as_of": ("any", "2015-01-01")}.get(name, ("1", "2"))

    with pytest.raises(ParameterError):
        read((name, first), (name, second))

    assert read((name, first), (name, first)) == read((name, first))


def test_more_values_than_anyone_means_are_refused():
    with pytest.raises(ParameterError):
        read(*[("town", str(n)) for n in range(501)])


def test_an_area_nobody_knows_is_refused_where_the_areas_are_known():
    known = replace(WORDS, areas=frozenset({"310112101"}))

    with pytest.raises(ParameterError):
        read_selection([("area", "999")], known, viewer=VISITOR, today=TODAY)

    assert read_selection([("area", "310112101")], known, viewer=VISITOR, today=TODAY).areas


def test_lifting_a_facet_leaves_the_others():
    asked = read(("kind", "patent"), ("level", "national"), ("town", "1"))

    assert asked.without("level") == read(("kind", "patent"), ("town", "1"))
    assert asked.without("kind") == read(("level", "national"), ("town", "1"))


def test_an_empty_selection_is_everything():
    assert Selection().parameters() == (("as_of", "any"),)


def test_empty_values_say_nothing_and_equal_questions_are_one_in_a_set():
    assert len({read(("q", " "), ("town", "")), read()}) == 1


@pytest.mark.parametrize("name", ["colour", "area_sqm", "granted_on.most", "colour.min", "", "."])
def test_an_unknown_name_is_refused_also_when_its_value_is_empty(name):
    with pytest.raises(ParameterError) as refused:
        read((name, ""))
    assert refused.value.name == name


@pytest.mark.parametrize(
    "name", ["q", "kind", "as_of", "bbox", "area", "level", "area_sqm.min", "granted_on.max"]
)
def test_a_known_name_may_be_empty(name):
    assert read((name, " ")) == read()
