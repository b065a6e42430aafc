"""The shapes of the API's answers, for its OpenAPI document."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field


class Problem(Schema):
    """Why a question was refused, and what to do, in both languages (RFC 9457)."""

    type: str
    title: str
    title_zh: str
    status: int
    detail: str = Field(description="What is wrong and what to do, in English.")
    detail_zh: str = Field(description="错在哪里，怎么办。")
    parameter: str | None = Field(None, description="The parameter that is wrong.")


class Position(Schema):
    """Where a record is, WGS 84, and how well that is known."""

    model_config = ConfigDict(extra="allow")

    longitude: float
    latitude: float
    precision: str


class Source(Schema):
    """The document that says something, and the day it speaks of."""

    title: str
    url: str
    date: str | None


class Resource(Schema):
    """A record as this viewer sees it; the other members depend on its kind."""

    model_config = ConfigDict(extra="allow")

    id: int
    kind: str
    name: str
    position: Position | None = Field(description="Null where it is not known.")
    values: dict[str, Any] = Field(description="By field; what is not known is absent.")
    sources: dict[str, Source] = Field(
        description="By what they speak for: a field (`staff_count`); the names of a kind or one"
        " of them (`names.brand`, `names.brand.<text>`); the relations of a role or one of them"
        " (`relations.member`, `relations.member.<id>`); address and position of the sites of a"
        " role or of one at an address (`sites.registered`, `positions.registered`); records"
        " not changed for long may have `names`, `relations`, `sites` for a whole list; the empty"
        " key speaks for all else. The most special key holds."
    )


class Item(Resource):
    """A record in a list; highlights are pairs of start and end in a text that matched."""

    highlights: dict[str, Any] | None = None


class Resources(Schema):
    """One page of a Selection's records and the numbers of the whole Selection."""

    total: int = Field(description="All records of the selection.")
    unlocated: int = Field(description="Of these, records without a position.")
    undated: int = Field(description="Of these, records whose validity is not known.")
    version: str = Field(description="Which state of the register this answers for.")
    next: str | None = Field(description="Give it as `after` for the next page.")
    items: list[Item]


class Found(Resources):
    """A page of search results, best first."""

    correction: str | None = Field(None, description="Words that would find something.")


class FacetValue(Schema):
    """How many records have one value."""

    code: str
    zh: str
    en: str
    count: int


class Facet(Schema):
    """The values of one facet that occur."""

    zh: str
    en: str
    values: list[FacetValue]


class Facets(Schema):
    """The numbers of a Selection."""

    total: int
    unlocated: int
    undated: int
    version: str
    facets: dict[str, Facet]


class Suggestion(Schema):
    """A name to go on with."""

    model_config = ConfigDict(extra="allow")

    text: str
    id: int
    kind: str
    is_example: bool = Field(description="Whether the record is invented, for demonstration.")
    spans: list[tuple[int, int]] = Field(description="Where what was typed stands in the text.")


class Suggestions(Schema):
    """Names that go with what was typed, best first."""

    suggestions: list[Suggestion]


class Areas(Schema):
    """GeoJSON (RFC 7946)."""

    model_config = ConfigDict(extra="allow")

    type: Literal["FeatureCollection"]
    features: list[dict[str, Any]]
