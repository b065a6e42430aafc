"""Opening a page in every way people open it, and saying what is wrong with it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

SCREENSHOTS = Path(__file__).resolve().parents[2] / "artifacts" / "screenshots"
SETTLED = "() => document.fonts.status === 'loaded'"


@dataclass(frozen=True)
class Way:
    """One way of opening a page."""

    language: str = "zh-hans"
    theme: str = "light"
    width: int = 1440

    @property
    def height(self) -> int:
        return 800 if self.width < 600 else 900

    def __str__(self) -> str:
        return f"{self.language[:2]}-{self.theme}-{self.width}"


DESK = Way()
PHONE = Way(width=360)
# Which database answers is nothing that languages, themes and widths could tell.
_OTHER_WAYS = (
    () if "DATABASE_URL" in os.environ else (PHONE, Way("en", "dark"), Way("en", "dark", 360))
)
WAYS = (DESK, *_OTHER_WAYS)
"""How each page is opened; on PostgreSQL in one way."""


class Visitor:
    """A browser window; remembers every complaint of the pages it opens."""

    def __init__(
        self,
        browser: Browser,
        server: str,
        *,
        role: str = "",
        sessions: dict[str, str] | None = None,
    ) -> None:
        self.browser, self.server, self.role = browser, server, role
        self.sessions = {} if sessions is None else sessions
        self.complaints: list[str] = []
        self.expected: tuple[int, ...] = ()
        self._context: BrowserContext | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._context:
            self._context.close()

    def window(self, way: Way = DESK) -> Page:
        """A fresh page opened this way."""
        if self._context:
            self._context.close()
        self._context = self.browser.new_context(
            viewport={"width": way.width, "height": way.height},
            locale="zh-CN" if way.language.startswith("zh") else "en-GB",
            has_touch=way.width < 600,
            reduced_motion="reduce",
        )
        self._context.add_cookies(
            [
                {"name": "django_language", "value": way.language, "url": self.server},
                {"name": "theme", "value": way.theme, "url": self.server},
            ]
        )
        page = self._context.new_page()
        page.set_default_timeout(90_000)
        if self.role:
            self._sign_in(page)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("response", self._answered)
        return page

    def open(self, path: str, way: Way = DESK, *, expected: tuple[int, ...] = ()) -> Page:
        """The page at `path`, loaded and quiet; `expected` are error statuses it may meet."""
        self.expected = expected
        page = self.window(way)
        page.goto(self.server + path)
        page.wait_for_load_state("networkidle")
        return page

    def look(self, path: str, name: str, way: Way, *, expected: tuple[int, ...] = ()) -> Page:
        """Open a page, take its picture and assert that nothing is wrong with it."""
        page = self.open(path, way, expected=expected)
        self.inspect(page, name, way)
        return page

    def inspect(self, page: Page, name: str, way: Way) -> None:
        """Take the picture of a page as it is now and assert that nothing is wrong with it."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.evaluate(SETTLED)
        page.screenshot(path=SCREENSHOTS / f"{name}-{way}.png", full_page=True)
        wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        found = Axe().run(page)
        assert wide <= 0, f"{name} {way}: {wide} px wider than the screen"
        assert not found.violations_count, f"{name} {way}: {found.generate_report()}"
        assert not self.complaints, f"{name} {way}: {self.complaints}"

    def _sign_in(self, page: Page) -> None:
        kept = self.sessions.get(self.role)
        assert self._context is not None
        if kept:
            self._context.add_cookies(
                [{"name": "sessionid", "value": kept, "url": self.server, "httpOnly": True}]
            )
            return
        page.goto(f"{self.server}/accounts/sign-in/")
        username = {"officer": "demo-officer", "administrator": "demo-admin"}[self.role]
        page.locator(f"button[value={username}]").click()
        page.wait_for_load_state()
        cookies = {each["name"]: each["value"] for each in self._context.cookies()}
        self.sessions[self.role] = cookies["sessionid"]

    def _heard(self, message: ConsoleMessage) -> None:
        is_status = message.text.startswith("Failed to load resource")
        if message.type in ("error", "warning") and not is_status:
            self.complaints.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"{response.status}: {response.url}")
