"""The table of questionnaires."""

from core.base.figures import COUNT
from core.pages.states import badge_html
from core.pages.tables import Column, FigureColumn, LinkColumn, Table
from surveys.models import Questionnaire

LONG = {"td": {"class": "qp-wrap"}}
SHORT = {"td": {"class": "qp-wrap qp-wrap--short"}}


class QuestionnaireTable(Table):
    """A version a row."""

    title = LinkColumn(url_name="surveys:questionnaire", attrs=LONG)
    site = Column(empty_values=(), attrs=SHORT)
    version = FigureColumn(accessor="version", verbose_name="Version")
    state = Column(accessor="frozen_at", verbose_name="État", empty_values=())
    criteria = FigureColumn(accessor="criterion_count", measure=COUNT, verbose_name="Critères")
    questions = FigureColumn(accessor="question_count", measure=COUNT, verbose_name="Questions")

    class Meta(Table.Meta):
        model = Questionnaire
        fields = ("title", "kind", "site", "version", "state", "criteria", "questions")
        attrs = {"caption": "Questionnaires"}

    def render_site(self, value):
        return value or "Modèle commun"

    def render_state(self, value):
        return badge_html("closed", "Figée") if value else badge_html("preview", "En préparation")
