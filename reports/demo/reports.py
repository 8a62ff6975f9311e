"""The annual reports of the demonstration, with their written chapters."""

from core import history
from organisations.models import Unit, User
from reports.demo.files import DATA, read_json
from reports.demo.organisation import REASON
from reports.models import AnnualReport, Chapter


def load_reports(units: dict[str, Unit], *, by: User) -> None:
    """The reports of 2020 and 2022; one that is already there is left as it is."""
    for row in read_json("reports"):
        site = units[row["site"]]
        if AnnualReport.objects.filter(site=site, year=row["year"]).exists():
            continue
        report = AnnualReport(site=site, year=row["year"], title=row["title"], signatory=row["signatory"])
        history.save(report, by=by, reason=REASON)
        for position, chapter in enumerate(row["chapters"], start=1):
            _save_chapter(report, chapter, position, by=by)


def _save_chapter(report: AnnualReport, row: dict, position: int, *, by: User) -> None:
    text = (DATA / row["text"]).read_text(encoding="utf-8") if row.get("text") else ""
    chapter = Chapter(report=report, section=row.get("section", ""), title=row["title"], text=text, position=position)
    history.save(chapter, by=by, reason=REASON)
