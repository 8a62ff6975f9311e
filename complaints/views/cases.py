"""Cases: the inbox by urgency, one case with its two clocks explained, and its verbs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import urlencode

from complaints.enums import Channel
from complaints.filters import CaseFilter, sites_of
from complaints.forms import cases as forms
from complaints.models import CaseFile, Complaint
from complaints.services import cases, leads, people, replies, urn
from complaints.tables import CaseTable
from complaints.views.case_page import CaseDetail, CaseLetter, CaseMessageFate, CasePerson
from core.base.words import counted
from core.pages import PageAction
from core.pages.detail import ObjectPage
from core.pages.form import CreatePage, GuardedAddPage, UpdatePage
from core.pages.listing import ListPage
from core.pages.page import link
from core.pages.section import Add, Ask, Change, Detail, Fill, History, Listing, Own, Section
from core.pages.stored_files import serve
from organisations import places
from organisations.permissions import Permission

REPLY, REGISTER, EDIT = Permission.COMPLAINT_REPLY, Permission.COMPLAINT_REGISTER, Permission.COMPLAINT_EDIT
IDENTITY, IMPORT, VIEW = Permission.COMPLAINT_IDENTITY, Permission.COMPLAINT_IMPORT, Permission.COMPLAINT_VIEW


class CaseList(ListPage):
    actions = (
        PageAction("Compter une remarque orale", "complaints:tally", REGISTER),
        PageAction("Retour d’une collectivité", "complaints:case-authority", REGISTER),
        PageAction("Relever une urne", "complaints:case-urn", REGISTER),
        PageAction("Bilan et délais", "complaints:statistics", VIEW),
        PageAction("Importer un registre", "complaints:import-home", IMPORT),
        PageAction("Courriels laissés", "complaints:mails-left", REGISTER, kind="tertiary"),
        PageAction("Effacer une personne", "complaints:erase", EDIT, kind="tertiary"),
    )

    def get_queryset(self):
        return Complaint.objects.for_list()

    def get_table_kwargs(self):
        has_one_site = sites_of(self.request.user).count() < 2
        return {"on": timezone.localdate(), "exclude": ("site",) if has_one_site else ()}


class AtSite:
    """The page of a form about a site: the one that the person keeps from page to page is chosen."""

    def get_initial(self):
        return {"site": places.kept(self.request).pk or None}


class NewCase(AtSite, CreatePage):
    def get_success_message(self, saved):
        return f"Enregistrée sous la référence {saved.reference}."


class UrnPage(AtSite, CreatePage):
    def get_success_message(self, saved):
        return f"{counted(len(saved), 'bulletin enregistré', 'bulletins enregistrés')}."

    def get_success_url(self, saved):
        return f"{link('complaints:cases')}?{urlencode({'channel': Channel.URN, 'since': saved[0].received_on})}"


class OnCase:
    """The page of a form that knows its case."""

    takes = "case"

    def get_parent(self):
        return self.object


class OpenCase(OnCase):
    """The page of a verb that a closed case has no more."""

    is_for_closed = False

    def get(self, request, *args, **kwargs):
        if self.object.is_open or self.is_for_closed:
            return super().get(request, *args, **kwargs)
        messages.error(request, cases.closed_since(self.object))
        return HttpResponseRedirect(self.get_object_url())


class CaseVerb(OpenCase, GuardedAddPage):
    """A verb of a case; a message is begun from the model asked for (`?modele=`), else from the first one."""

    template_name = "complaints/verb.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if issubclass(self.form_class, forms.MessageForm):
            kwargs["model"] = self.request.GET.get("modele", "")
        return kwargs


class SortPage(OpenCase, UpdatePage):
    """What a case is: two people who sort it at once choose between their two versions."""


class FileDownload(ObjectPage):
    """A document of a case, for who may read what the person wrote."""

    permission = IDENTITY

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        file = CaseFile.objects.filter(complaint=self.object, pk=kwargs["file"]).first()
        if file is None:
            raise Http404
        return serve(request, file.file, digest=file.digest, name=file.name)


def fill(at: str, form: type, verb: Any, title: str, button: str, **options: Any) -> Fill:
    """A verb of a case with its form, and the button that does it."""
    return Fill(at, form, verb, page=CaseVerb, title=title, button_label=button, **options)


class Cases(Section):
    name, path, permission = "complaints:case", "dossiers/<slug:reference>", REPLY
    queryset = Complaint.objects.select_related("site", "service", "transmitted_to", "identity", "second_look_of")

    listing = Listing(
        "",
        page=CaseList,
        table_class=CaseTable,
        filterset_class=CaseFilter,
        title="Réclamations et suggestions",
        noun=("dossier", "dossiers"),
        create_label="Enregistrer",
        intro="Le plus urgent d’abord. La recherche trouve une personne par son adresse ou son nom, sans l’afficher.",
        empty_title="Aucune réclamation ni suggestion.",
        empty_text="Elles arrivent par le formulaire public ou la boîte aux lettres, l’accueil les enregistre, le "
        "référent qualité importe un registre. L’accueil voit celles qu’il a enregistrées, un service celles qui lui "
        "sont transmises.",
    )
    create = Add(
        "nouveau",
        forms.NewCaseForm,
        cases.register_typed,
        page=NewCase,
        permission=REGISTER,
        title="Enregistrer une réclamation ou une suggestion",
        button_label="Enregistrer",
    )
    authority = Add(
        "collectivite",
        forms.AuthorityForm,
        cases.register_authority,
        page=NewCase,
        permission=REGISTER,
        title="Retour d’une collectivité",
        button_label="Enregistrer",
    )
    urn = Add(
        "urne",
        forms.UrnForm,
        urn.register_slips,
        page=UrnPage,
        permission=REGISTER,
        title="Relever une urne",
        button_label="Enregistrer les bulletins",
    )
    detail = Detail(page=CaseDetail)
    person = Own("personne", CasePerson)
    letter = Own("courrier", CaseLetter)
    message = Own("messages/<int:message>", CaseMessageFate)
    file = Own("pieces/<int:file>", FileDownload)
    sort = Change(forms.SortForm, cases.sort, at="trier", page=SortPage, title="Trier {0}", crumb="Trier")
    acknowledge = fill(
        "accuser", forms.AcknowledgeForm, replies.acknowledge, "Accuser réception de {0}", "Enregistrer l’accusé"
    )
    transmit = fill("transmettre", forms.TransmitForm, cases.transmit, "Transmettre {0}", "Transmettre")
    ask = fill("demander", forms.AskForm, replies.ask, "Demander des précisions pour {0}", "Demander")
    resume = fill("reprendre", forms.ResumeForm, cases.resume, "L’usager a répondu pour {0}", "Reprendre le délai")
    extend = fill("prolonger", forms.ExtendForm, replies.extend, "Annoncer une autre date pour {0}", "Prolonger")
    answer = fill("repondre", forms.AnswerForm, replies.answer, "Répondre à {0}", "Enregistrer la réponse")
    redirect = fill("rediriger", forms.RedirectForm, replies.redirect, "Rediriger {0}", "Rediriger et clore")
    close = fill("clore", forms.CloseForm, cases.close, "Clore {0}", "Clore")
    again = fill(
        "second-regard",
        forms.AgainForm,
        cases.look_again,
        "Second regard sur {0}",
        "Ouvrir le second regard",
        is_for_closed=True,
    )
    finding = fill(
        "constat", forms.FindingForm, leads.lead, "Relier {0} au plan d’actions", "Relier", is_for_closed=True
    )
    done = fill(
        "fait",
        forms.DoneForm,
        replies.tell_done,
        "Dire ce qui a été fait pour {0}",
        "Enregistrer ce message",
        is_for_closed=True,
    )
    erase = Ask(
        "effacer",
        people.erase_case,
        permission=EDIT,
        reason="required",
        is_danger=True,
        title="Effacer la personne de {0}",
        button_label="Effacer",
        consequences=(
            "Le nom, les adresses, les textes et les pièces jointes sont détruits.",
            "Les dates et les statistiques restent.",
        ),
        success_message="La personne est effacée.",
    )
    history = History()
