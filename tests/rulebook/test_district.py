"""What the documents say of a district is cited, short, complete and nowhere made more exact."""

import shutil
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from chuangtu.apps.registry.kinds import KINDS, field_of
from chuangtu.rulebook import district
from chuangtu.rulebook.district import DistrictFactsError, find_district_facts
from chuangtu.terms.place import Precision

PLAN = Path(__file__).resolve().parents[3] / "shared/seed/minhang-13th-fyp-sti-plan.txt"
MINHANG = find_district_facts("310112")


def folded(text):
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_at_least_sixty_real_things_are_named_each_once():
    names = Counter((each.kind, each.name) for each in MINHANG.entities)

    assert len(names) >= 60
    assert max(names.values()) == 1
    assert {each.kind for each in MINHANG.entities} >= {"zone", "carrier", "alliance", "fund"}
    assert sum(each.values.get("zone_type") == "key_area" for each in MINHANG.entities) == 5


@pytest.mark.skipif(not PLAN.exists(), reason="the plan's text is not on this machine")
def test_every_quotation_stands_in_the_plan():
    plan = folded(PLAN.read_text(encoding="utf-8"))

    missing = [
        each.quote
        for each in (*MINHANG.entities, *MINHANG.figures)
        if folded(each.quote) not in plan
    ]

    assert not missing


@pytest.mark.skipif(not PLAN.exists(), reason="the plan's text is not on this machine")
def test_every_figure_is_written_in_its_own_quotation_or_in_the_plans_table():
    table = folded(PLAN.read_text(encoding="utf-8").split("具体指标")[1].split("四、")[0])

    for each in MINHANG.figures:
        assert each.value in folded(each.quote) or each.value in table, each.key
        assert each.target in folded(each.quote) or each.target in table, each.key


@pytest.mark.parametrize("entity", MINHANG.entities, ids=lambda each: each.name)
def test_every_value_is_a_field_of_its_kind(entity):
    for name, value in entity.values.items():
        field = field_of(entity.kind, name)
        assert field is not None, f"{entity.name}: {name}"
        if field.choices:
            codes = {each.code for each in field.choices}
            assert {value} <= codes if isinstance(value, str) else set(value) <= codes
    assert entity.section
    assert MINHANG.document.title in entity.source


def test_no_position_claims_to_be_exact_and_all_lie_in_or_beside_the_district():
    spots = [each.spot for each in (*MINHANG.towns, *MINHANG.entities) if each.spot]

    assert len(spots) > 50
    for spot in spots:
        assert spot.precision in (Precision.ROAD, Precision.TOWN, Precision.DISTRICT)
        assert 121.23 < spot.longitude < 121.58
        assert 30.97 < spot.latitude < 31.27


def test_zones_and_towns_that_are_named_exist():
    areas = {each.area_code for each in MINHANG.entities if each.area_code}
    towns = {each.code for each in MINHANG.towns}

    for each in MINHANG.entities:
        assert each.zone == "" or each.zone in areas, each.name
        assert each.town == "" or each.town in towns, each.name


def test_figures_count_by_questions_the_register_understands():
    for figure in MINHANG.figures:
        asked = dict(figure.selection)
        if not asked:
            continue
        for name in set(asked) - {"kind", "as_of"}:
            field = field_of(asked["kind"], name.removesuffix(".min").removesuffix(".max"))
            assert field is not None, figure.key
            assert field.facet or field.ranged, figure.key
        assert asked["kind"] in KINDS


def test_a_district_without_a_folder_has_no_facts():
    assert find_district_facts("310113") is None
    assert find_district_facts("../310112") is None


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(district.FOLDER / "310112", tmp_path / "310112"))


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("funds.yaml", "- {name: 某基金, section: 一, values: {}}", "缺少 quote"),
        (
            "funds.yaml",
            f"- {{name: 某, section: 一, quote: {'长' * 61}, values: {{a: 1}}}}",
            "超过 60",
        ),
        ("funds.yaml", "- {name: [", "YAML"),
        ("funds.yaml", None, "不存在"),
        ("funds.yaml", "- 某基金", "缺少 name"),
        (
            "carriers.yaml",
            "- {name: 某, section: 一, quote: 某, values: {a: 1}, at: [121, 31, exact]}",
            "road|town|district",
        ),
        (
            "carriers.yaml",
            "- {name: 某, section: 一, quote: 某, values: {a: 1}, at: [东, 31]}",
            "road|town|district",
        ),
        (
            "zones.yaml",
            "- {code: z, kind: house, name: 某, section: 一, quote: 某, values: {a: 1}}",
            "kind 不对",
        ),
        ("figures.yaml", "- {key: hnte}", "缺少 zh"),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused_with_file_and_remedy(folder, file, text, told):
    if text is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(text, encoding="utf-8")

    with pytest.raises(DistrictFactsError) as refused:
        district.read_district_facts(folder)

    assert told in refused.value.zh
    assert f"rulebook/districts/310112/{file}" in refused.value.en
