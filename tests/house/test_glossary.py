"""Every label has its English: the glossary is complete, and made documents are up to date."""

import re

import pytest
from django.apps import apps
from django.utils import translation

from tests.house import kinds_documents


@pytest.fixture(scope="module")
def entries():
    text = kinds_documents.GLOSSARY.read_text()
    return dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|", text, re.MULTILINE))


def own_labels():
    """The verbose names that this project gave, of models and their fields."""
    for model in apps.get_models():
        if not model.__module__.startswith("chuangtu."):
            continue
        yield model._meta.label, str(model._meta.verbose_name)
        for field in model._meta.get_fields():
            given = getattr(field, "verbose_name", None)
            # Django's own are English where no language is spoken, ours are Chinese.
            with translation.override(None):
                name = str(given)
            is_ours = isinstance(given, str) or re.search("[\u4e00-\u9fff]", name)
            if is_ours and name != "ID":
                yield f"{model._meta.label}.{field.name}", name


def test_every_verbose_name_is_in_the_glossary(entries):
    labels = list(own_labels())

    missing = [f"{where}: {label}" for where, label in labels if label not in entries]

    assert len(labels) > 200
    assert not missing, "give each a line in GLOSSARY.md:\n" + "\n".join(missing)


def test_every_entry_has_both_languages(entries):
    for zh, en in entries.items():
        if zh not in ("中文", "---"):
            assert re.search("[\u4e00-\u9fffA-Z]", zh), zh
            assert not re.search("[\u4e00-\u9fff]", en), zh


@pytest.mark.parametrize(
    ("path", "made"),
    [
        (kinds_documents.KINDS_PAGE, kinds_documents.kinds_page),
        (kinds_documents.GLOSSARY, kinds_documents.glossary),
    ],
    ids=["kinds", "glossary"],
)
def test_a_made_document_is_up_to_date(path, made):
    assert path.read_text() == made(), "run `python -m tests.house.kinds_documents`"
