"""What every page must satisfy in the browser: axe, content security policy, console, width of a phone."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
AXE = Axe()
AXE_OPTIONS = {"resultTypes": ["violations"]}
RECORD_VIOLATIONS = """
window.cspViolations = [];
document.addEventListener("securitypolicyviolation", (e) => {
  window.cspViolations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile || ""}:${e.lineNumber}`);
});
"""
WIDTHS = """() => {
  const width = document.documentElement.clientWidth;
  const sticksOut = (element) => element.getBoundingClientRect().right > width + 1;
  const wide = [...document.body.querySelectorAll("*")].filter(sticksOut).slice(0, 5);
  return { page: document.documentElement.scrollWidth, width, wide: wide.map((e) => e.outerHTML.slice(0, 150)) };
}"""


def watch(context: BrowserContext) -> None:
    """Record violations of the policy and errors of the console from the first page on."""
    context.add_init_script(RECORD_VIOLATIONS)
    context.on("page", _listen)


def _listen(page: Page) -> None:
    page.problems = []
    page.on("console", lambda message: is_fault(message) and page.problems.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: page.problems.append(f"script: {error}"))


def is_fault(message: ConsoleMessage) -> bool:
    """Whether a message of the console is a fault: a form refused (422) or in conflict (409) is an answer."""
    return message.type == "error" and not re.search(r"status of (409|422) ", message.text)


def check_page(page: Page) -> None:
    """Axe finds nothing, the policy and the console are silent, and nothing overflows at 390 nor at 1280 pixels."""
    page.wait_for_load_state("load")
    found = axe_violations(page) + check_manners(page)
    assert found == [], f"{page.url}\n" + "\n".join(found)


def axe_violations(page: Page) -> list[str]:
    """What axe finds, in words."""
    return [_describe(violation) for violation in AXE.run(page, options=AXE_OPTIONS).response["violations"]]


def check_manners(page: Page) -> list[str]:
    """What the policy and the console say, and what overflows at 390 and at 1280 pixels."""
    said = [f"csp: {violation}" for violation in page.evaluate("window.cspViolations")] + page.problems
    return said + overflow(page) + overflow(page, DESKTOP)


def overflow(page: Page, size: dict[str, int] = PHONE) -> list[str]:
    """What sticks out of the page at the width of a phone; the window has its width back afterwards."""
    before = page.viewport_size
    if size != before:
        page.set_viewport_size(size)
    widths = page.evaluate(WIDTHS)
    if size != before:
        page.set_viewport_size(before)
    if widths["page"] <= widths["width"]:
        return []
    return [f"overflow: {widths['page']} pixels on {widths['width']}", *widths["wide"]]


def _describe(violation: dict) -> str:
    nodes = "; ".join(f"{node['target']} {node['html'][:160]}" for node in violation["nodes"][:4])
    return f"axe {violation['id']} ({violation['impact']}): {violation['help']} — {nodes}"
