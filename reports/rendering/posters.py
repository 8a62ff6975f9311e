"""The papers of a hall: the « Transparence » poster of a quarter with its six figures, the results of the survey."""

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from core.base.errors import UserError
from core.base.figures import format_figure
from core.base.identity import service_identity
from core.base.registries import KeyFigure
from core.base.typography import typeset_html
from core.pages.pdf import render_pdf
from indicators.models import Reading
from indicators.rules.months import Month
from indicators.rules.readings import read_year
from reports.models import AnnualReport
from surveys.enums import CampaignState, Kind, PublicationKind
from surveys.models import Campaign
from surveys.publications.posters import poster_html, poster_pdf
from surveys.results.content import SurveyContent
from surveys.services import public_editions

TRANSPARENCE = "print/transparence.css"
SILENT = "non communiqué"
SATISFIED = "réponses satisfaites à l’enquête"
MONTHS = 3  # of a quarter
ISSUED = (
    ("delai-cni-passeports", "délai moyen de délivrance des cartes d’identité et des passeports"),
    ("delai-civ", "délai moyen de délivrance des certificats d’immatriculation"),
    ("delai-permis", "délai moyen de délivrance des permis de conduire"),
    ("delai-titres-de-sejour", "délai moyen de délivrance des titres de séjour"),
    ("taux-de-decroche", "taux d’appels décrochés"),
)


def transparence_html(report: AnnualReport) -> str:
    """The last quarter of the year that says something; what is not measured is « non communiqué »."""
    quarter, figures = _quarter(report)
    context = {
        "report": report,
        "quarter": f"{quarter}{'er' if quarter == 1 else 'e'} trimestre {report.year}",
        "key_figures": [*figures, _satisfaction(report)],
        "today": timezone.localdate(),
        "brand": service_identity().brand,
        "is_demo": settings.DEMO,
    }
    return typeset_html(render_to_string("reports/print/transparence.html", context))


def transparence_pdf(report: AnnualReport) -> tuple[bytes, int]:
    return render_pdf(transparence_html(report), stylesheet=TRANSPARENCE)


def results_html(report: AnnualReport) -> str:
    return poster_html(_results(report), today=timezone.localdate())


def results_pdf(report: AnnualReport) -> tuple[bytes, int]:
    """In A3, as it is posted."""
    return poster_pdf(_results(report), PublicationKind.POSTER_A3, today=timezone.localdate())


def _quarter(report: AnnualReport) -> tuple[int, list[KeyFigure]]:
    codes = [code for code, _ in ISSUED]
    rows = Reading.objects.filter(site=report.site, year=report.year, indicator__code__in=codes)
    readings = {row.indicator.code: row for row in rows.select_related("indicator")}
    measured = [month.month for row in readings.values() for month in _months(row) if month.is_measured]
    quarter = (max(measured, default=12) - 1) // MONTHS + 1
    return quarter, [KeyFigure(_value(readings.get(code), quarter), label) for code, label in ISSUED]


def _value(reading: Reading | None, quarter: int) -> str:
    if reading is None:
        return SILENT
    months = [month for month in _months(reading) if (month.month - 1) // MONTHS + 1 == quarter]
    value = read_year(months, reading.indicator.year_rule).value
    return SILENT if value is None else format_figure(value, reading.indicator.measure)


def _months(reading: Reading) -> Iterable[Month]:
    return [Month.from_json(row) for row in reading.months]


def _satisfaction(report: AnnualReport) -> KeyFigure:
    campaign = _campaign(report)
    if campaign is None:
        return KeyFigure(SILENT, SATISFIED)
    content = public_editions.shown(campaign)
    return KeyFigure(content.overall, SATISFIED, f"{content.returns_words} {content.dates}")


def _campaign(report: AnnualReport) -> Campaign | None:
    """The last satisfaction survey closed in the year."""
    closed = Campaign.objects.filter(site=report.site, kind=Kind.SATISFACTION, state=CampaignState.CLOSED)
    return closed.filter(ends_on__year=report.year).select_related("site").order_by("-ends_on", "-pk").first()


def _results(report: AnnualReport) -> SurveyContent:
    """What everyone reads of the survey. Raises UserError where the year has none."""
    campaign = _campaign(report)
    if campaign is None:
        raise UserError(f"Aucune enquête de satisfaction close en {report.year} : {report.site}.")
    return public_editions.shown(campaign)
