"""Tables of labels, audits, compliance, documents and binders."""

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst

from audits.enums import ComplianceState, DueState, LabelState
from audits.models import Audit, Binder, Compliance, Document, Label
from audits.terms.documents import WITHIN
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
        fields = sequence = ("kind", "starts_on", "findings", "body", "site")
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
        fields = sequence = ("engagement", "state", "stated_on", "reason", "unit", "site")
        attrs = {"caption": "Conformité par engagement"}

    def render_state(self, record):
        return badge_html(COMPLIANCE_BADGES[ComplianceState(record.state)], record.get_state_display())


class DocumentRows(Table):
    """What both tables of documents say of a row: its state today."""

    def __init__(self, *args, **kwargs):
        self.on = timezone.localdate()
        super().__init__(*args, **kwargs)

    def state_of(self, record) -> DueState:
        return record.state_on(self.on, within=WITHIN)


class DocumentTable(DocumentRows):
    """A document a row: six columns, what belongs together in one cell."""

    title = LinkColumn(url_name="audits:document", attrs=LONG)
    state = Column(accessor="pk", verbose_name="À vérifier", order_by=("due_on", "title"))
    checked_on = Column(accessor="pk", verbose_name="Vérifié", order_by="checked_on", attrs=SHORT)
    owner = Column(accessor="owner_label", verbose_name="Tenu par", order_by="owner__sigle", attrs=SHORT)
    place = Column(verbose_name="Où", attrs=SHORT)
    site = Column(accessor="site__sigle", verbose_name="Site", order_by="site__sigle")

    class Meta(Table.Meta):
        model = Document
        fields = sequence = ("title", "state", "checked_on", "owner", "place", "site")
        attrs = {"caption": "Registre documentaire"}

    def render_title(self, record, value):
        version = f"version {record.version}" if record.version else ""
        since = f"du {record.version_on:%d/%m/%Y}" if record.version_on else ""
        about = ", ".join(filter(None, [record.get_kind_display(), " ".join(filter(None, [version, since]))]))
        link = reverse("audits:document", args=[record.pk])
        return _two_lines(format_html('<a class="fr-link" href="{}">{}</a>', link, value), about)

    def render_state(self, record):
        state, due = self.state_of(record), record.next_check_on
        return _two_lines(badge_html(DUE_BADGES[state], state.label), f"le {due:%d/%m/%Y}" if due else "")

    def render_checked_on(self, record):
        return _two_lines(in_words(record.checked_on) if record.checked_on else "–", str(record.period))


def _two_lines(first, second: str):
    """What a cell says first, and in small what goes with it."""
    return format_html('{}<br><span class="fr-hint-text">{}</span>', first, second) if second else first


class DocumentFile(DocumentRows):
    """What the export files hold: a document a row, each fact in its column; the import reads it again."""

    title = Column()
    state = Column(accessor="pk", verbose_name="État")
    next_check_on = Column(accessor="next_check_on", verbose_name="Prochaine vérification")
    kind = Column()
    owner = Column(accessor="owner_label", verbose_name="Tenu par")
    version = Column()
    version_on = Column(verbose_name="Version du")
    checked_on = Column(verbose_name="Vérifié le")
    period = Column(accessor="period", verbose_name="Périodicité")
    place = Column()
    site = Column(accessor="site__sigle", verbose_name="Site")

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

    def value_period(self, record):
        return str(record.period)

    def value_state(self, record):
        return self.state_of(record).label


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
