"""An administrator at the accounts: every page in order, from a new account to its end."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looking import DESK, WAYS, Visitor, Way

pytestmark = pytest.mark.browser
PASSWORD = "qixin-lu-1158"
TABLET = Way(width=768)


@pytest.fixture(scope="module")
def session(server: str, chromium: Browser, environment: dict[str, str]) -> str:
    """A session of an administrator who is no demonstration account."""
    grant = ("grant", "browser-chief", "administrator", "--name", "李主任")
    subprocess.run(
        [sys.executable, "-m", "chuangtu.site.console", *grant],
        env=environment,
        input=PASSWORD,
        text=True,
        check=True,
        capture_output=True,
    )
    with Visitor(chromium, server) as someone:
        page = someone.open("/accounts/sign-in/")
        page.fill("#id_username", "browser-chief")
        page.fill("#id_password", PASSWORD)
        page.locator("form.card button").click()
        page.wait_for_url(f"{server}/")
        cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    return cookies["sessionid"]


@pytest.fixture
def chief(server: str, chromium: Browser, session: str) -> Iterator[Visitor]:
    kept = {"chief": session}
    with Visitor(chromium, server, role="chief", sessions=kept) as someone:
        yield someone


@pytest.mark.parametrize("way", [*WAYS, TABLET], ids=str)
def test_the_pages_of_accounts_are_in_order(chief: Visitor, way: Way):
    page = chief.look("/desk/accounts/", "accounts", way)
    page.get_by_role("link", name="demo-admin").click()
    chief.inspect(page, "account-demo", way)
    chief.look("/desk/accounts/new", "account-new", way)


def test_an_account_is_made_told_its_password_and_deactivated(chief: Visitor):
    page = chief.open("/desk/")
    page.get_by_role("link", name="账号管理").click()
    page.get_by_role("link", name="新建账号").click()
    page.fill("#id_username", "browser-zhangsan")
    page.fill("#id_name", "张三")
    page.get_by_role("button", name="建立账号").click()

    expect(page.locator("[data-password]")).to_have_text(re.compile(r"^(\w{4}-){3}\w{4}$"))
    chief.inspect(page, "account-password", DESK)
    page.get_by_role("link", name="已记下").click()
    chief.inspect(page, "account", DESK)
    page.get_by_role("button", name="停用这个账号").click()
    expect(page.get_by_text("已停用，从这个账号的下一次操作起生效。")).to_be_visible()
    expect(page.get_by_role("button", name="启用这个账号")).to_be_visible()


def test_a_demonstration_administrator_looks_only(server: str, chromium: Browser):
    with Visitor(chromium, server, role="administrator") as someone:
        page = someone.look("/desk/accounts/", "accounts-demo", DESK)

        expect(page.get_by_text("在这里只能查看")).to_be_visible()
        expect(page.get_by_role("link", name="新建账号")).to_have_count(0)
