"""The invented district shows its totals exactly on the day, and is marked throughout."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from chuangtu.engines.sample.choosing import TooFewFirmsError
from chuangtu.engines.sample.generate import generate
from chuangtu.engines.sample.model import SpanError, days_between, stream
from chuangtu.terms.codes import find_uscc_fault
from tests.engines.sample.grounds import COUNTS, GROUND, TOTALS

DAY = TOTALS.day
FIRMS = 4_000
STARTS = ("valid_from", "moved_in_on", "founded_on", "recognized_on", "opened_on", "applied_on")
ENDS = (
    "valid_until", "moved_out_on", "deregistered_on", "revoked_on", "closed_on", "lapsed_on",
)  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    return generate(GROUND, TOTALS, firm_count=FIRMS, seed=5, parent_fund="引导基金")


def holds(row, on):
    return all(row[n] <= on for n in STARTS if row.get(n)) and all(
        row[n] > on for n in ENDS if row.get(n)
    )


def in_force(rows, on=DAY, **wanted):
    return [
        row
        for row in rows
        if holds(row, on)
        and all(
            row.get(name) in values
            or (isinstance(row.get(name), tuple) and set(row[name]) & values)
            for name, values in wanted.items()
        )
    ]


@pytest.mark.parametrize(
    ("kind", "wanted", "count"),
    [
        ("recognition", {"title": {"hnte"}}, "hnte"),
        (
            "recognition",
            {"title": {"tech_little_giant", "tech_little_giant_cultivation"}},
            "tech_little_giants",
        ),
        (
            "recognition",
            {"title": {"district_little_giant_cultivation"}},
            "district_little_giants",
        ),
        ("recognition", {"title": {"national_innovative"}}, "national_innovative"),
        ("recognition", {"title": {"municipal_innovative"}}, "municipal_innovative"),
        ("recognition", {"title": {"patent_pilot", "patent_demonstration"}}, "patent_pilots"),
        (
            "recognition",
            {"title": {"district_patent_demonstration"}},
            "district_patent_demonstrations",
        ),
        ("rd_body", {"levels": {"national", "municipal", "district"}}, "rd_bodies"),
        ("rd_body", {"levels": {"national", "municipal"}}, "rd_bodies_municipal"),
        ("alliance", {}, "alliances"),
        ("carrier", {"carrier_type": {"incubator"}}, "incubators"),
        ("carrier", {"carrier_type": {"pre_incubator"}}, "pre_incubators"),
        ("carrier", {"carrier_type": {"accelerator"}}, "accelerators"),
        (
            "carrier",
            {"carrier_type": {"incubator"}, "level": {"municipal"}, "ownership": {"private"}},
            "private_municipal_incubators",
        ),
    ],
)
def test_the_day_shows_exactly_the_count(rows, kind, wanted, count):
    assert len(in_force(rows[kind], **wanted)) == COUNTS[count]


def test_inventions_in_force_are_those_granted_by_the_day_and_not_lapsed(rows):
    granted = [
        row
        for row in in_force(rows["patent"], patent_type={"invention"})
        if row.get("granted_on") and row["granted_on"] <= DAY
    ]

    assert len(granted) == COUNTS["invention_patents"]
    this_year = [row for row in granted if row["granted_on"].year == DAY.year]
    assert len(this_year) == COUNTS["invention_grants"]
    holders = {row["holder"] for row in in_force(rows["recognition"], title={"hnte"})}
    assert sum(row["owners"][0] in holders for row in granted) == COUNTS["hnte_patents"]


def first_certificates(rows):
    first = {}
    for row in rows["recognition"]:
        if row["title"] == "hnte":
            first[row["holder"]] = min(first.get(row["holder"], date.max), row["valid_from"])
    return first


def test_the_flows_of_the_five_years_hold_too(rows):
    holders = {row["holder"] for row in in_force(rows["recognition"], title={"hnte"})}
    first = first_certificates(rows)
    recent = {each for each, day in first.items() if TOTALS.flows_since <= day <= DAY}
    new = Counter(
        row["title"]
        for row in rows["recognition"]
        if TOTALS.flows_since <= row["valid_from"] <= DAY
    )
    bodies = Counter(
        row["body_titles"][0]
        for row in rows["rd_body"]
        if TOTALS.flows_since <= row["recognized_on"] <= DAY
    )

    assert len(recent) == len(recent & holders) == COUNTS["hnte_new"]
    assert new["tech_little_giant"] == COUNTS["little_giants_new"]
    assert new["tech_little_giant_cultivation"] == COUNTS["cultivated_new"]
    assert bodies["municipal_engineering_center"] == COUNTS["rd_engineering_new"]
    assert bodies["municipal_enterprise_technology_center"] == COUNTS["rd_technology_centers_new"]
    assert bodies["district_rd_institution"] == COUNTS["rd_district_new"]


@pytest.mark.parametrize(
    ("kind", "field", "total"),
    [
        ("incubator", "area_sqm", "incubators_area_sqm"),
        ("incubator", "incubatee_total_count", "incubatees"),
        ("pre_incubator", "area_sqm", "pre_incubators_area_sqm"),
        ("pre_incubator", "incubatee_total_count", "pre_incubated"),
        ("accelerator", "area_sqm", "accelerators_area_sqm"),
        ("accelerator", "incubatee_total_count", "accelerated"),
    ],
)
def test_areas_and_tenants_of_carriers_add_up(rows, kind, field, total):
    there = in_force(rows["carrier"], carrier_type={kind})

    assert sum(row[field] for row in there) == COUNTS[total]
    assert all(row[field] > 0 for row in there)


def test_nurseries_and_accelerators_are_run_by_those_who_run_incubators(rows):
    there = in_force(rows["carrier"])

    assert len({row["operator"] for row in there}) == COUNTS["incubators"]


def test_listings_of_the_day_are_there(rows):
    listed = Counter(
        row["listing"]
        for row in rows["organization"]
        if row.get("listed_on") and row["listed_on"] <= DAY
    )

    assert listed["neeq"] == COUNTS["neeq_listed"]
    assert listed["chinext"] + listed["szse_main"] == COUNTS["listed_boards"]


def test_every_row_is_marked_and_every_code_valid_and_used_once(rows):
    codes = [row["uscc"] for row in rows["organization"]]

    assert all(row["is_example"] is True for each in rows.values() for row in each)
    assert len(set(codes)) == len(codes) > FIRMS
    assert not any(find_uscc_fault(each) for each in codes)
    assert all(row["name"].endswith("（示例）") for row in rows["organization"])


def test_every_party_is_an_organization_of_the_sample(rows):
    codes = {row["uscc"] for row in rows["organization"]}
    said = [
        party
        for each in rows.values()
        for row in each
        for name in ("holder", "host", "operator", "owner", "leader", "manager")
        for party in [row.get(name)]
        if party
    ]
    several = [
        party
        for each in rows.values()
        for row in each
        for name in ("owners", "members")
        for party in row.get(name, ())
    ]

    assert set(said) | set(several) <= codes
    assert len(said) > 500


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("organization", ("name",)),
        ("recognition", ("title", "certificate_number")),
        ("rd_body", ("name",)),
        ("carrier", ("name", "carrier_type")),
        ("patent", ("application_number",)),
        ("patent", ("publication_number",)),
        ("instrument", ("asset_number",)),
        ("fund", ("name",)),
        ("platform", ("name",)),
        ("alliance", ("name",)),
        ("workstation", ("name",)),
        ("venue", ("name",)),
        ("service_agency", ("name",)),
    ],
)
def test_what_tells_records_apart_is_there_once(rows, kind, names):
    keys = [tuple(row.get(n) for n in names) for row in rows[kind] if row.get(names[-1])]

    assert len(set(keys)) == len(keys) > 0


def test_nobody_holds_owns_or_hosts_before_being_founded(rows):
    founded = {row["uscc"]: row["founded_on"] for row in rows["organization"]}

    for row in rows["recognition"]:
        assert founded[row["holder"]] < row["valid_from"]
    for row in rows["rd_body"]:
        assert founded[row["host"]] < row["recognized_on"]
    late = [row for row in rows["patent"] if founded[row["owners"][0]] > row["applied_on"]]
    assert len(late) < 0.02 * len(rows["patent"])


def test_spans_run_forward_and_nothing_happens_after_the_last_day(rows):
    for each in rows.values():
        for row in each:
            starts = [row[n] for n in STARTS if row.get(n)]
            ends = [row[n] for n in ENDS if row.get(n)]
            assert all(start <= TOTALS.until for start in starts)
            assert all(start < end for start in starts for end in ends), row


def test_certificates_run_three_years_and_follow_one_another(rows):
    by_holder = {}
    for row in rows["recognition"]:
        if row["title"] == "hnte":
            assert row["valid_until"].year == row["valid_from"].year + 3
            by_holder.setdefault(row["holder"], []).append(row["recognition_year"])
    assert all(
        later - earlier == 3
        for years in by_holder.values()
        for earlier, later in zip(sorted(years), sorted(years)[1:], strict=False)
    )
    assert max(len(years) for years in by_holder.values()) >= 4
    assert sum(len(years) == 1 for years in by_holder.values()) > 10


def test_counts_move_on_after_the_day_without_a_target(rows):
    of_day = [
        len(in_force(rows["recognition"], date(y, 12, 31), title={"hnte"}))
        for y in range(2015, 2026)
    ]

    assert len(set(of_day)) > 6
    assert of_day[5] > of_day[0]


def test_what_ended_a_certificate_early_is_said(rows):
    early = [
        row for row in rows["recognition"] if row.get("revoked_on") or row.get("moved_out_on")
    ]

    assert {bool(row.get("moved_out_on")) for row in early} == {True, False}
    assert all(row.get("revoked_because") for row in early if row.get("revoked_on"))


def test_some_certificates_count_from_the_day_their_holders_came(rows):
    came = [row for row in rows["recognition"] if row.get("moved_in_on")]

    assert came
    assert all(DAY < row["valid_from"] < row["moved_in_on"] < row["valid_until"] for row in came)


def test_application_numbers_carry_their_check_sign(rows):
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    for row in rows["patent"]:
        digits, check = row["application_number"].split(".")
        left = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
        assert check == ("X" if left == 10 else str(left))
        assert digits[5] == "9"
    assert {row["patent_status"] for row in rows["patent"]} == {
        "granted", "lapsed", "expired", "examination",
    }  # fmt: skip


def test_some_places_are_unknown_and_some_known_to_the_town_only(rows):
    known = Counter(row["precision"] for row in rows["organization"])

    assert known["none"] > 0
    assert known["town"] > 0
    assert all("longitude" not in r for r in rows["organization"] if r["precision"] == "none")
    assert all(isinstance(r["longitude"], Decimal) for r in rows["carrier"])


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(rows):
    again = generate(GROUND, TOTALS, firm_count=FIRMS, seed=5, parent_fund="引导基金")
    other = generate(GROUND, TOTALS, firm_count=FIRMS, seed=6)

    assert repr(again) == repr(rows)
    assert repr(other["organization"]) != repr(rows["organization"])
    assert any("parent_fund" in row for row in rows["fund"])
    assert not any("parent_fund" in row for row in other["fund"])


def test_too_few_enterprises_for_the_totals_are_refused():
    with pytest.raises(TooFewFirmsError, match="Make more enterprises"):
        generate(GROUND, TOTALS, firm_count=200, seed=5)


def test_a_sample_may_end_early_in_a_year():
    early = replace(TOTALS, until=date(2024, 2, 1))

    rows = generate(GROUND, early, firm_count=FIRMS, seed=5)

    assert len(in_force(rows["recognition"], title={"hnte"})) == COUNTS["hnte"]
    assert all(row["valid_from"] <= early.until for row in rows["recognition"])


def test_a_sample_that_ends_too_soon_to_move_on_is_refused():
    with pytest.raises(SpanError, match="seven years"):
        replace(TOTALS, until=date(2016, 2, 1))


def test_days_fall_on_working_days_within_their_span():
    days = days_between(stream(1, "days"), date(2015, 1, 1), date(2015, 12, 31), 2_000)

    assert min(days) >= date(2015, 1, 1)
    assert max(days) <= date(2015, 12, 31)
    assert {day.weekday() for day in days} == {0, 1, 2, 3, 4}
