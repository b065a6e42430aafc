"""Rows and acts that the register's tests share."""

from datetime import UTC, date, datetime

from stdnum.cn import uscc

from chuangtu.apps.registry import actions

AT = datetime(2016, 6, 15, 8, tzinfo=UTC)
SAID = {"source": "测试文件", "source_date": date(2016, 6, 1), "by": "tester", "at": AT}

FIRM = {
    "name": "上海某某科技有限公司",
    "uscc": "91110000600037341L",
    "organization_type": "企业",
    "industry": "C3962",
    "registered_capital_yuan": "500万元",
    "founded_on": "2001-02-03",
    "longitude": 121.415,
    "latitude": "31.089",
    "crs": "GCJ-02",
    "former_names": "上海某某研究所；上海某某厂",
    "registered_address": "东川路 800 号",
}


def apply(kind, rows, act="act", **more):
    return actions.apply_rows(kind=kind, rows=rows, act=act, **SAID, **more)


def create(kind="organization", act="", **values):
    return actions.create(kind=kind, values=values, act=act, **SAID)


def code(number):
    """A valid credit code made from a number."""
    body = f"91310112{number:09d}"
    return body + uscc.calc_check_digit(body)
