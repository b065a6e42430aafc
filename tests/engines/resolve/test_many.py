"""Many records: pairs, matches of one row, and what may be merged."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from chuangtu.engines.resolve.cluster import cluster
from chuangtu.engines.resolve.find_matches import find_matches
from chuangtu.engines.resolve.find_pairs import find_pairs
from chuangtu.engines.resolve.index import TwiceError, build_index
from chuangtu.engines.resolve.judge import judge
from chuangtu.engines.resolve.model import Name, Pair, Party, Reason, Verdict
from tests.engines.resolve import (
    corruptions,
    decorated,
    heldout,
    more_corruptions,
    rough_corruptions,
)
from tests.engines.resolve.invented import invent
from tests.engines.resolve.labelled import make_pairs, score
from tests.engines.resolve.tricky import tricky_pairs

CODE, OTHER_CODE = "91990112000000000N", "919901124827104341"


def party(key, name, **more):
    return Party(key, (Name(name),), **more)


def verdicts(pairs):
    return {(each.first, each.second): each.judgement.verdict for each in pairs}


@pytest.mark.parametrize("seed", [1, 7, 2026])
@pytest.mark.parametrize(
    ("kinds", "recall", "recall_with_queue"),
    [
        (corruptions, 0.97, 0.99),
        (more_corruptions, 0.97, 0.98),
        (decorated, 0.97, 0.98),
        (heldout, 0.96, 0.97),
        (rough_corruptions, 0.90, 0.94),
    ],
    ids=lambda kinds: getattr(kinds, "__name__", str(kinds)).rpartition(".")[2],
)
def test_labelled_pairs_are_told_apart(kinds, recall, recall_with_queue, seed):
    found = score(make_pairs(seed, 2_000, ways=kinds.WAYS, traps=kinds.TRAPS))

    assert found.precision >= 0.99, found.false
    assert found.recall >= recall, found.missed
    assert found.recall_with_queue >= recall_with_queue, found.missed


def test_the_same_seed_gives_the_same_pairs():
    assert make_pairs(3, 50) == make_pairs(3, 50)
    assert make_pairs(3, 50) != make_pairs(4, 50)


def test_pairs_found_among_many_are_those_of_comparing_all_with_all():
    parties = [each.one for each in make_pairs(5, 160)]
    parties += [each.other for each in make_pairs(5, 160)]
    parties = [replace(each, key=str(at)) for at, each in enumerate(parties)]

    found = verdicts(find_pairs(parties))

    for one, other in combinations(parties, 2):
        first, second = sorted((one, other), key=lambda each: each.key)
        verdict = judge(first, second).verdict
        assert found.get((first.key, second.key), Verdict.DIFFERENT) is verdict, (one, other)


def test_tricky_pairs_are_found_as_they_are_judged():
    hidden = {Reason.CODE_NEAR, Reason.NAME_SOUNDED, Reason.NAME_ENGLISH}
    for answer, one, other, line in tricky_pairs():
        if answer == "different" or judge(one, other).reasons[0].reason in hidden:
            continue

        assert verdicts(find_pairs([other, one])) == {("1", "2"): answer}, line
        assert [each.judgement.verdict for each in find_matches(one, build_index([other]))] == [
            answer
        ], line


def test_a_faulty_code_asks_for_those_a_slip_away():
    parties = [
        party("a", "上海云山软件有限公司", uscc=OTHER_CODE),
        party("b", "上海晨泰模具有限公司", uscc="919901124827104241"),
    ]

    assert verdicts(find_pairs(parties)) == {("a", "b"): Verdict.DOUBTFUL}


@pytest.mark.parametrize(
    "faulty", ["9199011248271043", "9199011248271043411", "91990112482710434"]
)
def test_a_code_with_a_sign_lost_or_doubled_is_near(faulty):
    parties = [
        party("a", "上海云山软件有限公司", uscc=OTHER_CODE),
        party("b", "上海晨泰模具有限公司", uscc=faulty),
    ]

    assert bool(find_pairs(parties)) is (len(faulty) > 16)


def test_one_other_sign_is_weighed_where_a_faulty_code_may_speak():
    parties = [
        party("a", "上海云杉软件有限公司", uscc=OTHER_CODE),
        party("b", "上海云松软件有限公司", uscc="919901124827104241"),
        party("c", "上海云桐软件有限公司", uscc="123"),
    ]

    assert verdicts(find_pairs(parties)) == {("a", "b"): Verdict.DOUBTFUL}


def test_what_shares_a_key_may_still_be_another():
    index = build_index([party("a", "上海云杉软件有限公司"), party("b", "上海云松软件有限公司")])
    row = Party("row", (Name("苏州云杉软件有限公司"), Name("苏州云杉光学有限公司")))

    assert find_matches(row, index) == []


def test_places_without_a_brand_meet_by_place_and_form():
    parties = [
        party("a", "上海市闵行区图书馆"),
        party("b", "闵行区图书馆"),
        party("c", "上海图书馆"),
    ]

    assert list(verdicts(find_pairs(parties))) == [("a", "b")]


def test_no_parties_have_no_pairs():
    assert find_pairs([]) == []
    assert find_pairs([party("a", "上海云杉软件有限公司")]) == []
    assert find_matches(party("a", "上海云杉软件有限公司"), build_index([])) == []


def test_a_key_is_given_once():
    with pytest.raises(TwiceError, match="'a'"):
        build_index([party("a", "一达"), party("a", "二达")])


def test_more_than_four_hundred_of_one_name_are_compared_with_their_neighbours():
    parties = [party(f"{at:03}", "上海云杉软件有限公司") for at in range(410)]

    found = verdicts(find_pairs(parties))

    assert ("000", "400") in found
    assert ("000", "401") not in found


def test_a_row_finds_its_organisation_among_others():
    index = build_index([party(str(each.serial), each.name) for each in invent(300, 4)])
    meant = invent(300, 4)[17]

    found = find_matches(party("row", f"{meant.name}（示例）"), index)

    assert [each.key for each in found] == ["17"]
    assert found[0].judgement.verdict is Verdict.SAME


def test_a_row_that_means_two_is_doubtful_for_both():
    index = build_index([party("sh", "上海云杉软件有限公司"), party("sz", "苏州云杉软件有限公司")])

    found = find_matches(party("row", "云杉软件有限公司"), index)

    assert [(each.key, each.judgement.verdict) for each in found] == [
        ("sh", Verdict.DOUBTFUL),
        ("sz", Verdict.DOUBTFUL),
    ]
    assert found[0].judgement.reasons[0].reason is Reason.RIVAL
    assert "苏州云杉软件有限公司" in found[0].judgement.reasons[0].zh


def test_a_code_tells_which_of_two_is_meant():
    index = build_index(
        [party("sh", "上海云杉软件有限公司", uscc=CODE), party("sz", "苏州云杉软件有限公司")]
    )

    found = find_matches(party("row", "云杉软件有限公司", uscc=CODE), index)

    assert [(each.key, each.judgement.verdict) for each in found] == [
        ("sh", Verdict.SAME),
        ("sz", Verdict.DOUBTFUL),
    ]


def test_a_row_of_two_records_of_one_organisation_is_the_same_as_both():
    index = build_index(
        [party("a", "上海云杉软件有限公司"), party("b", "上海市云杉软件有限责任公司")]
    )

    found = find_matches(party("row", "上海雲杉軟件有限公司"), index)

    assert {each.judgement.verdict for each in found} == {Verdict.SAME}


def test_a_row_with_several_names_is_compared_by_all():
    index = build_index([party("a", "上海云杉软件有限公司"), party("b", "上海云松软件有限公司")])
    row = Party("row", (Name("上海云杉软件"), Name("Yunshan Ltd")))

    assert [each.key for each in find_matches(row, index)] == ["a"]


def test_a_row_does_not_find_itself():
    index = build_index([party("a", "上海云杉软件有限公司")])

    assert find_matches(party("a", "上海云杉软件有限公司"), index) == []


def test_records_of_one_organisation_are_joined():
    parties = [
        party("a", "上海云杉软件有限公司", uscc=CODE),
        party("b", "上海市云杉软件有限责任公司"),
        party("c", "晨泰模具有限公司", uscc=CODE),
        party("d", "上海浦元光学有限公司"),
    ]

    found = cluster(find_pairs(parties), parties)

    assert found.merged == (("a", "b", "c"),)
    assert found.doubtful == ()


def test_a_doubtful_pair_never_joins():
    parties = [party("a", "上海鑫源机械有限公司"), party("b", "上海新源机械有限公司")]
    pairs = find_pairs(parties)

    found = cluster(pairs, parties)

    assert found.merged == ()
    assert found.doubtful == tuple(pairs)


def test_a_record_between_two_that_differ_joins_neither():
    parties = [
        party("a", "上海云杉软件有限公司", uscc=CODE),
        party("b", "云杉软件有限公司"),
        party("c", "苏州云杉软件有限公司", uscc=OTHER_CODE),
    ]

    found = cluster(find_pairs(parties), parties)

    assert found.merged == ()
    assert [(each.first, each.second) for each in found.doubtful] == [("a", "b"), ("b", "c")]
    assert found.doubtful[0].judgement.verdict is Verdict.DOUBTFUL
    assert found.doubtful[0].judgement.reasons[0].reason is Reason.RIVAL


def test_a_whole_name_joins_before_one_without_its_region():
    parties = [
        party("a", "上海云杉软件有限公司"),
        party("b", "云杉软件有限公司"),
        party("c", "苏州云杉软件有限公司"),
        party("d", "上海市云杉软件有限公司"),
        party("e", "上海雲杉軟件有限公司", uscc=CODE),
    ]

    found = cluster(find_pairs(parties), parties)

    assert found.merged == (("a", "d", "e"),)
    assert all("b" in (each.first, each.second) for each in found.doubtful)


def test_hundreds_that_hang_together_are_looked_at():
    parties = [party(f"{at:03}", "上海云杉软件有限公司") for at in range(305)]

    found = cluster(find_pairs(parties), parties)

    assert found.merged == ()
    assert "305" in found.doubtful[0].judgement.reasons[0].en


def test_a_pair_of_an_unknown_party_is_refused():
    pairs = find_pairs([party("a", "上海云杉软件有限公司"), party("b", "上海云杉软件有限公司")])

    with pytest.raises(KeyError):
        cluster(pairs, [party("a", "上海云杉软件有限公司")])
    assert isinstance(pairs[0], Pair)
