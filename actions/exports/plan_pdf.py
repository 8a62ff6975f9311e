"""Plans as a tagged PDF (PDF/UA-1) in landscape, with the digest of the state on its first page and in its metadata."""

from django.conf import settings
from django.template.loader import render_to_string

from actions.exports.sheets import PlanDocument
from core.base.typography import typeset_html
from core.pages.pdf import render_pdf

STYLESHEET = "print/plan.css"
COLUMNS = {
    "Engagements": "engagement-col",
    "Constat": "finding-col",
    "Action": "action-col",
    "Responsable": "responsible-col",
    "Échéance": "deadline-col",
    "Réalisation de l’action": "status-col",
    "Commentaire": "comment-col",
}


def plan_pdf(document: PlanDocument) -> tuple[bytes, int]:
    """The PDF and its number of pages."""
    return render_pdf(plan_html(document), stylesheet=STYLESHEET)


def plan_html(document: PlanDocument) -> str:
    plans = [(sheet, [(head, COLUMNS[head]) for head in sheet.heads]) for sheet in document.plans]
    context = {"document": document, "plans": plans, "is_single": len(plans) == 1, "is_demo": settings.DEMO}
    return typeset_html(render_to_string("actions/print/plans.html", context))
