"""The annual reports of the demonstration, with their written chapters."""

from demo.files import DATA, read_json
from organisations.models import Unit, User
from reports.models import AnnualReport
from reports.services import annual_reports


def load_reports(units: dict[str, Unit], *, by: User) -> None:
    """The reports of 2020, 2022 and 2025 at Aix, of 2022 in the Isère; one that is already there is left as it is."""
    for row in read_json("reports"):
        site = units[row["site"]]
        if AnnualReport.objects.filter(site=site, year=row["year"]).exists():
            continue
        report = annual_reports.open_report(site=site, year=row["year"], by=by)
        annual_reports.describe(report, title=report.title, signatory=row["signatory"], by=by)
        chapters = {chapter.section or chapter.title: chapter for chapter in report.chapters.all()}
        for name, file in row["texts"].items():
            chapter = chapters.get(name) or annual_reports.add_chapter(report, title=name, by=by)
            text = (DATA / file).read_text(encoding="utf-8")
            title = row.get("titles", {}).get(name, chapter.title)
            annual_reports.write_chapter(chapter, title=title, text=text, by=by)
