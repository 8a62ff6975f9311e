"""Tables of the annual reports."""

from core.pages.tables import Column, FigureColumn, LinkColumn, Table
from reports.models import AnnualReport, Publication


class ReportTable(Table):
    """Annual reports with their last edition."""

    name = LinkColumn(url_name="reports:report", accessor="name", order_by="year", verbose_name="Bilan")
    edition_count = FigureColumn(verbose_name="Éditions", accessor="edition_count")
    last_edition_at = Column(verbose_name="Dernière édition", accessor="last_edition_at")

    class Meta(Table.Meta):
        model = AnnualReport
        fields = ("name", "site", "edition_count", "last_edition_at")
        attrs = {"caption": "Bilans qualité"}


class PublicationTable(Table):
    """Published bilans, each one click from being read."""

    name = LinkColumn(
        url_name="reports:publication", accessor="edition__report__name", order_by="edition__report__year",
        verbose_name="Bilan",
    )  # fmt: skip
    site = Column(accessor="edition__report__site", verbose_name="Site")
    edition = Column(accessor="edition__number", verbose_name="Édition")
    published_at = Column()

    class Meta(Table.Meta):
        model = Publication
        fields = ("name", "site", "edition", "published_at")
        attrs = {"caption": "Bilans publiés"}
