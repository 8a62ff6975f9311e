"""Write the text of a chapter: `manage.py write_chapter --unit 38 --year 2022 --chapter actions --file texte.html`."""

from pathlib import Path

from core.base.commands import FrenchCommand
from core.base.errors import UserError
from organisations.models import Unit
from reports.models import Chapter, FigureNote
from reports.rendering import sections
from reports.services.annual_reports import comment, open_report, write_chapter


class Command(FrenchCommand):
    help = "Écrit la partie rédigée d’un chapitre du bilan ; le texte est nettoyé comme s’il était saisi dans la page."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code du site")
        parser.add_argument("--year", required=True, type=int, help="année du bilan")
        parser.add_argument("--chapter", required=True, help="code de la partie calculée du chapitre, ou son titre")
        parser.add_argument("--figure", default="", help="code d’un tableau ou d’un graphique à commenter")
        parser.add_argument("--file", required=True, type=Path, help="fichier HTML, en UTF-8")

    def handle(self, *, unit: str, year: int, chapter: str, figure: str, file: Path, **options):
        site = Unit.objects.sites().filter(code=unit).first()
        if site is None:
            raise UserError(f"Aucun site n’a le code « {unit} ».")
        text = _read(file)
        report = open_report(site=site, year=year, by=None)
        found = _named(list(report.chapters.all()), chapter)
        if figure:
            note = _said_beside(found, figure, text)
            self.stdout.write(f"{note.label} : {len(note.text)} signes – {found.title}, {report.name}.")
            return
        written = write_chapter(found, title=found.title, text=text, by=None)
        self.stdout.write(f"{written.title} : {len(written.text)} signes – {report.name}.")


def _said_beside(chapter: Chapter, code: str, text: str) -> FigureNote:
    """The comment of a figure. UserError where the chapter prints none of that code."""
    known = {one.code: one.label for one in sections.figures_of(chapter)}
    if code not in known:
        told = f"Il y a : {', '.join(known)}." if known else "Il n’en a aucun."
        raise UserError(f"Aucun tableau ni graphique « {code} » dans « {chapter.title} ». {told}")
    return comment(chapter, figure=code, label=known[code], text=text, by=None)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise UserError(f"« {file} » ne se lit pas : {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"« {file} » n’est pas un texte en UTF-8.") from error


def _named(chapters: list[Chapter], name: str) -> Chapter:
    """The chapter of that code, else of that title."""
    for key in (lambda one: one.section, lambda one: one.title):
        if found := [one for one in chapters if key(one) == name]:
            return found[0]
    known = ", ".join(one.section or f"« {one.title} »" for one in chapters)
    raise UserError(f"Aucun chapitre « {name} » dans ce bilan. Il y a : {known}.")
