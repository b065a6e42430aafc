"""Code lists are complete, name their source, and say what is wrong with them."""

import csv
from pathlib import Path

import pytest
import yaml

from chuangtu.rulebook import lists

GIVEN = Path(__file__).resolve().parents[3] / "shared/data/gbt4754_2017.csv"


@pytest.mark.parametrize("name", lists.names())
def test_every_list_says_where_it_comes_from(name):
    found = lists.code_list(name)

    assert len(found.source) > 10
    assert found.zh
    assert found.en
    assert len({each.code for each in found.choices}) == len(found.choices)
    assert all(each.code == each.code.lower() and " " not in each.code for each in found.choices)


def test_the_industry_classification_cites_its_standard():
    assert "GB/T 4754-2017" in lists.industry_source()


@pytest.mark.skipif(not GIVEN.exists(), reason="the comparison table is not on this machine")
def test_sections_and_divisions_are_those_of_the_published_table():
    with GIVEN.open(encoding="utf-8-sig") as table:
        rows = [row for row in csv.DictReader(table) if row["level"] in ("1", "2")]
    published = {row["division"] or row["section"]: row["name"] for row in rows}

    ours = lists.industry()

    assert {each.code: each.zh for each in (*ours.sections, *ours.divisions)} == published


GOOD = {"name": "sample", "zh": "样", "en": "Sample", "source": "somewhere", "codes": []}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"codes": []}, "has no codes"),
        ({"codes": [{"code": "a", "zh": "甲"}]}, "entry 1 is incomplete"),
        ({"codes": ["a"]}, "entry 1 is incomplete"),
        ({"codes": [{"code": 1, "zh": "甲", "en": "A"}]}, "entry 1 is incomplete"),
        ({"source": ""}, "lacks source"),
        ({"name": "other"}, "another name than its file"),
        (
            {
                "codes": [
                    {"code": "a", "zh": "甲", "en": "A"},
                    {"code": "b", "zh": "乙", "en": "B", "aliases": ["甲"]},
                ]
            },
            "'甲' means both a and b",
        ),
    ],
)
def test_a_faulty_list_is_named_with_its_remedy(tmp_path, change, said):
    path = tmp_path / "sample.yaml"
    path.write_text(yaml.safe_dump({**GOOD, **change}, allow_unicode=True))

    with pytest.raises(lists.CodeListError, match=said) as caught:
        lists.read_code_list(path)

    assert str(caught.value).startswith("rulebook/codes/sample.yaml: ")
    assert "请" in caught.value.zh


def test_what_is_not_yaml_or_not_there_is_said_so(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("codes: [")

    with pytest.raises(lists.CodeListError, match="is not YAML"):
        lists.read_code_list(broken)
    with pytest.raises(lists.CodeListError, match="does not exist"):
        lists.code_list("unheard_of")
