"""Tables of committees and meetings."""

from clu.models import Committee
from core.pages.tables import Column, LinkColumn, Table


class CommitteeTable(Table):
    """A committee a row."""

    short = LinkColumn(url_name="clu:committee", accessor="short", verbose_name="Instance", order_by=("kind", "name"))
    site = Column()
    chair = Column()
    quorum = Column()

    class Meta(Table.Meta):
        model = Committee
        fields = ("short", "site", "chair", "quorum")
        attrs = {"caption": "Instances"}
