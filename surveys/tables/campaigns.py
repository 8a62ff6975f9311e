"""Tables of campaigns and of places."""

from core.base.figures import COUNT, format_number
from core.pages.states import badge_html
from core.pages.tables import Column, FigureColumn, LinkColumn, Table
from surveys.enums import CampaignState
from surveys.models import Campaign, Place

LONG = {"td": {"class": "qp-wrap"}}
SHORT = {"td": {"class": "qp-wrap qp-wrap--short"}}
STATES = {
    CampaignState.DRAFT: ("preview", "En préparation"),
    CampaignState.OPEN: ("open", "Ouverte"),
    CampaignState.CLOSED: ("closed", "Close"),
}


def state_of(campaign: Campaign, on) -> tuple[str, str]:
    """The badge of a campaign on a day: an open one whose days are over waits to be closed."""
    if campaign.is_open and campaign.ends_on < on:
        return "late", "À clore"
    return STATES[CampaignState(campaign.state)]


class CampaignTable(Table):
    """A campaign a row."""

    title = LinkColumn(url_name="surveys:campaign", key="code", attrs=LONG)
    kind = Column(attrs=SHORT)
    site = Column(attrs=SHORT)
    starts_on = Column()
    ends_on = Column()
    returns = FigureColumn(accessor="returns", measure=COUNT, verbose_name="Retours")
    goal = FigureColumn(accessor="goal", measure=COUNT)
    state = Column(verbose_name="État")

    class Meta(Table.Meta):
        model = Campaign
        fields = ("title", "kind", "site", "starts_on", "ends_on", "returns", "goal", "state")
        attrs = {"caption": "Campagnes d’enquête"}

    def __init__(self, *args, on, **kwargs):
        self.on = on
        super().__init__(*args, **kwargs)

    def render_kind(self, value):
        return str(value).removeprefix("Enquête ").removeprefix("de ").capitalize()

    def render_goal(self, value):
        return format_number(value) if value else "–"

    def render_state(self, record):
        return badge_html(*state_of(record, self.on))


class PlaceTable(Table):
    """A place a row."""

    name = LinkColumn(url_name="surveys:place", attrs=LONG)
    name_en = Column()
    site = Column(attrs=SHORT)
    unit = Column(attrs=SHORT)
    is_active = Column(verbose_name="Proposé")

    class Meta(Table.Meta):
        model = Place
        fields = ("name", "name_en", "site", "unit", "is_active")
        attrs = {"caption": "Lieux d’accueil"}
