"""What an item of the agenda shows: slides, and the blanks to fill before the meeting, each with who answers for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from clu.models import AgendaItem, Meeting
from core.pages.decks import Slide
from organisations.models import Unit

MISSING = "non saisi"
UNKNOWN_OWNER = "référent qualité"


@dataclass(frozen=True)
class Blank:
    """Something that the deck should say and cannot: « Taux d’appels aboutis », whom to ask, where it is typed."""

    item: str
    what: str
    owner: str = UNKNOWN_OWNER
    url: str = ""

    @property
    def words(self) -> str:
        """« non saisi, responsable : SCI »."""
        return f"{MISSING}, responsable : {self.owner}"

    @property
    def sentence(self) -> str:
        return f"{self.what} : {self.words}"


@dataclass(frozen=True)
class Part:
    """The slides of an item and its blanks."""

    slides: Sequence[Slide] = ()
    blanks: Sequence[Blank] = ()


@dataclass(frozen=True)
class Asked:
    """For which item of which meeting; `title` is that of the slides."""

    meeting: Meeting
    item: AgendaItem
    owner: str = UNKNOWN_OWNER
    period: tuple[int, int] = field(default=(0, 0))  # year and last month of the figures shown

    @property
    def site(self) -> Unit:
        return self.meeting.committee.site

    @property
    def on(self) -> date:
        return self.meeting.held_on

    @property
    def title(self) -> str:
        return self.item.title

    @property
    def year(self) -> int:
        return self.period[0]

    def blank(self, what: str, *, owner: str = "", url: str = "") -> Blank:
        return Blank(self.title, what, owner or self.item.speaker or self.owner, url)

    def nothing(self, what: str, *, url: str = "", owner: str = "") -> Part:
        """The slide that says what is not there, and its blank."""
        blank = self.blank(what, url=url, owner=owner)
        return Part(
            [Slide(self.title, [blank.sentence], notes=f"{blank.sentence}. À compléter avant la séance.")], [blank]
        )


def text_bullets(item: AgendaItem) -> list[str]:
    """What somebody wrote for the item, a bullet a line."""
    return [line.strip(" •-–\t") for line in item.text.splitlines() if line.strip(" •-–\t")]
