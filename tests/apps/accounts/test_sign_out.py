"""Who signs out stays on the page, if everybody may see it."""

from __future__ import annotations

import pytest
from django.test import Client

from chuangtu.apps.accounts.models import Person
from tests.apps.registers import add, district

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db):
    client = Client()
    client.force_login(Person.objects.create_user("officer", password="x", role="officer"))
    return client


@pytest.mark.parametrize(
    "page", ["/about", "/explore?kind=organization&q=%E7%94%B2", "/accounts/sign-in/"]
)
def test_signing_out_leads_back_to_a_page_for_everybody(officer, page):
    district()

    answer = officer.post("/accounts/sign-out/", {"next": page})

    assert answer["Location"] == page
    assert "_auth_user_id" not in officer.session


@pytest.mark.parametrize(
    "page",
    ["/desk/", "/admin/", "/nowhere", "//elsewhere.example/about", "https://elsewhere.example/"]
    + ["/accounts/sign-out/", "javascript:alert(1)", ""],
)
def test_signing_out_of_any_other_page_leads_home(officer, page):
    district()

    assert officer.post("/accounts/sign-out/", {"next": page})["Location"] == "/"


def test_a_record_that_became_invisible_is_not_led_back_to(officer):
    district()
    hidden = add("organization", name="内部企业", visibility="internal")
    public = add("organization", name="公开企业")

    assert officer.get(f"/resources/{hidden}").status_code == 200
    to_hidden = officer.post("/accounts/sign-out/", {"next": f"/resources/{hidden}"})
    to_public = officer.post("/accounts/sign-out/", {"next": f"/resources/{public}"})
    assert to_hidden["Location"] == "/"
    assert to_public["Location"] == f"/resources/{public}"
