"""The whole sample: rows of every kind, from one seed, showing the totals of one day."""

from __future__ import annotations

from datetime import date

from chuangtu.engines.sample.carriers import open_carriers
from chuangtu.engines.sample.certificates import certify
from chuangtu.engines.sample.firms import Firms, make_firms
from chuangtu.engines.sample.model import Ground, Ints, Row, Totals, days_between, stream
from chuangtu.engines.sample.organizations import list_organizations
from chuangtu.engines.sample.patents import apply_for_patents
from chuangtu.engines.sample.rd_bodies import found_rd_bodies
from chuangtu.engines.sample.services import offer_services
from chuangtu.engines.sample.titles import entitle

VERSION = "1"
"""Changes whenever the same seed gives other rows."""

_ORDER = (
    "organization", "recognition", "rd_body", "carrier", "platform", "alliance", "instrument",
    "patent", "fund", "workstation", "venue", "service_agency",
)  # fmt: skip


def generate(
    ground: Ground, totals: Totals, *, firm_count: int, seed: int, parent_fund: str = ""
) -> dict[str, list[Row]]:
    """Generate invented records of a district.

    Args:
        ground: where.
        totals: what must be counted on which day, beside real records. Names read: hnte,
            hnte_new, hnte_patents, tech_little_giants, little_giants_new, cultivated_new,
            district_little_giants, national_innovative, municipal_innovative, patent_pilots,
            district_patent_demonstrations, rd_bodies, rd_bodies_municipal, rd_engineering_new,
            rd_technology_centers_new, rd_district_new, incubators, incubators_new,
            incubators_area_sqm, incubatees, pre_incubators, pre_incubators_new,
            pre_incubators_area_sqm, pre_incubated, accelerators, accelerators_area_sqm,
            accelerated, private_municipal_incubators, alliances, neeq_listed, listed_boards,
            invention_patents, invention_grants, later_inventions.
        firm_count: how many enterprises.
        seed: the same seed gives the same rows.
        parent_fund: name of the guidance fund that sub-funds belong to, or "".

    Returns:
        Kind → rows with the fields of an import row, in an order in which parties come first.
        Every row has `is_example` true.

    Raises:
        TooFewFirmsError: `firm_count` is too small for the totals.
    """
    firms = make_firms(ground, firm_count, totals.until, seed)
    certificates = certify(firms, totals, seed)
    carriers = open_carriers(ground, totals, firm_count, seed)
    next_serial = firm_count + len(carriers.operators)
    services = offer_services(firms, ground, totals, parent_fund, next_serial, seed)
    listed = _listed(firms, totals, certificates.holders, seed)
    rows = {
        **services.rows,
        "organization": [
            *list_organizations(firms, ground, totals, listed, seed),
            *carriers.operators,
            *services.rows["organization"],
        ],
        "recognition": [*certificates.rows, *entitle(firms, totals, seed)],
        "rd_body": found_rd_bodies(firms, ground, totals, seed),
        "carrier": carriers.rows,
        "patent": apply_for_patents(firms, totals, certificates.holders, seed),
    }
    return {kind: rows[kind] for kind in _ORDER}


def _listed(firms: Firms, totals: Totals, holders: Ints, seed: int) -> dict[int, tuple[str, date]]:
    """Listed high-tech enterprises: those of the day, and some since."""
    rng = stream(seed, "listings")
    lasting = holders[firms.alive(totals.until)[holders]]
    day, until = totals.day, totals.until
    listed: dict[int, tuple[str, date]] = {}
    chosen = iter(rng.permutation(lasting).tolist())
    for market, count, first, last in (
        ("neeq", totals["neeq_listed"], totals.flows_since, day),
        ("chinext", totals["listed_boards"] // 2, totals.flows_since, day),
        (
            "szse_main",
            totals["listed_boards"] - totals["listed_boards"] // 2,
            totals.flows_since,
            day,
        ),
        ("star", 7, day.replace(year=day.year + 4), until),
        ("bse", 5, day.replace(year=day.year + 6), until),
    ):
        for on in days_between(rng, first, last, count):
            listed[next(chosen)] = (market, on)
    return listed
