"""A small district with a corner cut out, and totals for it."""

from datetime import date

from chuangtu.engines.sample.model import Ground, Totals, Town, Zone

# An L: the north-east quarter does not belong to it.
L_SHAPE = (
    '{"type": "Polygon", "coordinates": [[[121.2, 30.9], [121.6, 30.9], [121.6, 31.1],'
    " [121.4, 31.1], [121.4, 31.3], [121.2, 31.3], [121.2, 30.9]]]}"
)
TOWNS = (
    Town("999999001", "南镇", 121.5, 31.0, 2.0, ("南大街",)),
    Town("999999002", "北镇", 121.3, 31.2, 1.0, ("北大街", "北环路")),
)
ZONES = (Zone("park:one", "一号园", 121.25, 31.0, 1.0), Zone("park:two", "二号园", 121.3, 31.25))
GROUND = Ground("999999", "示例", L_SHAPE, TOWNS, ZONES)

COUNTS = {
    "hnte": 57,
    "hnte_new": 38,
    "hnte_patents": 437,
    "tech_little_giants": 30,
    "little_giants_new": 6,
    "cultivated_new": 9,
    "district_little_giants": 10,
    "national_innovative": 3,
    "municipal_innovative": 6,
    "patent_pilots": 7,
    "district_patent_demonstrations": 8,
    "rd_bodies": 60,
    "rd_bodies_municipal": 40,
    "rd_engineering_new": 4,
    "rd_technology_centers_new": 5,
    "rd_district_new": 18,
    "incubators": 6,
    "incubators_new": 4,
    "incubators_area_sqm": 25_700,
    "incubatees": 150,
    "pre_incubators": 5,
    "pre_incubators_new": 3,
    "pre_incubators_area_sqm": 643,
    "pre_incubated": 71,
    "accelerators": 2,
    "accelerators_area_sqm": 12_900,
    "accelerated": 7,
    "private_municipal_incubators": 2,
    "alliances": 2,
    "neeq_listed": 3,
    "listed_boards": 5,
    "invention_patents": 1_038,
    "invention_grants": 286,
    "later_inventions": 300,
}
TOTALS = Totals(date(2015, 12, 31), date(2026, 6, 30), date(2011, 1, 1), COUNTS)
