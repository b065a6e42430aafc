"""Search in two million titles, side by side with other engines, every total checked.

Run with `python -m benchmarks.search_titles`. Each engine runs in a process of its own, one after
the other, over the same titles and the same questions; results go to `benchmarks/results`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.machine import machine, peak_mb, private_mb
from benchmarks.search_corpus import titles as make_titles
from benchmarks.search_peers import Chuangtu, Engine, Postgres, Sqlite, Tantivy, plain_count
from benchmarks.search_queries import Query, queries, sounds
from chuangtu.engines.search.correct import correct
from chuangtu.engines.search.match import match
from chuangtu.engines.search.suggest import suggest
from chuangtu.terms.viewer import Visibility

ENGINES: dict[str, type[Engine]] = {
    "chuangtu": Chuangtu,
    "tantivy": Tantivy,
    "sqlite": Sqlite,
    "postgres": Postgres,
}
RESULTS = Path(__file__).parent / "results"
# The least of so many runs of each question counts: the machine is shared.
RUNS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--titles", type=int, default=2_000_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--engines", nargs="*", default=list(ENGINES), choices=list(ENGINES))
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    titles = list(make_titles(options.titles))
    asked = queries(titles, options.queries)
    distinct = list(dict.fromkeys(each.words for each in asked))
    truth = dict(zip(distinct, plain_count(titles, distinct), strict=True))
    listed = Path(tempfile.mkstemp(suffix=".txt")[1])
    listed.write_text("\n".join(titles), encoding="utf-8")
    del titles
    report: dict[str, Any] = {
        "machine": machine(),
        "titles": options.titles,
        "queries": len(asked),
        "distinct": len(distinct),
        "sorts": {
            sort: sum(q.sort == sort for q in asked) for sort in sorted({q.sort for q in asked})
        },
        "engines": {},
    }
    for name in options.engines:
        if name == "postgres" and not Postgres.binaries.exists():
            sys.stdout.write("no PostgreSQL here: left out\n")
            continue
        found = _apart(_measure, name, listed, asked, truth)
        report["engines"][name] = found
        sys.stdout.write(f"{name}: {json.dumps(found['all'])}\n")
        sys.stdout.flush()
        # After each engine, so that a run broken off has something to show.
        _save(report, options.out)
    listed.unlink()


def _save(report: dict[str, Any], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (folder / "search.json").write_text(text + "\n")
    (folder / "search.md").write_text(_page(report))


def _apart(work: Callable[..., Any], *arguments: Any) -> Any:
    """Do the work in a fresh process, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def _measure(name: str, listed: Path, asked: list[Query], truth: dict[str, int]) -> dict[str, Any]:
    engine = ENGINES[name]()
    titles = listed.read_text(encoding="utf-8").split("\n")
    before = peak_mb()
    with tempfile.TemporaryDirectory() as folder:
        start, worked = time.perf_counter(), time.process_time()
        engine.build(titles, Path(folder))
        built = {
            "seconds": time.perf_counter() - start,
            "cpu seconds": time.process_time() - worked,
            "grown by MB": peak_mb() - before,
        }
        home = engine.home if isinstance(engine, Postgres) else Path(folder)
        built["disk MB"] = sum(f.stat().st_size for f in home.rglob("*") if f.is_file()) / 1e6
        try:
            found = _asked(engine, asked, truth)
            extra = _more(engine, titles) if isinstance(engine, Chuangtu) else {}
        finally:
            engine.close()
    return {"name": engine.name, "build": built, **found, **extra, "private MB": private_mb()}


def _asked(engine: Engine, asked: list[Query], truth: dict[str, int]) -> dict[str, Any]:
    for each in asked[:50]:
        engine.ask(each.words)
    first: list[float] = []
    best: dict[str, float] = {}
    wrong: dict[str, tuple[int, int]] = {}
    for run in range(RUNS):
        for each in asked:
            start = time.perf_counter()
            total, counts = engine.ask(each.words)
            took = (time.perf_counter() - start) * 1e3
            if run == 0:
                first.append(took)
            best[each.words] = min(best.get(each.words, took), took)
            if total != truth[each.words] or sum(counts) != total:
                wrong[each.words] = (total, truth[each.words])
        if sum(first) > 60_000:
            break  # a slow engine need not be asked again and again
    by_sort = {
        sort: _spread([best[each.words] for each in asked if each.sort == sort])
        for sort in sorted({each.sort for each in asked})
    }
    return {
        "all": _spread([best[each.words] for each in asked]),
        "first run": _spread(first),
        "by sort": by_sort,
        "wrong totals": len(wrong),
        "examples": dict(list(wrong.items())[:5]),
    }


def _more(engine: Chuangtu, titles: list[str]) -> dict[str, Any]:
    """Measure what the peers have no counterpart of."""
    index, public = engine.index, Visibility.PUBLIC
    heard = [each.words for each in sounds(titles, 200)]
    typed = [title[:length] for title in titles[:60] for length in (1, 2, 4)] + [
        each[:length] for each in heard[:60] for length in (1, 2, 4)
    ]
    slips = [each[:3] + "q" + each[3:] for each in heard if len(each) > 5][:30]
    asked = [each.words for each in queries(titles, 200)]
    work: dict[str, tuple[Callable[[str], Any], list[str]]] = {
        "pinyin and initials, top": (engine.ask, heard),
        "suggest": (lambda words: suggest(index, words, public), typed),
        "match, all positions": (lambda words: match(index, words, public), asked),
        "correct": (lambda words: correct(index, words, public), slips),
    }
    return {"more": {name: _spread(_least(verb, words)) for name, (verb, words) in work.items()}}


def _least(verb: Callable[[str], Any], words: list[str]) -> list[float]:
    times: list[float] = []
    for each in words:
        runs: list[float] = []
        for _ in range(RUNS):
            start = time.perf_counter()
            verb(each)
            runs.append((time.perf_counter() - start) * 1e3)
        times.append(min(runs))
    return times


def _spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "p50": round(ordered[len(ordered) // 2], 3),
        "p95": round(ordered[int(len(ordered) * 0.95)], 3),
        "max": round(ordered[-1], 3),
    }


def _page(report: dict[str, Any]) -> str:
    facts = " · ".join(f"{name} {value}" for name, value in report["machine"].items())
    ours = report["engines"].get("chuangtu")
    lines = [
        "# Search: titles, top 20, total and one facet",
        "",
        f"{report['titles']:,} generated titles, {report['queries']} questions "
        f"({report['distinct']} distinct). {facts}.",
        "",
        f"Milliseconds in process, the least of {RUNS} runs of each question; `first run` is the "
        "first time each was asked. Every total was compared with a plain count of substrings.",
        "",
        "| engine | p50 | p95 | max | first run p95 | p95 ÷ ours | wrong totals | build s (CPU s) "
        "| build memory MB | disk MB |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for each in report["engines"].values():
        built = each["build"]
        ratio = each["all"]["p95"] / ours["all"]["p95"] if ours else 1
        lines.append(
            f"| {each['name']} | {each['all']['p50']:.2f} | {each['all']['p95']:.2f} | "
            f"{each['all']['max']:.1f} | {each['first run']['p95']:.2f} | {ratio:.1f} | "
            f"{each['wrong totals']} | {built['seconds']:.0f} ({built['cpu seconds']:.0f}) | "
            f"{built['grown by MB']:.0f} | {built['disk MB']:.0f} |"
        )
    lines += ["", "By sort of question, p50 / p95:", ""]
    names = [each["name"] for each in report["engines"].values()]
    lines += ["| sort (number) | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for sort, number in report["sorts"].items():
        cells = [each["by sort"][sort] for each in report["engines"].values()]
        shown = " | ".join(f"{each['p50']:.2f} / {each['p95']:.2f}" for each in cells)
        lines.append(f"| {sort} ({number}) | {shown} |")
    if ours:
        lines += ["", "What only this engine answers:", "", "| verb | p50 | p95 | max |"]
        lines += ["|---|---|---|---|"]
        for name, each in ours["more"].items():
            lines.append(f"| {name} | {each['p50']:.2f} | {each['p95']:.2f} | {each['max']:.1f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
