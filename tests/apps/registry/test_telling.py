"""Changes in words are the same words wherever they are told."""

import pytest
from django.utils import translation

from chuangtu.apps.registry.telling import Telling
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.apps.registers import add, district

pytestmark = pytest.mark.django_db


def told(kind, viewer=OFFICER, **changes):
    return {each.label: (each.before, each.after) for each in Telling(kind, viewer).tell(changes)}


def test_codes_towns_and_lists_are_told_by_their_names():
    district()

    said = told(
        "organization",
        town=("310112101", None),
        industry=(None, "3562"),
        is_above_size=(False, True),
        organization_type=("enterprise", "university"),
    )

    assert said["街镇"] == ("莘庄镇", "")
    assert said["行业代码"] == ("", "3562 专用设备制造业")
    assert said["规上企业"] == ("否", "是")
    assert said["单位类型"] == ("企业", "高等院校")


def test_names_sites_and_shapes_are_told_in_words():
    said = told(
        "organization",
        names=([["short", "甲", None, None]], [["short", "乙", None, None]]),
        sites=([], [["registered", "东川路1号", None, None, None, None, None, None]]),
        shape=(None, 12),
    )

    assert said["其他名称"] == ("甲", "乙")
    assert said["场所"] == ("", "注册地 东川路1号")
    assert said["边界"] == ("", "12 个点的面")


def test_english_pages_are_told_in_english():
    with translation.override("en"):
        said = told("organization", is_above_size=(None, True), shape=(None, 4))

    assert said == {"Above designated size": ("", "Yes"), "Boundary": ("", "area of 4 points")}


def test_a_partner_that_is_hidden_from_the_reader_is_not_told():
    here, secret = (
        add("organization", name="甲"),
        add("organization", name="乙", visibility="restricted"),
    )
    change = ([["holder", here, None, None, None]], [["holder", secret, None, None, None]])

    assert told("recognition", relations=change) == {"相关记录": ("甲", "")}
    assert told("recognition", ADMINISTRATOR, relations=change) == {"相关记录": ("甲", "乙")}


def test_a_field_that_is_hidden_from_the_reader_is_not_told():
    assert told("organization", VISITOR, contact=("甲", "乙")) == {}
    assert told("organization", OFFICER, contact=("甲", "乙")) == {"联系方式": ("甲", "乙")}


def test_many_changes_need_one_look_for_their_partners(django_assert_num_queries):
    firms = [add("organization", name=f"公司{n}") for n in range(5)]
    changes = [{"relations": ([], [["holder", each, None, None, None]])} for each in firms]
    telling = Telling("recognition", ADMINISTRATOR)

    with django_assert_num_queries(1):
        telling.meet(changes)
        steps = [telling.tell(each) for each in changes]

    assert [step.after for (step,) in steps] == [f"公司{n}" for n in range(5)]
