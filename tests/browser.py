"""A real browser for tests: pages that fail the test on a script error or a policy violation, and axe.

Use ``open_page`` for a page, ``axe`` for its accessibility, ``live_server`` for the address; a test that uses them
carries ``@pytest.mark.browser``. Wait with a locator or ``expect``, never with ``wait_for_function``: asked a second
time it evaluates its text inside the page, and the page's own policy refuses that.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tools.bootstrap import chromium

AXE_SOURCE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
SMALL_PHONE, PHONE, TABLET, DESKTOP = (320, 640), (390, 844), (768, 1024), (1440, 900)
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

OpenPage = Callable[..., Page]
Axe = Callable[[Page], None]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the session; skipped where there is none, failed on CI."""
    path = chromium.find()
    if path is None:
        message = "no Chromium: install it or set PORTAL_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    # Playwright's loop runs in this thread, and Django would take every later query for one from async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield chrome
        chrome.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Return ``open_page(size=DESKTOP, locale="zh-CN", dark=False, scripts=True, expected=())``: a fresh page.

    Every page has its own cookies. What the page logs as an error, throws or is refused by the security policy
    fails the test at its end, unless one of the texts in ``expected`` occurs in it.
    """
    contexts = []
    complaints: list[str] = []

    def open_one(
        size: tuple[int, int] = DESKTOP,
        locale: str = "zh-CN",
        *,
        dark: bool = False,
        scripts: bool = True,
        expected: tuple[str, ...] = (),
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=locale,
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()

        def complain(text: str) -> None:
            if not any(word in text for word in expected):
                complaints.append(f"{page.url}: {text}")

        def on_console(message: ConsoleMessage) -> None:
            # Chromium tells a violation of the security policy as an error on the console.
            if message.type == "error":
                complain(message.text)

        page.on("console", on_console)
        page.on("pageerror", lambda error: complain(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def axe() -> Axe:
    """Return ``axe(page)``: fails with each accessibility problem that axe-core finds on the page."""
    source = AXE_SOURCE.read_text(encoding="utf-8")

    def examine(page: Page) -> None:
        page.evaluate(source)
        found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        told = [
            f"{rule['id']} ({rule['impact']}): {rule['help']}\n    "
            + "\n    ".join(_place(node) for node in rule["nodes"])
            for rule in found
        ]
        assert not told, f"{page.url}: axe found\n" + "\n".join(told)

    return examine


def _place(node: dict[str, Any]) -> str:
    """Return where axe found something, and what it says."""
    return f"{node['target']}: {' '.join(str(node.get('failureSummary', '')).split())}"
