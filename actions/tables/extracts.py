"""The list of dated files."""

from django.urls import reverse
from django.utils.html import format_html

from actions.models import PlanExtract
from core.pages.tables import Column, Table


class ExtractTable(Table):
    """Which state, which file, by whom and when."""

    stood_on = Column(verbose_name="État au")
    site = Column()
    format = Column()
    created_at = Column(verbose_name="Produit le")
    created_by = Column(verbose_name="Par")
    state_digest = Column(verbose_name="Empreinte de l’état", orderable=False, reads=("state_digest",))
    verify = Column(verbose_name="Vérification", accessor="pk", orderable=False, is_exported=False)

    class Meta(Table.Meta):
        model = PlanExtract
        fields = ("stood_on", "site", "format", "created_at", "created_by", "state_digest", "verify")
        attrs = {"caption": "Extraits datés"}

    def render_state_digest(self, record):
        return format_html("<code>{}…</code>", record.state_digest[:16])

    def value_state_digest(self, digest):
        return digest

    def render_verify(self, record):
        url = f"{reverse('actions:verify')}?empreinte={record.state_digest}"
        return format_html('<a href="{}">Vérifier<span class="fr-sr-only"> cet extrait</span></a>', url)
