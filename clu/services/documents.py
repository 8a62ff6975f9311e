"""Documents and decks of a meeting, produced in the background: asked for once, whoever asks."""

from datetime import date

from core import jobs
from core.models import Job

JOB_KIND = "committee_document"
DECKS = {"pptx": "Diaporama PowerPoint (PPTX)", "odp": "Diaporama Impress (ODP)", "pdf": "Diaporama PDF"}
PAPERS = {
    "convocation": "Convocation",
    "emargement": "Feuille de présence",
    "compte-rendu": "Compte rendu",
    "dossier": "Dossier de séance",
}
ODT = "compte-rendu-odt"
MEMBERS = "membres"


def kinds() -> dict[str, str]:
    """Every document of a meeting: code → label."""
    decks = {f"diaporama-{extension}": label for extension, label in DECKS.items()}
    return PAPERS | {ODT: "Compte rendu (ODT)"} | decks


def kinds_on(meeting, *, today: date) -> dict[str, str]:
    """Those that have something to say on a day: there are no minutes before the meeting."""
    minutes = ("compte-rendu", ODT)
    return {code: label for code, label in kinds().items() if meeting.held_on <= today or code not in minutes}


def request(meeting, *, kind: str, by) -> Job:
    """Ask for a document of a meeting; the one already asked for is returned."""
    return jobs.enqueue(
        JOB_KIND,
        by=by,
        label=f"{kinds()[kind]} – {meeting.title}"[:200],
        parameters={"meeting_id": meeting.pk, "kind": kind},
        key=f"{JOB_KIND}:{meeting.pk}:{kind}",
    )
