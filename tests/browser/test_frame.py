"""What all pages share: header, language, theme, keyboard, errors, signing in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looking import DESK, PHONE, WAYS, Visitor, Way

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_sign_in_page_is_in_order(visitor: Visitor, way: Way):
    visitor.look("/accounts/sign-in/", "sign-in", way)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_an_address_that_leads_nowhere_has_a_page(visitor: Visitor, way: Way):
    visitor.look("/no-such-page", "not-found", way, expected=(404,))


def test_the_language_switch_keeps_the_page(visitor: Visitor):
    page = visitor.open("/accounts/sign-in/")

    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page).to_have_url(f"{visitor.server}/accounts/sign-in/")


def test_the_theme_switch_is_kept_on_the_next_page(visitor: Visitor):
    page = visitor.open("/accounts/sign-in/", PHONE)

    page.get_by_role("button", name="深色显示").click()
    page.goto(visitor.server)

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_keyboard_reaches_the_content_first(visitor: Visitor):
    page = visitor.open("/accounts/sign-in/", DESK)

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


CUT_JS = """() => {
  const nav = document.querySelector('.site-nav ul');
  return [...nav.querySelectorAll('a')]
    .filter(each => each.getBoundingClientRect().right > nav.getBoundingClientRect().right + 0.5)
    .map(each => each.textContent);
}"""
"""Entries of the navigation that reach beyond what is seen of it."""


@pytest.mark.parametrize("way", [PHONE, Way("en", "dark", 360), Way("en", width=320)], ids=str)
def test_no_entry_of_the_navigation_is_cut_for_an_officer(officer: Visitor, way: Way):
    page = officer.open("/about", way)

    links = page.locator(".site-nav a")

    expect(links).to_have_count(4)
    assert page.evaluate(CUT_JS) == []
    officer.inspect(page, "about-officer", way)


def test_one_click_signs_an_officer_in(officer: Visitor):
    page = officer.open("/")

    expect(page.get_by_role("button", name="退出")).to_be_visible()
