"""Tables of labels, audits, compliance, documents and binders."""

from django.utils.text import capfirst

from audits.enums import ComplianceState, DueState, LabelState
from audits.models import Audit, Binder, Compliance, Document, Label
from core.base.words import in_words
from core.pages.states import badge_html
from core.pages.tables import Column, FigureColumn, LinkColumn, Table

LONG = {"td": {"class": "qp-wrap"}}
SHORT = {"td": {"class": "qp-wrap qp-wrap--short"}}
LABEL_BADGES = {
    LabelState.NONE: "inactive",
    LabelState.PREPARING: "preview",
    LabelState.VALID: "active",
    LabelState.FOLLOW_UP_OVERDUE: "late",
    LabelState.EXPIRED: "closed",
}
DUE_BADGES = {
    DueState.UP_TO_DATE: "done",
    DueState.DUE: "preview",
    DueState.OVERDUE: "late",
    DueState.UNDATED: "inactive",
}
COMPLIANCE_BADGES = {
    ComplianceState.COMPLIANT: "reached",
    ComplianceState.PARTIAL: "incomplete",
    ComplianceState.NON_COMPLIANT: "missed",
    ComplianceState.NOT_APPLICABLE: "not_applicable",
}


class LabelTable(Table):
    """A label a row, with its state today."""

    name = LinkColumn(
        url_name="audits:label", accessor="name", verbose_name="Label", order_by="referential", attrs=SHORT
    )
    site = Column(attrs=SHORT)
    obtained_on = Column()
    valid_until = Column(accessor="valid_until", verbose_name="Valable jusqu’au", orderable=False)
    follow_up_due_on = Column(accessor="follow_up_due_on", verbose_name="Suivi dû le", orderable=False)
    follow_up_done_on = Column(verbose_name="Suivi réalisé le")
    state = Column(accessor="pk", verbose_name="État", orderable=False)

    class Meta(Table.Meta):
        model = Label
        fields = sequence = (
            "name",
            "state",
            "site",
            "obtained_on",
            "valid_until",
            "follow_up_due_on",
            "follow_up_done_on",
        )
        attrs = {"caption": "Labels"}

    def __init__(self, *args, on, **kwargs):
        self.on = on
        super().__init__(*args, **kwargs)

    def render_state(self, record):
        state = record.state_on(self.on)
        return badge_html(LABEL_BADGES[state], state.label)

    def value_state(self, record):
        return record.state_on(self.on).label


class AuditTable(Table):
    """An audit a row, with what it found."""

    kind = LinkColumn(url_name="audits:audit", attrs=LONG)
    site = Column(attrs=SHORT)
    starts_on = Column()
    body = Column(verbose_name="Qui audite", attrs=SHORT)
    findings = Column(accessor="pk", verbose_name="Constats", orderable=False, attrs=LONG)

    class Meta(Table.Meta):
        model = Audit
        fields = ("kind", "site", "starts_on", "body", "findings")
        attrs = {"caption": "Audits"}

    def render_findings(self, record):
        return self.value_findings(record)

    def value_findings(self, record):
        return capfirst(record.tally.sentence(record.stated_none))


class ComplianceTable(Table):
    """What was last said of each engagement."""

    engagement = LinkColumn(url_name="audits:compliance", attrs=LONG)
    site = Column(attrs=SHORT)
    state = Column()
    stated_on = Column()
    reason = Column(attrs=LONG)
    unit = Column(attrs=SHORT)

    class Meta(Table.Meta):
        model = Compliance
        fields = ("engagement", "site", "state", "stated_on", "reason", "unit")
        attrs = {"caption": "Conformité par engagement"}

    def render_state(self, record):
        return badge_html(COMPLIANCE_BADGES[ComplianceState(record.state)], record.get_state_display())


class DocumentTable(Table):
    """A document a row, with its next check."""

    title = LinkColumn(url_name="audits:document", attrs=LONG)
    kind = Column(attrs=SHORT)
    site = Column(accessor="site__sigle", verbose_name="Site", order_by="site__sigle")
    owner = Column(accessor="owner_label", verbose_name="Tenu par", order_by="owner__sigle", attrs=SHORT)
    version = Column()
    version_on = Column(verbose_name="Version du")
    checked_on = Column(verbose_name="Vérifié le")
    period = Column(accessor="period", verbose_name="Périodicité", orderable=False)
    next_check_on = Column(accessor="next_check_on", verbose_name="Prochaine vérification", orderable=False)
    state = Column(accessor="pk", verbose_name="État", orderable=False)
    place = Column(attrs=SHORT)

    class Meta(Table.Meta):
        model = Document
        fields = sequence = (
            "title",
            "state",
            "next_check_on",
            "kind",
            "owner",
            "version",
            "version_on",
            "checked_on",
            "period",
            "place",
            "site",
        )
        attrs = {"caption": "Registre documentaire"}

    def __init__(self, *args, on, within, **kwargs):
        self.on, self.within = on, within
        super().__init__(*args, **kwargs)

    def render_period(self, value):
        return str(value) or "–"

    def value_period(self, record):
        return str(record.period)

    def render_next_check_on(self, record):
        return in_words(record.next_check_on) if record.next_check_on else "–"

    def render_state(self, record):
        state = self._state(record)
        return badge_html(DUE_BADGES[state], state.label)

    def value_state(self, record):
        return self._state(record).label

    def _state(self, record) -> DueState:
        return record.state_on(self.on, within=self.within)


class BinderTable(Table):
    """A binder a row."""

    name = LinkColumn(url_name="audits:binder", attrs=LONG)
    site = Column(attrs=SHORT)
    state_on = Column()
    made_at = Column()
    made_by = Column()
    entries = FigureColumn(accessor="entries", verbose_name="Fichiers")

    class Meta(Table.Meta):
        model = Binder
        fields = ("name", "site", "state_on", "made_at", "made_by", "entries")
        attrs = {"caption": "Classeurs de l’auditeur"}
