"""Every sentence of the interface has its English."""

from __future__ import annotations

import re

import pytest

from tests.house.interface_words import ENGLISH, ROOT, english, found


def test_no_sentence_is_without_english():
    known = english()

    missing = [
        f"{message.locations[0][0]}:{message.locations[0][1]}: {message.id}"
        for message in found()
        if message.id and not _has_english(known.get(message.id, message.context))
    ]

    assert not missing, "\n".join(
        ["run python -m tests.house.interface_words, then fill in:", *missing]
    )


def _has_english(message):
    if message is None:
        return False
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings)


def test_placeholders_of_both_languages_agree():
    for message in english():
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", ids[-1]))

        for each in strings:
            assert set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", each)) <= wanted, message.id
        assert set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", strings[-1])) == wanted, message.id


@pytest.mark.parametrize(
    "template", sorted((ROOT / "chuangtu").rglob("*.html")), ids=lambda path: path.name
)
def test_templates_hold_no_chinese_outside_a_translation(template):
    text = re.sub(
        r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", template.read_text(), flags=re.S
    )
    text = re.sub(r"{% blocktrans.*?{% endblocktrans\w* %}", "", text, flags=re.S)
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S)
    text = re.sub(r'lang="zh[^"]*"[^<]*?>(?:<[^>]*>)*[^<]*', "", text)

    assert not re.findall(r"[\u4e00-\u9fff]+", text), f"{template}: mark it for {ENGLISH.name}"
