"""The page that takes a year over from the one before."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from core.base.errors import UserError
from core.base.races import settled
from core.base.words import counted
from indicators.services import years
from indicators.views.sites import SiteYearPage
from organisations.permissions import Permission


class YearCopy(SiteYearPage):
    """« Reprendre 2026 »: what would be followed and aimed at, then the grid of the year."""

    permission = Permission.INDICATOR_EDIT
    template_name = "core/confirm.html"
    explanation = "Les valeurs ne sont pas copiées : chaque mois reste à saisir."
    button_label = "Reprendre"
    is_danger = False

    def get_title(self) -> str:
        return f"Préparer {self.year} à partir de {self.year - 1}"

    @property
    def grid_url(self) -> str:
        return reverse("indicators:grid", args=[self.site.code, self.year])

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [(f"La grille {self.year}", self.grid_url), (self.get_title(), "")]

    @property
    def consequences(self) -> list[str]:
        """What would be taken over, in words."""
        carried = years.to_carry(self.site, self.year)
        return self.in_words(carried) or [f"Rien à reprendre : {self.year} a déjà tout ce que {self.year - 1} avait."]

    def in_words(self, carried: years.Carried) -> list[str]:
        told = (
            (len(carried.indicators), "ligne de plus", "lignes de plus", "dans la grille"),
            (len(carried.assignments), "affectation", "affectations", f"à un service à partir du 01/01/{self.year}"),
            (len(carried.targets), "cible", "cibles", f"de {self.year - 1}, jusqu’au 31/12/{self.year}"),
        )
        return [f"{counted(number, one, many)} {rest}" for number, one, many, rest in told if number]

    def get(self, request, **kwargs):
        question = f"{self.site.name} : reprendre ce qui était suivi en {self.year - 1} ?"
        return self.render(question=question, form=None, cancel_url=self.grid_url)

    def post(self, request, **kwargs):
        try:
            carried = settled(lambda: years.carry(self.site, self.year, by=request.user))
        except UserError as error:
            messages.info(request, error.message)
            return HttpResponseRedirect(self.grid_url)
        messages.success(request, f"{self.year} est prêt : {' ; '.join(self.in_words(carried))}.")
        return HttpResponseRedirect(self.grid_url)
