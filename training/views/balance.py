"""The balance of a year: the tables of the bilan, on screen and as files."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from organisations.places import kept
from training import synthesis
from training.views.units import OfUnit

FIRST_YEAR, LAST_YEAR = 2000, 2100
BACK = 4  # years offered before this one


class BalancePage(OfUnit):
    title = "Bilan des formations et du tutorat"
    template_name = "training/balance.html"
    takes_year = True  # `?annee=`: chosen in the header

    @cached_property
    def year(self) -> int:
        asked = self.request.GET.get("annee", "") or str(kept(self.request).year or "")
        year = int(asked) if asked.isdecimal() and len(asked) == 4 else timezone.localdate().year
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Http404
        return year

    @cached_property
    def balance(self) -> synthesis.Balance:
        return synthesis.balance(self.unit_ids, self.year, today=timezone.localdate())

    @property
    def export_name(self) -> str:  # type: ignore[override]
        return f"bilan-formation-{self.unit.code}-{self.year}"

    def shown(self) -> dict[str, Any]:
        found, this = self.balance, timezone.localdate().year
        years = sorted({self.year, *range(this - BACK, this + 1)})
        return {
            "balance": found,
            "year": self.year,
            "years": [(year, self.query(annee=year), year == self.year) for year in years],
            "themes": [(theme, number, found.to_train[theme]) for theme, number in found.concerned.items()],
            "courses": found.courses,
        }

    def exported(self) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
        found = self.balance
        rows: list[tuple[str, str, int, int | None, str]] = [
            ("Agents concernés", theme, number, found.to_train[theme], "") for theme, number in found.concerned.items()
        ]
        rows.append(("Agents concernés", "Total", found.total_concerned, found.total_to_train, ""))
        rows += [("Agents formés", one.course, one.number, None, one.observation) for one in found.courses]
        rows.append(("Agents formés", "Total", found.total_trained, None, ""))
        rows += [("Conventions de tutorat", name, number, None, "") for name, number in found.agreements.items()]
        rows.append(("Conventions de tutorat", "Total", found.total_agreements, None, ""))
        return ("Tableau", "Thème, formation ou service", "Nombre", "À former dans l’année", "Observations"), rows
