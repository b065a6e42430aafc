"""The demonstration district made small, and what is asked of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from chuangtu.apps.registry import queries as registry
from chuangtu.apps.snapshots import queries as readers
from chuangtu.rulebook.district import find_district_facts
from chuangtu.site import demonstration
from chuangtu.terms.codes import find_uscc_fault
from chuangtu.terms.selection import read_selection
from chuangtu.terms.viewer import VISITOR

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
MINHANG = find_district_facts("310112")
SMALL = {
    "hnte": 57, "hnte_new": 38, "hnte_patents": 437, "tech_little_giants": 60,
    "district_little_giants": 20, "national_innovative": 3, "municipal_innovative": 16,
    "patent_pilots": 17, "district_patent_demonstrations": 18, "neeq_listed": 6,
    "listed_boards": 5, "patent_applications": 1_545, "patent_grants": 746,
    "invention_grants": 287,
}  # fmt: skip


def small_facts():
    """The district with its larger figures made a tenth, and 3,000 enterprises."""
    figures = tuple(
        replace(each, value=str(SMALL.get(each.key, each.value))) for each in MINHANG.figures
    )
    sample = replace(MINHANG.sample, firm_count=3_000, later_inventions=200)
    return replace(MINHANG, figures=figures, sample=sample)


def load_minhang(at=AT, progress=None):
    return demonstration.load("310112", "test", at, progress)


def published():
    return [each for batch in registry.iter_published(2_000) for each in batch]


def count(pairs, on=date(2026, 3, 2)):
    """How many on a day, unless the pairs name another."""
    asked = read_selection(pairs, readers.vocabulary(VISITOR), viewer=VISITOR, today=on)
    return readers.count(asked).total


def check_figures(facts):
    counted = {
        each.key: count(each.selection, each.on) for each in facts.figures if each.selection
    }
    stated = {each.key: int(each.value) for each in facts.figures if each.selection}
    assert counted == stated
    assert len(counted) >= 15


def check_inventions(facts):
    day = facts.figures[0].on.isoformat()
    asked = [("kind", "patent"), ("patent_type", "invention"), ("granted_on.max", day)]
    assert count([*asked, ("as_of", day)]) == demonstration.totals_of(facts)["invention_patents"]


def check_marks(records):
    """Every record is either cited from a document or marked as an example, never both."""
    values = {each.id: each.payload["values"] for each in records}
    real = [each for each in records if not values[each.id].get("is_example")]
    examples = [each for each in records if values[each.id].get("is_example")]
    for each in real:
        assert "闵行区科技创新" in str(each.payload["sources"]), each.name
        assert "（示例）" not in each.name
    for each in examples:
        assert demonstration.EXAMPLE_SOURCE in str(each.payload["sources"]), each.name
        assert each.kind in ("patent", "instrument") or "（示例）" in each.name, each.name
    codes = [each["uscc"] for each in values.values() if each.get("uscc")]
    assert len(codes) == len(set(codes))
    assert not any(find_uscc_fault(code) for code in codes)
    return len(real), len(examples)
