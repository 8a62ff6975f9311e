"""Documents to print, made by hand: no database."""

from datetime import UTC, date, datetime

from actions.exports.sheets import EngagementGroup, FindingBlock, PlanDocument, PlanSheet, SheetBand, SheetLine

DIGEST = "0123456789abcdef" * 4
FIRST = "1 – Nous vous informons sur les conditions d’accueil"
THIRD = "3 – A votre écoute pour progresser"


def line(**fields) -> SheetLine:
    return SheetLine(**{"responsible": "RQ", "deadline": "15/11/15", "status": "FAIT"} | fields)


def sheet(*sections: SheetBand, **fields) -> PlanSheet:
    told = {
        "title": "Plan d’actions suite à l’audit interne du 16/10/2015",
        "about": "Audit interne du 16/10/2015 · 3 actions",
        "tab": "Audit interne 2015",
        "updated_on": date(2016, 10, 7),
    }
    return PlanSheet(**told | fields, sections=sections or (module(),))


def module() -> SheetBand:
    """A band, an engagement with two findings, another with one."""
    return SheetBand(
        "Module obligatoire",
        (
            EngagementGroup(
                FIRST,
                (
                    FindingBlock("Affichage à remettre à jour", (line(comment="Fait le 03/11/2015"),)),
                    FindingBlock("Manque les horaires", (line(responsible="SIDSIC"),)),
                ),
            ),
            EngagementGroup(THIRD, (FindingBlock("Enquêtes mystères", (line(deadline="1er trim. 2016"),)),)),
        ),
    )


def with_actions(*lines: SheetLine, finding: str = "Délai de rendez-vous à réduire") -> PlanSheet:
    group = EngagementGroup("", (FindingBlock(finding, lines),))
    return sheet(SheetBand("", (group,)), title="CLU du 25 juin 2019", tab="CLU 2019", updated_on=None)


def document(*plans: PlanSheet) -> PlanDocument:
    produced = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    return PlanDocument("Préfecture de l’Aisne", date(2016, 10, 7), produced, DIGEST, plans)
