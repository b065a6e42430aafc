"""The same question to each engine: how many, by kind, and twenty of them.

The peers need not rank: they give any twenty, which spares them work. What each engine calls a
match is checked against a plain count of substrings.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from chuangtu.engines.search.build import build
from chuangtu.engines.search.divide import divide
from chuangtu.engines.search.fold import fold
from chuangtu.engines.search.load import load
from chuangtu.engines.search.model import Document, Facet
from chuangtu.engines.search.top import top
from chuangtu.terms.viewer import Visibility

KINDS = 12
Answer = tuple[int, list[int]]
"""Total, and the number of each kind."""


class Engine(Protocol):
    """One engine of the comparison."""

    name: str

    def build(self, titles: Sequence[str], folder: Path) -> None: ...

    def ask(self, words: str) -> Answer: ...

    def close(self) -> None: ...


def kinds(count: int) -> np.ndarray:
    """Give each title a kind, the first the most common."""
    return (np.random.default_rng(7).geometric(0.3, count) % KINDS).astype(np.uint8)


def bigrams(text: str) -> list[str]:
    """Cut a folded text into pairs of characters, and the last one alone."""
    return [a + b for a, b in pairwise(text)] + [text[-1:]]


class Chuangtu:
    """This project's engine."""

    name = "chuangtu search"

    def build(self, titles: Sequence[str], folder: Path) -> None:
        documents = (Document(((title,), (), ())) for title in titles)
        build(documents, folder / "index")
        self.index = load(folder / "index")
        self.facet = Facet(kinds(len(titles)), KINDS)

    def ask(self, words: str) -> Answer:
        given = top(self.index, words, Visibility.PUBLIC, 20, facet=self.facet)
        return given.total, given.counts.tolist()

    def close(self) -> None:
        del self.index


class Sqlite:
    """FTS5 without content, a phrase of bigrams for each word."""

    name = "SQLite FTS5 bigrams"

    def build(self, titles: Sequence[str], folder: Path) -> None:
        self.base = sqlite3.connect(folder / "titles.db")
        self.base.executescript(
            "pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-500000;"
            "create table title (id integer primary key, kind integer);"
            "create virtual table words using fts5(t, content='', tokenize=\"unicode61 "
            "categories 'L* M* N* P* S* Co'\");"
        )
        of = kinds(len(titles)).tolist()
        self.base.executemany("insert into title values (?, ?)", enumerate(of))
        rows = ((i, _spaced(fold(title))) for i, title in enumerate(titles))
        self.base.executemany("insert into words(rowid, t) values (?, ?)", rows)
        self.base.execute("insert into words(words) values ('optimize')")
        self.base.commit()

    def ask(self, words: str) -> Answer:
        asked = " AND ".join(map(self._phrase, divide(words)))
        counts = [0] * KINDS
        for kind, count in self.base.execute(
            "select kind, count(*) from words join title on title.id = words.rowid "
            "where words match ? group by kind",
            (asked,),
        ):
            counts[kind] = count
        self.base.execute(
            "select rowid from words where words match ? limit 20", (asked,)
        ).fetchall()
        return sum(counts), counts

    def close(self) -> None:
        self.base.close()

    @staticmethod
    def _phrase(part: str) -> str:
        if len(part) == 1:
            return f'"{_safe(part)}" *'
        return '"' + " ".join(map(_safe, bigrams(part)[:-1])) + '"'


def _safe(gram: str) -> str:
    # A double quote would end the phrase.
    return gram.replace('"', "″").replace(" ", "␣")


def _spaced(text: str) -> str:
    return " ".join(map(_safe, bigrams(text)))


class Tantivy:
    """One field of bigrams with positions, asked as a phrase; one of single characters."""

    name = "tantivy bigrams"

    def build(self, titles: Sequence[str], folder: Path) -> None:
        import tantivy

        self.tantivy = tantivy
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
        schema.add_text_field("single", tokenizer_name="whitespace", index_option="basic")
        schema.add_integer_field("kind", fast=True)
        (folder / "tantivy").mkdir()
        self.schema = schema.build()
        self.index = tantivy.Index(self.schema, path=str(folder / "tantivy"))
        writer = self.index.writer(heap_size=500_000_000, num_threads=1)
        for title, kind in zip(titles, kinds(len(titles)).tolist(), strict=True):
            text = fold(title)
            characters = " ".join(dict.fromkeys(text.replace(" ", "␣")))
            writer.add_document(
                tantivy.Document(pairs=_spaced(text), single=characters, kind=kind)
            )
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(self, words: str) -> Answer:
        query = self._query(words)
        found = self.searcher.search(query, 20, count=True)
        by_kind = {"kind": {"terms": {"field": "kind", "size": KINDS}}}
        counts = [0] * KINDS
        for bucket in self.searcher.aggregate(query, by_kind)["kind"]["buckets"]:
            counts[int(bucket["key"])] = bucket["doc_count"]
        return found.count, counts

    def close(self) -> None:
        del self.searcher, self.index

    def _query(self, words: str) -> Any:
        query, occur = self.tantivy.Query, self.tantivy.Occur
        asked = [(occur.Must, self._part(part)) for part in divide(words)]
        return asked[0][1] if len(asked) == 1 else query.boolean_query(asked)

    def _part(self, part: str) -> Any:
        query = self.tantivy.Query
        if len(part) == 1:
            return query.term_query(self.schema, "single", part, "basic")
        grams = list(map(_safe, bigrams(part)[:-1]))
        if len(grams) == 1:
            return query.term_query(self.schema, "pairs", grams[0], "basic")
        return query.phrase_query(self.schema, "pairs", grams)


class Postgres:
    """A tsvector of bigrams with positions under GIN, in a throw-away cluster."""

    name = "PostgreSQL tsvector bigrams"
    binaries = Path("/usr/lib/postgresql/15/bin")

    def build(self, titles: Sequence[str], folder: Path) -> None:
        import psycopg

        self.home = Path(tempfile.mkdtemp(prefix="chuangtu-bench-"))
        shutil.chown(self.home, "postgres", "postgres")
        self._run("initdb", "-A", "trust", "-N", "-D", f"{self.home}/data")
        options = (
            f"-k {self.home} -p 5650 -c listen_addresses= -c fsync=off -c shared_buffers=2GB "
            "-c maintenance_work_mem=1GB -c work_mem=256MB -c max_wal_size=8GB"
        )
        self._run("pg_ctl", "-w", "-D", f"{self.home}/data", "-o", options, "start")
        self.base = psycopg.connect(
            f"host={self.home} port=5650 user=postgres dbname=postgres", autocommit=True
        )
        self.base.execute("create table title (id integer, kind smallint, words tsvector)")
        of = kinds(len(titles)).tolist()
        with self.base.cursor().copy("copy title from stdin") as copy:
            for i, title in enumerate(titles):
                copy.write_row((i, of[i], _vector(bigrams(fold(title)))))
        self.base.execute("create index on title using gin (words)")
        self.base.execute("vacuum analyze title")
        self.base.execute("create extension pg_prewarm; select pg_prewarm('title')", prepare=False)

    def ask(self, words: str) -> Answer:
        asked = " & ".join(f"({_phrase(part)})" for part in divide(words))
        counts = [0] * KINDS
        for kind, count in self.base.execute(
            "select kind, count(*) from title where words @@ %s::tsquery group by kind", (asked,)
        ):
            counts[kind] = count
        self.base.execute(
            "select id from title where words @@ %s::tsquery limit 20", (asked,)
        ).fetchall()
        return sum(counts), counts

    def close(self) -> None:
        self.base.close()
        self._run("pg_ctl", "-w", "-D", f"{self.home}/data", "-m", "immediate", "stop")
        shutil.rmtree(self.home)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            ["runuser", "-u", "postgres", "--", str(self.binaries / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.home,
        )


def _quoted(gram: str) -> str:
    return "'" + gram.replace("\\", "\\\\").replace("'", "''") + "'"


def _vector(grams: Iterable[str]) -> str:
    return " ".join(f"{_quoted(gram)}:{at}" for at, gram in enumerate(grams, 1))


def _phrase(part: str) -> str:
    if len(part) == 1:
        return f"{_quoted(part)}:*"
    return " <-> ".join(map(_quoted, bigrams(part)[:-1]))


def plain_count(titles: Sequence[str], words: Iterable[str]) -> Iterator[int]:
    """Count for each query the titles that hold all its parts, by looking at every one."""
    folded = list(map(fold, titles))
    for each in words:
        held = folded
        for part in divide(each):
            held = [title for title in held if part in title]
        yield len(held)
