"""What a gesture costs, counted in a browser and printed for docs/ergonomics.md."""

import sys
from dataclasses import dataclass

from playwright.sync_api import Locator, Page


@dataclass
class Cost:
    """What a gesture costs since it began: presses of the person, and pages loaded by the browser."""

    page: Page
    clicks: int = 0
    keys: int = 0
    loads: int = 0

    def __post_init__(self):
        self.page.on("load", self._loaded)

    def _loaded(self, _page) -> None:
        self.loads += 1

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def type(self, text: str) -> None:
        self.keys += len(text)
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    def tell(self, gesture: str) -> tuple[int, int, int]:
        """Printed for docs/ergonomics.md."""
        sys.stdout.write(f"\n{gesture} : {self.clicks} clics, {self.keys} touches, {self.loads} chargements de page\n")
        self.page.remove_listener("load", self._loaded)
        return self.clicks, self.keys, self.loads
