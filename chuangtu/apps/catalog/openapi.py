"""The OpenAPI document: the same declarations that check a question describe it here."""

from __future__ import annotations

from typing import Any

from chuangtu.apps.catalog import parameters as read
from chuangtu.apps.catalog.problems import MEDIA_TYPE as PROBLEM_TYPE
from chuangtu.apps.snapshots.declared import Described
from chuangtu.terms.selection import MAX_WORDS

Parameter = dict[str, Any]
GEOJSON_TYPE = "application/geo+json"
_DAY = {"type": "string", "format": "date"}


def complete(document: dict[str, Any], described: Described) -> dict[str, Any]:
    """Write the parameters into ninja's document, and the addresses that ninja does not serve."""
    selection = selection_parameters(described)
    for path, methods in document["paths"].items():
        for operation in methods.values():
            _fill(operation, path, selection)
    document["paths"]["/tiles/{z}/{x}/{y}.mvt"] = {"get": _tiles(selection)}
    document["paths"]["/export.{format}"] = {"get": _exports(selection)}
    for methods in document["paths"].values():
        for operation in methods.values():
            _tell(operation)
    return document


def _tell(operation: dict[str, Any]) -> None:
    """Describe an operation in both languages, and apart for a page that speaks one."""
    zh, en = operation.pop("x-zh"), " ".join(operation["description"].split())
    operation["x-description"] = {"zh": zh, "en": en}
    operation["description"] = f"{zh} {en}"


def _fill(operation: dict[str, Any], path: str, selection: list[Parameter]) -> None:
    options = operation.pop("x-options", [])
    required = operation.pop("x-required", [])
    parameters = list(operation.get("parameters", []))
    parameters += [_OPTIONS[each] for each in options]
    if operation.pop("x-selection", False):
        parameters += selection
    if path.endswith("{number}"):
        parameters = [_path("number", {"type": "string", "pattern": r"^\d{1,18}$"})]
    for status, answer in operation["responses"].items():
        if int(status) >= 400:
            answer["content"] = {PROBLEM_TYPE: answer["content"]["application/json"]}
        elif path.endswith("/areas"):
            answer["content"] = {GEOJSON_TYPE: answer["content"]["application/json"]}
    operation["parameters"] = [
        {**each, "required": True} if each["name"] in required else each for each in parameters
    ]


def selection_parameters(described: Described) -> list[Parameter]:
    """The parameters of every Selection that this viewer may ask."""
    kinds = [each.code for each in described.kinds]
    found = [
        _many("kind", "种类（可重复）", "Kinds, any of them", {"type": "string", "enum": kinds}),
        _one("q", "搜索词", "Text each record must contain", _text(MAX_WORDS)),
        _one(
            "as_of",
            "哪一天有效，或 any；不填为今天",
            "In force on this day, or any; today if absent",
            {"anyOf": [_DAY, {"const": "any"}]},
        ),
        _many(
            "area",
            "区域代码",
            "Codes of areas, inside all of them",
            {"type": "string", "enum": sorted(described.area_codes)},
        ),
        _many("bbox", "西,南,东,北（WGS 84）", "west,south,east,north", _text(200)),
        _many("circle", "经度,纬度,半径米", "longitude,latitude,radius in metres", _text(200)),
        _many("polygon", "经度,纬度;…", "longitude,latitude;… of a drawn ring", _text(60_000)),
    ]
    for facet in described.facets:
        if facet.name != "area":
            allowed = facet.values
            schema: dict[str, Any] = (
                {"type": "string", "enum": [each.code for each in allowed]}
                if allowed is not None
                else _text(200)
            )
            found.append(_many(facet.name, facet.zh, facet.en, schema))
    for span in described.ranges:
        schema = _DAY if span.is_day else {"type": "number"}
        found.append(_one(f"{span.name}.min", f"{span.zh}，不小于", f"{span.en}, least", schema))
        found.append(_one(f"{span.name}.max", f"{span.zh}，不大于", f"{span.en}, most", schema))
    return found


def _text(longest: int) -> dict[str, Any]:
    return {"type": "string", "maxLength": longest}


def _one(name: str, zh: str, en: str, schema: dict[str, Any]) -> Parameter:
    return {
        "name": name,
        "in": "query",
        "description": f"{zh}。{en}.",
        # The same for a page that speaks one language.
        "x-description": {"zh": zh, "en": en},
        "schema": schema,
    }


def _many(name: str, zh: str, en: str, schema: dict[str, Any]) -> Parameter:
    listed = {"type": "array", "items": schema}
    return {**_one(name, zh, en, listed), "style": "form", "explode": True}


def _path(name: str, schema: dict[str, Any]) -> Parameter:
    return {"name": name, "in": "path", "required": True, "schema": schema}


_OPTIONS: dict[str, Parameter] = {
    "order": _one(
        "order",
        "排序",
        "Order; relevance needs q",
        {"type": "string", "enum": ["name", "newest", "relevance"]},
    ),
    "after": _one("after", "上一页的 next", "`next` of the page before", _text(200)),
    "limit": _one(
        "limit",
        "每页条数",
        "How many",
        {"type": "integer", "minimum": 1, "maximum": read.MAX_LIMIT},
    ),
    "facet": _many("facet", "要统计的分面；不填为全部", "Facets wanted; absent: all", _text(200)),
    "q": _one("q", "已输入的文字", "What was typed", _text(read.MAX_TYPED)),
    "area_kind": _many("kind", "区域种类", "Kinds of areas", _text(20)),
}
_PROBLEM: dict[str, Any] = {
    "description": "Refused, with a sentence",
    "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def _tiles(selection: list[Parameter]) -> dict[str, Any]:
    zoom = {"type": "integer", "minimum": 0, "maximum": 18}
    place = {"type": "integer", "minimum": 0, "maximum": 2**18 - 1}
    return {
        "operationId": "tile",
        "summary": "地图瓦片 Vector tile",
        "description": "Layer with counts at low zoom (they add up), points at high zoom; each"
        " feature carries `count`.",
        "x-zh": "低级别是可以相加的计数，高级别是一个个点；每个要素都带 `count`。",
        "parameters": [_path("z", zoom), _path("x", place), _path("y", place), *selection],
        "responses": {
            "200": {
                "description": "Mapbox Vector Tile",
                "content": {"application/vnd.mapbox-vector-tile": {}},
            },
            "304": {"description": "Not changed"},
            "400": _PROBLEM,
            "404": _PROBLEM,
            "429": _PROBLEM,
            "503": _PROBLEM,
        },
    }


def _exports(selection: list[Parameter]) -> dict[str, Any]:
    formats = ["csv", "xlsx", "geojson", "gpkg", "parquet"]
    language = _one(
        "language", "表头语言", "Language of headers", {"type": "string", "enum": ["zh", "en"]}
    )
    return {
        "operationId": "export",
        "summary": "导出 Export of all records of a selection",
        "description": "Streamed, without a cap; `X-Total-Count` says how many rows will come.",
        "x-zh": "流式输出，不限条数；`X-Total-Count` 说明共有多少行。",
        "parameters": [_path("format", {"type": "string", "enum": formats}), language, *selection],
        "responses": {
            "200": {"description": "The file"},
            "400": _PROBLEM,
            "404": _PROBLEM,
            "429": _PROBLEM,
            "503": _PROBLEM,
        },
    }
