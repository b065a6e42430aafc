"""Every table has one owner: only its own app imports its models."""

import grimp
import pytest


@pytest.fixture(scope="module")
def house() -> grimp.ImportGraph:
    return grimp.build_graph("chuangtu", cache_dir=None, exclude_type_checking_imports=True)


def app_of(module: str) -> str:
    return ".".join(module.split(".")[:3])


def test_models_are_imported_only_by_their_own_app(house):
    models = [
        module
        for module in house.modules
        if module.startswith("chuangtu.apps.") and module.split(".")[3:4] == ["models"]
    ]

    strangers = sorted(
        f"{importer} -> {model}"
        for model in models
        for importer in house.find_modules_that_directly_import(model)
        if app_of(importer) != app_of(model)
    )

    assert models, "no models found: has chuangtu.apps moved?"
    assert not strangers, "\n".join(["ask the owning app's queries or actions:", *strangers])
