"""Quarters of a year, by which plans are read."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

MOST_QUARTERS = 200  # fifty years: a deadline typed « 2500 » must not fill a menu


@dataclass(frozen=True, order=True)
class Quarter:
    """« T4 2021 »; written 2021-T4 in an address."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> Self:
        year, _, number = text.partition("-T")
        return cls(int(year), int(number))

    def __str__(self) -> str:
        return f"{self.year}-T{self.number}"

    @property
    def label(self) -> str:
        return f"T{self.number} {self.year}"

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        if (self.year, self.number) == (date.max.year, 4):
            return date.max
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)


def quarters_between(first: date, last: date) -> list[Quarter]:
    """The quarters from one day to another, the last of them where there are too many."""
    quarter, end = Quarter.of(first), Quarter.of(last)
    floor = Quarter(max(1, end.year - MOST_QUARTERS // 4 + 1), 1)
    quarter = max(quarter, floor)
    found = [quarter]
    while quarter < end:
        quarter = quarter.next
        found.append(quarter)
    return found
