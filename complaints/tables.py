"""Tables of cases, rules, models, terms, mailboxes and their mails."""

from complaints.models import Complaint, DelayRule, Mailbox, MailReceived, ReplyTemplate, RetentionTerm, Tally
from complaints.rules.standing import Urgency, standing_of
from core.base.figures import COUNT
from core.pages.states import badge_html
from core.pages.tables import Column, FigureColumn, LinkColumn, Table

LONG = {"td": {"class": "qp-wrap"}}
SHORT = {"td": {"class": "qp-wrap qp-wrap--short"}}
BADGES = {
    Urgency.LATE: ("late", "En retard"),
    Urgency.SOON: ("to_confirm", "À faire bientôt"),
    Urgency.WAITING: ("suspended", "Usager attendu"),
    Urgency.DUE: ("open", "En cours"),
    Urgency.TO_CLOSE: ("to_confirm", "À clore"),
    Urgency.CLOSED: ("closed", "Clos"),
}


def badge_of_case(case: Complaint, on) -> tuple[str, str]:
    return BADGES[standing_of(case, on)]


class CaseTable(Table):
    """A case a row, the most urgent first."""

    reference = LinkColumn(url_name="complaints:case", key="reference")
    received_on = Column(verbose_name="Reçue le")
    kind = Column(attrs=SHORT)
    channel = Column(attrs=SHORT)
    theme = Column(accessor="theme_label", verbose_name="Thème", orderable=False, attrs=SHORT)
    service = Column(accessor="where_label", verbose_name="Service", orderable=False, attrs=SHORT)
    due_on = Column(verbose_name="À faire avant le")
    site = Column(accessor="site__sigle", verbose_name="Site", order_by="site__sigle")
    state = Column(accessor="pk", verbose_name="État", orderable=False)

    class Meta(Table.Meta):
        model = Complaint
        fields = sequence = (
            "reference",
            "state",
            "due_on",
            "received_on",
            "kind",
            "channel",
            "theme",
            "site",
            "service",
        )
        attrs = {"caption": "Réclamations et suggestions"}

    def __init__(self, *args, on, **kwargs):
        self.on = on
        super().__init__(*args, **kwargs)

    def render_state(self, record):
        return badge_html(*badge_of_case(record, self.on))


class DelayRuleTable(Table):
    """A rule a row."""

    medium = LinkColumn(url_name="complaints:rule")
    valid_from = Column()
    acknowledge_days = FigureColumn(accessor="acknowledge_days", measure=COUNT)
    answer_days = FigureColumn(accessor="answer_days", measure=COUNT)
    site = Column(attrs=SHORT)
    source = Column(attrs=LONG)

    class Meta(Table.Meta):
        model = DelayRule
        fields = ("medium", "valid_from", "acknowledge_days", "answer_days", "site", "source")
        attrs = {"caption": "Délais propres à un site"}


class ReplyTemplateTable(Table):
    """A model reply a row."""

    title = LinkColumn(url_name="complaints:template", attrs=LONG)
    kind = Column(attrs=SHORT)
    site = Column(attrs=SHORT)
    approved_on = Column()
    is_active = Column()

    class Meta(Table.Meta):
        model = ReplyTemplate
        fields = ("title", "kind", "site", "approved_on", "is_active")
        attrs = {"caption": "Modèles de réponse"}


class RetentionTermTable(Table):
    """A term a row."""

    kind = LinkColumn(url_name="complaints:term")
    valid_from = Column()
    months = FigureColumn(accessor="months", measure=COUNT)
    is_confirmed = Column()
    site = Column(attrs=SHORT)

    class Meta(Table.Meta):
        model = RetentionTerm
        fields = ("kind", "valid_from", "months", "is_confirmed", "site")
        attrs = {"caption": "Durées de conservation"}


class MailboxTable(Table):
    """A mailbox a row."""

    label = LinkColumn(url_name="complaints:mailbox", attrs=LONG)
    site = Column(attrs=SHORT)
    host = Column(attrs=SHORT)
    read_at = Column()
    error = Column(attrs=LONG)
    is_active = Column()

    class Meta(Table.Meta):
        model = Mailbox
        fields = ("label", "site", "host", "read_at", "error", "is_active")
        attrs = {"caption": "Boîtes aux lettres"}


class MailTable(Table):
    """A message that stays in its mailbox a row."""

    mailbox = Column(attrs=SHORT)
    uid = FigureColumn(accessor="uid", measure=COUNT)
    seen_at = Column()
    reason = Column(attrs=LONG)

    class Meta(Table.Meta):
        model = MailReceived
        fields = ("mailbox", "uid", "seen_at", "reason")
        attrs = {"caption": "Courriels laissés dans leur boîte"}


class TallyTable(Table):
    """Strokes a row."""

    on = Column()
    channel = Column()
    theme = Column(accessor="theme_label", verbose_name="Thème", orderable=False, attrs=SHORT)
    place = Column(attrs=SHORT)
    count = FigureColumn(accessor="count", measure=COUNT)
    site = Column(attrs=SHORT)

    class Meta(Table.Meta):
        model = Tally
        fields = ("on", "channel", "theme", "place", "count", "site")
        attrs = {"caption": "Remarques orales comptées"}
