"""Tables of the annual reports."""

from core.pages.tables import Column, FigureColumn, LinkColumn, Table
from reports.models import AnnualReport


class ReportTable(Table):
    """Annual reports with their last edition."""

    name = LinkColumn(url_name="reports:report", accessor="name", order_by="year", verbose_name="Bilan")
    edition_count = FigureColumn(verbose_name="Éditions", accessor="edition_count")
    last_edition_at = Column(verbose_name="Dernière édition", accessor="last_edition_at")

    class Meta(Table.Meta):
        model = AnnualReport
        fields = ("name", "site", "edition_count", "last_edition_at")
        attrs = {"caption": "Bilans qualité"}
