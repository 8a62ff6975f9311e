"""What the commands of the committees have in common: the site and the committee they name."""

from clu.enums import CommitteeKind
from clu.models import Committee, Meeting
from clu.services import committees
from core.base.commands import parse_date
from core.base.errors import UserError
from organisations.models import Unit


def add_place(parser) -> None:
    parser.add_argument("--unit", required=True, help="code du site, comme 13-aix")
    parser.add_argument("--committee", required=True, help="clu, copil ou clac")


def site_of(code: str) -> Unit:
    site = Unit.objects.sites().filter(code=code).first()
    if site is None:
        raise UserError(f"Aucun site n’a le code « {code} ».")
    return site


def kind_and_site(options) -> tuple[CommitteeKind, Unit]:
    return committees.kind_of(options["committee"]), site_of(options["unit"])


def committee_of(options) -> Committee:
    """The committee that the options name. UserError when the site has none of that kind."""
    kind, site = kind_and_site(options)
    committee = committees.find(site, kind)
    if committee is None:
        raise UserError(f"« {site} » n’a pas d’instance « {kind} » : importez ses membres ou créez-la.")
    return committee


def meeting_of(options) -> Meeting:
    """The meeting that the options name. UserError when the committee did not meet that day."""
    committee, day = committee_of(options), parse_date(options["date"], "--date")
    meeting = Meeting.objects.for_list().filter(committee=committee, held_on=day).first()
    if meeting is None:
        raise UserError(f"Aucune réunion de cette instance n’est enregistrée le {day:%d/%m/%Y} : {committee}.")
    return meeting
