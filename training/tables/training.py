"""Tables of agents, courses, sessions and agreements."""

from django.urls import reverse
from django.utils.html import format_html

from core.base.figures import COUNT
from core.pages.tables import Column, FigureColumn, LinkColumn, Table
from training.models import Agent, AgreementTemplate, Course, Session, TrainingTheme, TutoringAgreement
from training.rules.dates import in_years

LONG = {"td": {"class": "qp-wrap"}}
SHORT = {"td": {"class": "qp-wrap qp-wrap--short"}}


class AgentTable(Table):
    name = LinkColumn(url_name="training:agent", verbose_name="Agent", order_by=("last_name", "first_name"))
    unit = Column(attrs=LONG)
    number = Column()

    class Meta(Table.Meta):
        model = Agent
        fields = ("name", "unit", "number")
        attrs = {"caption": "Agents"}


class CourseTable(Table):
    name = LinkColumn(url_name="training:course", attrs=LONG)
    unit = Column(attrs=SHORT)
    provider = Column(attrs=SHORT)
    checked_on = Column()
    session_count = FigureColumn(accessor="session_count", measure=COUNT, verbose_name="Sessions")

    class Meta(Table.Meta):
        model = Course
        fields = ("name", "unit", "provider", "checked_on", "session_count")
        attrs = {"caption": "Formations"}


class SessionTable(Table):
    course = LinkColumn(url_name="training:session", attrs=LONG)
    starts_on = Column()
    ends_on = Column()
    place = Column(attrs=SHORT)
    seats = FigureColumn(accessor="seats", measure=COUNT)
    taken = FigureColumn(accessor="taken", measure=COUNT, verbose_name="Inscrits")
    present = FigureColumn(accessor="present_count", measure=COUNT, verbose_name="Présents")

    class Meta(Table.Meta):
        model = Session
        fields = ("course", "starts_on", "ends_on", "place", "seats", "taken", "present")
        attrs = {"caption": "Sessions de formation"}


class AgreementTable(Table):
    tutee = LinkColumn(url_name="training:agreement")
    tutor = Column()
    service = Column(attrs=LONG)
    starts_on = Column()
    ends_on = Column()
    signatures = Column(orderable=False, verbose_name="Signatures")

    class Meta(Table.Meta):
        model = TutoringAgreement
        fields = ("tutee", "tutor", "service", "starts_on", "ends_on", "signatures")
        attrs = {"caption": "Conventions de tutorat"}

    def render_signatures(self, value):
        return f"{value} sur 3"


class TemplateTable(Table):
    unit = LinkColumn(url_name="training:template", attrs=LONG)
    preamble = Column(attrs=LONG)

    class Meta(Table.Meta):
        model = AgreementTemplate
        fields = ("unit", "preamble")
        attrs = {"caption": "Modèles de convention de tutorat"}


class ThemeTable(Table):
    name = Column(attrs=LONG)
    site = Column(empty_values=())
    module = Column(attrs=LONG, empty_values=())
    delays = Column(accessor="pk", orderable=False, verbose_name="Délais en vigueur", attrs=LONG)
    change = Column(accessor="pk", orderable=False, verbose_name="Changer", is_exported=False)

    class Meta(Table.Meta):
        model = TrainingTheme
        fields = ("name", "site", "module", "delays", "change")
        attrs = {"caption": "Thèmes de formation et délais"}

    def render_site(self, record):
        return record.site or "tous les sites"

    def render_module(self, record):
        return record.module or "aucun : suivi partout"

    def render_change(self, record):
        return format_html(
            '<a class="fr-link fr-link--sm" href="{}">Changer les délais<span class="fr-sr-only"> de {}</span></a>',
            reverse("training:theme-delays", args=[record.pk]),
            record,
        )

    def render_delays(self, record):
        rules = list(record.requirements.all())
        if not rules:
            return "aucun délai : les délais usuels s’appliquent"
        last = rules[0]
        before = "compte" if last.counts_before_post else "ne compte pas"
        return (
            f"depuis le {last.in_force_from:%d/%m/%Y} : {last.first_months} mois après la prise de poste, puis "
            f"{in_years(last.renewal_months)} ; une formation antérieure au poste {before}"
        )
