"""Labels, audits and documents of the demonstration: what the COPIL of Aix of 2020 tells, and a register."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from audits.enums import AuditKind, CheckOutcome, ComplianceState, DocumentKind, LabelLevel, LabelStep, Result
from audits.models import AuditRow, Label
from audits.services import audits, compliances, documents, evidences, labels
from audits.terms.documents import CheckPeriod
from demo.files import read_json
from demo.organisation import LABEL_OF_AIX, REASON, REFERENTIAL
from organisations.models import Unit, User
from referential.models import Engagement, Referential

SITE, SECOND = "13-aix", "services-publics-plus-2023"
AUDIT_OF_2020 = date(2020, 1, 14)  # the document gives the year and what was found; the day is not known
SINCE_SECOND = 200  # days before today
IMPROVEMENTS = (
    "Assurer la traçabilité de la date de mise à jour et de vérification des documents distribués (flyers, fiches…) et "
    "des outils à disposition des agents (guides, mallette)",
    "Étudier la possibilité de formaliser les retours informels (positifs ou réclamations) des collectivités",
    "Améliorer l’affichage de la charte des usagers",
    "Pour les réunions qualité (formelles ou informelles), rédiger un compte-rendu reprenant les sujets et remarques "
    "qui permettra d’informer les agents absents et d’agrémenter le plan d’actions si nécessaire",
)
YEARLY, HALF_YEARLY, ON_CHANGE = CheckPeriod(months=12), CheckPeriod(months=6), CheckPeriod(on_change=True)
# (title, kind, owner, version, days since its version, days since its last check, period, place, engagements)
REGISTER = (
    (
        "Fiche de procédure « accueil physique »",
        DocumentKind.PROCEDURE,
        "13-aix-accueil",
        "V4",
        700,
        320,
        YEARLY,
        "Serveur commun, Qualité",
        ("1",),
    ),
    (
        "Fiche de procédure « réclamations et suggestions »",
        DocumentKind.PROCEDURE,
        "13-aix-courrier",
        "V3",
        500,
        120,
        YEARLY,
        "Serveur commun, Qualité",
        ("3",),
    ),
    (
        "Guide de l’accueil des usagers",
        DocumentKind.GUIDE,
        "13-aix-accueil",
        "2026",
        260,
        None,
        YEARLY,
        "Banque d’accueil",
        ("1",),
    ),
    (
        "Charte des usagers",
        DocumentKind.POSTER,
        "13-aix-accueil",
        "2019",
        2300,
        420,
        YEARLY,
        "Hall, panneau d’affichage",
        ("1",),
    ),
    (
        "Affiche Transparence",
        DocumentKind.POSTER,
        "13-aix-accueil",
        "T3",
        60,
        60,
        CheckPeriod(months=3),
        "Hall, entrée",
        (),
    ),
    (
        "Registre d’accessibilité",
        DocumentKind.ACCESSIBILITY,
        "13-aix-accueil",
        "2",
        900,
        None,
        ON_CHANGE,
        "Banque d’accueil",
        ("1",),
    ),
    (
        "Page « horaires et coordonnées » du site",
        DocumentKind.WEB_PAGE,
        "13-aix-standard",
        "",
        None,
        170,
        HALF_YEARLY,
        "Site des services de l’État",
        ("10",),
    ),
    (
        "Page « titres de séjour » du site",
        DocumentKind.WEB_PAGE,
        "13-aix-sejour",
        "",
        None,
        215,
        HALF_YEARLY,
        "Site des services de l’État",
        (),
    ),
    (
        "Lettre interne qualité",
        DocumentKind.NEWSLETTER,
        "13-aix-standard",
        "n° 12",
        45,
        None,
        CheckPeriod(months=6),
        "Intranet",
        (),
    ),
    ("Mémo quali-réflexes", DocumentKind.MEMO, "13-aix-accueil", "2025", 400, 30, YEARLY, "Chaque guichet", ()),
    ("Quali-audit", DocumentKind.QUALI_AUDIT, "13-aix-accueil", "2022", 1500, None, CheckPeriod(), "Intranet", ()),
)
COMPLIANCES = (
    (
        "10",
        ComplianceState.COMPLIANT,
        90,
        "Taux d’appels aboutis au-dessus de sa cible, appels mystère concluants",
        "13-aix-standard",
    ),
    ("3", ComplianceState.COMPLIANT, 90, "Registre tenu, délais respectés sur l’année", "13-aix-courrier"),
    ("15", ComplianceState.PARTIAL, 60, "Le point numérique ferme pendant les congés de son agent", "13-aix-numerique"),
)


def load_audits(units: dict[str, Unit], people: dict[str, User], *, today: date) -> None:
    """Labels of Aix and Isère, the audit of 2020, the register of Aix; left alone once there is a label."""
    if Label.objects.exists():
        return
    site, rq = units[SITE], people["rq"]
    referentials = {row.code: row for row in Referential.objects.filter(code__in=(REFERENTIAL, SECOND))}
    label = _labels(site, units["38"], referentials, by=rq, today=today)
    _audit_of_2020(site, referentials[REFERENTIAL], label, by=rq)
    rows = Engagement.objects.filter(module__referential__code=REFERENTIAL, module__code="1")
    engagements = {row.code: row for row in rows.select_related("module")}
    _register(units, engagements, people, today=today)
    _self_diagnoses(units, referentials[SECOND], by=rq, today=today)
    for code, state, days, reason, unit in COMPLIANCES:
        compliances.state(
            site=site,
            engagement=engagements[code],
            state=state,
            reason=reason,
            unit=units[unit],
            stated_on=today - timedelta(days=days),
            by=rq,
        )


def _labels(site: Unit, isere: Unit, referentials: dict[str, Referential], *, by: User, today: date) -> Label:
    first = labels.open_label(
        site=site,
        referential=referentials[REFERENTIAL],
        obtained_on=LABEL_OF_AIX,
        follow_up_planned="T4 2021",
        comment="« Labellisation acquise le 11 février 2020 pour 3 ans avec un audit de renouvellement au bout de "
        "18 mois soit au T4 2021 » (COPIL 2020)",
        by=by,
        reason=REASON,
    )
    labels.open_label(
        site=site,
        referential=referentials[SECOND],
        level=LabelLevel.BRONZE,
        obtained_on=today - timedelta(days=SINCE_SECOND),
        comment="Label de démonstration.",
        by=by,
        reason=REASON,
    )
    preparing = labels.open_label(
        site=isere, referential=referentials[REFERENTIAL], prepared_from=date(2022, 1, 1), by=by, reason=REASON
    )
    for step in (LabelStep.FILE_READY, LabelStep.SENT_TO_REGION, LabelStep.SENT_TO_DMAT):
        labels.set_step(preparing.steps.get(step=step), comment="En 2022, jour non dit (bilan qualité 2022)", by=by)
    return first


def _audit_of_2020(site: Unit, referential: Referential, label: Label, *, by: User) -> None:
    """Weaknesses: none. Four improvements. Strong points are spoken of, not named."""
    audit = audits.open_audit(
        site=site,
        kind=AuditKind.EXTERNAL,
        starts_on=AUDIT_OF_2020,
        referential=referential,
        label=label,
        conclusion="Repris du COPIL 2020 d’Aix-en-Provence, qui donne l’année et les constats ; le jour de l’audit n’y "
        "est pas dit.",
        by=by,
        reason=REASON,
    )
    rows = [AuditRow(comment=text, result=Result.IMPROVEMENT, section="Pistes de progrès") for text in IMPROVEMENTS]
    audits.add_rows(audit, rows, by=by, reason=REASON)
    audits.state_none(audit, [Result.WEAKNESS], by=by, reason=REASON)


def _self_diagnoses(units: dict[str, Unit], referential: Referential, *, by: User, today: date) -> None:
    """Two years of marks of the structures of the CLAC of Aix, invented: no document gives any."""
    engagements = {row.code: row for row in Engagement.objects.filter(module__referential=referential)}
    for told in read_json("clac")["diagnoses"]:
        audit = audits.open_audit(
            site=units[SITE],
            kind=AuditKind.SELF_DIAGNOSIS,
            starts_on=today - timedelta(days=told["days"]),
            referential=referential,
            conclusion=told["conclusion"],
            by=by,
            reason=REASON,
        )
        rows = [
            AuditRow(structure=units[unit], engagement=engagements[code], score=score, comment=evidence)
            for unit, marks in told["marks"].items()
            for code, (score, evidence) in marks.items()
        ]
        audits.add_rows(audit, rows, by=by, reason=REASON)


def _register(
    units: dict[str, Unit], engagements: dict[str, Engagement], people: dict[str, User], *, today: date
) -> None:
    for title, kind, owner, version, version_days, checked_days, period, place, codes in REGISTER:
        document = documents.register(
            site=units[SITE],
            title=title,
            kind=kind,
            owner=units[owner],
            version=version,
            period=period,
            place=place,
            version_on=None if version_days is None else today - timedelta(days=version_days),
            engagements=[engagements[code] for code in codes],
            by=people["rq"],
            reason=REASON,
        )
        if checked_days is not None:
            on = today - timedelta(days=checked_days)
            documents.check(document, outcome=CheckOutcome.UP_TO_DATE, on=on, by=people["chef"])
        if kind == DocumentKind.PROCEDURE:
            text = f"{title}\nVersion {version}\n\nFiche de démonstration.\n"
            file = SimpleUploadedFile(f"{title}.txt", text.encode())
            evidences.add(
                document,
                file=file,
                version=version,
                received_on=document.version_on,
                note="Version en usage",
                by=people["rq"],
            )
