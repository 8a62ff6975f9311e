"""Import of a register of documents: a line for each, known again by its title at the site."""

import re
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from audits.enums import DocumentKind
from audits.imports.periods import PeriodReader, RegisterDay, Version
from audits.imports.versions import part_version
from audits.models import Document, DocumentImport
from audits.services import documents
from audits.terms import documents as rules
from core.base.words import in_words
from core.importing.asks import Option
from core.importing.kind import Noun
from core.importing.plan import Plan
from core.importing.tables import Content, Wanted
from core.importing.tables.readers import Choice, Lookup, Named, Text
from core.importing.tables.table_import import Entered, TableImport
from core.importing.vocabulary import key_of
from core.importing.words import plain
from core.record import history
from organisations.models import Unit
from organisations.permissions import Permission
from referential.models import Engagement
from referential.services.naming import book_of

_OF = r"(?: (?:de |d |du |des |la |le |l |a |en )*\w+){0,3}"
KINDS = Choice.of(
    DocumentKind,
    {
        DocumentKind.PROCEDURE: r"(?:fiches? )?(?:de )?procedures?|fiches?|modes? operatoires?|fp|process",
        DocumentKind.GUIDE: r"guides?(?: .*)?|livrets?(?: .*)?|mallettes?(?: .*)?",
        DocumentKind.POSTER: r"affiches?|affichages?|panneaux?|panneau|posters?|flyers?|chevalets?|depliants?",
        DocumentKind.ACCESSIBILITY: r"registres?(?: .*)?",
        DocumentKind.NEWSLETTER: r"lettres?(?: internes?| d information)?|newsletters?",
        DocumentKind.MEMO: r"memos?(?: .*)?|quali ?reflex\w*",
        DocumentKind.QUALI_AUDIT: r"quali ?audits?",
        DocumentKind.WEB_PAGE: r"pages?(?: (?:web|internet|du site.*))?|sites?(?: internet| web)?|internet|web|ide",
        DocumentKind.FORM: r"formulaires?|modeles?(?: .*)?|courriers? types?|courriels? types?|imprimes?",
        DocumentKind.CHARTER: r"chartes?(?: .*)?",
        DocumentKind.OTHER: r"autres?|divers|documents?",
    },
)


OUT_OF_USE = re.compile(r"(?:obsolete|retire|abroge|archive|supprime|annule|remplace|caduc)(?:e?s?|que)(?: .*)?")
NOT_YET = re.compile(
    r"(?:a (?:creer|rediger|ecrire|faire)|en (?:cours de |projet)(?:redaction|creation|validation)?|projet)(?: .*)?"
)


class DocumentsFile(TableImport[DocumentImport]):
    """Each line is a document: who keeps it, its version, its last check, its period; its next check follows."""

    code = "documents"
    namespace = "audits"
    prefix = "document-import"
    title = "Importer un registre documentaire"
    noun = Noun("document", "documents")
    permission = Permission.AUDIT_IMPORT
    seen_with = Permission.DOCUMENT_VIEW
    model = DocumentImport
    related = ("site",)
    technical = r"n|no|numeros?|refs?|codes?|ordre|rangs?|lignes?"
    columns = (
        Wanted(
            "title",
            "Document",
            colour="label",
            is_key=True,
            is_required=True,
            read=Text(300),
            heads=r"(?:titres?|intitules?|noms?|libelles?|designations?|objets?)(?: (?:du |de |des |d |l )*\w+)?|"
            r"documents?|supports?|outils?|pages?|affiches?|(?:elements? de )?preuves?|pieces? justificatives?|title|"
            r"document name",
        ),
        Wanted(
            "kind", "Nature", read=KINDS, heads=r"(?:natures?|types?|categories?|familles?)(?: (?:de |du )\w+)?|kind"
        ),
        Wanted(
            "owner",
            "Service qui le tient",
            read=Lookup(),
            content=Content.ANY,  # sigles look like codes
            colour="person",
            heads=r"responsables?|services?(?: .*)?|pilotes?|proprietaires?|redacteurs?|referents?|tenue? par|bureaux?|"
            r"detenteurs?|detentrices?|gestionnaires?|auteurs?|porteurs?|correspondants?|qui|owner",
        ),
        Wanted(
            "version", "Version", read=Version(60), heads=r"(?:n |numeros? |no )?(?:de )?versions?|indices?|rev|edition"
        ),
        Wanted(
            "version_on",
            "Date de la version",
            read=RegisterDay(),
            colour="date",
            heads=r"dates?(?: (?:de (?:la )?|du |d |l )*(?:versions?|creations?|redactions?|editions?|publications?|"
            r"mises? a jour|maj|document|parution))?|version (?:le|du)|"
            r"(?:cree|redige|mis a jour|maj|publie)e?s?(?: le| du)?|(?:derniere )?mise a jour|"
            r"(?:en vigueur|applicable) (?:depuis|le|au)|dates? d (?:application|effet|entree en vigueur)|"
            r"(?:valide|approuve|pose|affiche|imprime|edite|signe|diffuse)e?s? le",
        ),
        Wanted(
            "checked_on",
            "Dernière vérification",
            read=RegisterDay(),
            colour="date",
            heads=r"(?:dates? (?:de |du )?(?:la )?)?(?:derniere?s? )?(?:verifications?|controles?|revues?|relectures?|"
            r"revisions?)(?: le)?|(?:verifie|controle|vu|revu|relu)e?s? le|last check(?:ed)?",
        ),
        Wanted(
            "period",
            "Périodicité",
            read=PeriodReader(),
            heads=r"(?:periodicites?|frequences?|periodes?|rythmes?|delais?)(?: (?:de |d |la |des )*\w+)?"
            r"(?: (?:en )?(?:mois|jours|ans|annees))?|mois|validites?|renouvellements?|period|frequency|"
            r"(?:a )?(?:verifi|control|revis|rev|maj|mise? a jour)"
            r"(?:|er|oir|e|ee|es|ees|u|ue|ues|ions?|ications?|s) tou(?:s|tes) les",
        ),
        Wanted(
            "planned_check_on",
            "Prochaine vérification",
            read=RegisterDay(is_end=True),
            colour="date",
            heads=r"(?:dates? (?:de (?:la )?)?)?(?:prochaine?s? (?:verifications?|revues?|revisions?|controles?|"
            r"mises? a jour|echeances?|dates?))|echeances?|a verifier (?:le|avant(?: le)?)|"
            r"a revoir (?:le|avant)|next check",
        ),
        Wanted(
            "link",
            "Adresse",
            read=Text(500),
            heads=r"liens?(?: .*)?|links?|adresses?(?: (?:web|internet))?|url|chemins?",
        ),
        Wanted(
            "place",
            "Où il est affiché ou rangé",
            read=Text(300),
            heads=r"lieux?(?: .*)?|emplacements?|localisations?|ou|affiche (?:a|ou)|classement|ou (?:est|il) .*|place",
        ),
        Wanted(
            "engagement",
            "Engagement",
            read=Text(400),
            content=Content.ANY,
            colour="key",
            is_carried=True,
            heads=r"engagements?(?: (?:n|no|concernes?|lies?|\w+))?|references?(?: .*)?|exigences?",
        ),
        Wanted("use", "En usage", read=Text(60), heads=r"statuts?|etats?|situations?|en usage|status"),
        Wanted(
            "comment", "Commentaire", read=Text(), heads=r"commentaires?|observations?|remarques?|notes?|precisions?"
        ),
    )

    def gathered(self, entries: Sequence[Entered]) -> Sequence[Entered]:
        """A line with nothing but « Affiches » is the title of the next ones."""
        for entry in entries:
            _set_aside(entry, entry.values.pop("use", ""))
            part_version(entry)
        if all(entry.row.codes == ("title",) for entry in entries):
            return entries
        section = table = None
        for entry in entries:
            section = section if entry.row.table is table else None
            table = entry.row.table
            title = entry.values.get("title", "")
            if entry.row.codes == ("title",) and _is_section(entry, title):
                section, entry.row.left_out = title, "titre de la liste"
            elif section and not entry.row.band:
                entry.row.band = section
        return entries

    def options(self, code: str) -> Sequence[Option]:
        return [Option(str(unit.pk), name) for unit in self.units.values() for name in (unit.sigle, unit.name) if name]

    @property
    def units(self) -> dict[int, Unit]:
        if not hasattr(self, "_units"):
            below = Unit.objects.ids_below(self._root())
            self._units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=below).order_by("position", "pk")}
        return self._units

    def _root(self) -> int:
        site = self.record.site
        return (site.ancestors(include_self=True).first() or site).pk

    def stored(self, entries: Sequence[Entered]) -> dict[str, Document]:
        self.book = book_of(timezone.localdate())
        self.referential = self.book.referential_of({("", one.values.get("engagement", "")) for one in entries})
        rows = Document.objects.filter(site=self.record.site, withdrawn_on=None).prefetch_related("engagements")
        return {plain(row.title): row for row in rows}

    def match(self, entry: Entered, stored: dict[str, Document]) -> Document | None:
        return stored.get(plain(entry.values["title"]))

    def before(self, entry: Entered, code: str) -> Any:
        target: Document = entry.target
        if code == "owner":
            return target.owner or target.owner_words
        if code == "engagement":
            return ", ".join(one.code for one in target.engagements.all())
        return getattr(target, code)

    def check(self, entry: Entered) -> None:
        values = entry.values
        period = values.get("period") or (entry.target.period if entry.target else rules.CheckPeriod())
        checked, version = values.get("checked_on"), values.get("version_on")
        due, told = rules.next_check_on(period, checked_on=checked, version_on=version), values.get("planned_check_on")
        if due and told and due != told:
            entry.doubtful(
                "planned_check_on",
                f"Le registre dit {in_words(told)}, la périodicité donne le {in_words(due)} : c’est elle qui vaudra.",
            )
        for code in ("checked_on", "version_on"):
            if (day := values.get(code)) and day > timezone.localdate():
                entry.doubtful(code, f"Le {in_words(day)} est à venir.")
        self._understand(entry)

    def _understand(self, entry: Entered) -> None:
        """The owner and the engagements that words name; the changes are told with what they were understood as."""
        values = entry.values
        above = (entry.row.band or next((text for _cell, text in entry.row.titles()), ""), entry.row.table.sheet)
        if kind := next(filter(None, (KINDS.known(key_of(text)) for text in above)), ""):
            values.setdefault("kind", kind)
        if isinstance(owner := values.get("owner"), Named):
            values["owner"] = self.units[int(owner.value)] if owner.value else owner.text
        if words := values.get("engagement"):
            found = self.book.find("", words, self.referential.pk if self.referential else None)
            entry.extra = list(found.engagements)
            if not found.engagements:
                entry.doubtful("engagement", f"« {words} » n’est pas un engagement connu : il n’est pas repris.")
            values["engagement"] = ", ".join(one.code for one in found.engagements)
        if (link := values.get("link")) and not link.startswith(("http://", "https://")):
            values.setdefault("place", link)
            del values["link"]

    def hold(self) -> None:
        history.lock(self.record.site)

    def write(self, plan: Plan, *, by: Any, reason: str) -> None:
        for line in plan.kept:
            entry: Entered = line.content
            fields = _fields(entry.values)
            engagements: list[Engagement] | None = entry.extra if "engagement" in entry.values else None
            if entry.target is None:
                documents.register(site=self.record.site, engagements=engagements or (), by=by, reason=reason, **fields)
            elif line.changes:
                documents.change(entry.target, engagements=engagements, by=by, reason=reason, **fields)

    @classmethod
    def scope_key(cls, record: DocumentImport) -> str:
        return record.site.code

    @classmethod
    def place(cls, record: DocumentImport) -> str:
        return str(record.site)

    @classmethod
    def way(cls, record: DocumentImport) -> list[tuple[str, str]]:
        return [cls.leads_to(record)]

    @classmethod
    def upload_url(cls, record: DocumentImport) -> str:
        return reverse("audits:document-import-upload")

    @classmethod
    def leads_to(cls, record: DocumentImport) -> tuple[str, str]:
        return "Documents", reverse("audits:documents")


def _is_section(entry: Entered, title: str) -> bool:
    """Whether a title alone on its line heads the next ones: « Affiches »; « Guide de l’agent » is a document."""
    is_plural = plain(title).partition(" ")[0].endswith("s") or title.isupper() or title.endswith(":")
    return is_plural and bool(KINDS.known(key_of(title))) and not entry.row.table.of_role("kind")


def _fields(values: dict[str, Any]) -> dict[str, Any]:
    """The fields of a document that the values of a line give."""
    fields = {name: value for name, value in values.items() if name != "engagement"}
    if "owner" in fields and not isinstance(fields["owner"], Unit):
        fields["owner_words"], fields["owner"] = fields["owner"], None
    return fields


def _set_aside(entry: Entered, use: str) -> None:
    """What is no longer, or not yet, in use is left out."""
    if OUT_OF_USE.fullmatch(plain(use)):
        entry.row.left_out = f"plus en usage : {use}"
    elif NOT_YET.fullmatch(plain(use)):
        entry.row.left_out = f"pas encore en usage : {use}"
