"""What a site decides: delays, model replies, terms, mailboxes, and a person erased on request."""

from django.contrib import messages

from complaints.forms import steering as forms
from complaints.forms.cases import EraseForm
from complaints.models import DelayRule, Mailbox, MailReceived, ReplyTemplate, RetentionTerm
from complaints.services import mailing, people, steering
from complaints.tables import DelayRuleTable, MailboxTable, MailTable, ReplyTemplateTable, RetentionTermTable
from core.base.words import counted
from core.pages import PageAction
from core.pages.form import FormPage
from core.pages.listing import ListPage
from core.pages.section import Add, Change, Detail, History, Listing, Press, Remove, Section
from organisations.permissions import Permission

EDIT = Permission.COMPLAINT_EDIT
HOME = (("Réclamations et suggestions", "complaints:cases"),)


class Rules(Section):
    name, path, permission = "complaints:rule", "delais/<int:pk>", EDIT
    queryset = DelayRule.objects.select_related("site")

    listing = Listing(
        "delais/",
        table_class=DelayRuleTable,
        title="Délais",
        noun=("règle", "règles"),
        intro="Sans règle propre : accusé de réception en 7 jours calendaires (voies électroniques) ou 14 (courrier, "
        "urne), réponse en 5 ou 10 jours ouvrés (Services Publics +, engagement 4 ; Qual-e-Pref, E3).",
        empty_title="Aucune règle propre : les délais du référentiel s’appliquent.",
        empty_text="Ajoutez-en une si votre site s’engage sur d’autres délais, avec la date dont elle vaut.",
    )
    create = Add("delais/nouveau", forms.DelayRuleForm, steering.add_rule, title="Ajouter une règle de délai")
    detail = Detail(
        facts=("site", "medium", "valid_from", "acknowledge_days", "answer_days", "source"),
        actions=(PageAction("Supprimer", "complaints:rule-remove", EDIT),),
    )
    remove = Remove(steering.remove_rule, title="Supprimer « {0} »")
    history = History()


class Templates(Section):
    name, path, permission = "complaints:template", "modeles/<int:pk>", EDIT
    queryset = ReplyTemplate.objects.select_related("site")

    listing = Listing(
        "modeles/",
        table_class=ReplyTemplateTable,
        title="Modèles de réponse",
        noun=("modèle", "modèles"),
        intro="Les lettres et courriels types, avec la date de l’avis du comité local des usagers (engagement 16.3).",
        empty_title="Aucun modèle de réponse.",
        empty_text="Ajoutez l’accusé de réception, puis la réorientation des demandes d’information.",
    )
    create = Add("modeles/nouveau", forms.ReplyTemplateForm, steering.add_template, title="Ajouter un modèle")
    detail = Detail(
        facts=("site", "kind", "language", "subject", "body", "approved_on", "is_active"),
        actions=(PageAction("Modifier", "complaints:template-edit", EDIT),),
    )
    edit = Change(forms.ReplyTemplateForm, steering.change_template)
    history = History()


class Terms(Section):
    name, path, permission = "complaints:term", "conservation/<int:pk>", EDIT
    queryset = RetentionTerm.objects.select_related("site")

    listing = Listing(
        "conservation/",
        table_class=RetentionTermTable,
        title="Durées de conservation",
        noun=("durée", "durées"),
        intro="Sans durée propre : deux ans après la clôture, à confirmer, aucun texte ne fixant de durée connue. "
        "Au terme, la personne est effacée ; les statistiques restent.",
        empty_title="Aucune durée propre : deux ans, à confirmer.",
        empty_text="Ajoutez la durée que fixe votre tableau de gestion des archives.",
    )
    create = Add("conservation/nouvelle", forms.RetentionTermForm, steering.add_term, title="Ajouter une durée")
    detail = Detail(facts=("site", "kind", "valid_from", "months", "is_confirmed", "source"))
    history = History()


class Mailboxes(Section):
    name, path, permission = "complaints:mailbox", "boites/<int:pk>", EDIT
    queryset = Mailbox.objects.select_related("site")

    listing = Listing(
        "boites/",
        name="complaints:mailboxes",
        table_class=MailboxTable,
        title="Boîtes aux lettres",
        noun=("boîte", "boîtes"),
        empty_title="Aucune boîte aux lettres n’est lue.",
        empty_text="Ajoutez celle des réclamations : ses messages deviennent des dossiers, une seule fois chacun.",
    )
    create = Add("boites/nouvelle", forms.MailboxForm, steering.add_mailbox, title="Ajouter une boîte aux lettres")
    detail = Detail(
        facts=("site", "host", "port", "is_encrypted", "username", "secret", "folder", "is_active", "read_at", "error"),
        actions=(
            PageAction("Modifier", "complaints:mailbox-edit", EDIT),
            PageAction("Relever maintenant", "complaints:mailbox-fetch", EDIT, method="post"),
        ),
    )
    edit = Change(forms.MailboxForm, steering.change_mailbox)
    fetch = Press("relever", mailing.ask, success_message="La boîte va être relevée.")
    history = History()


class MailLeft(ListPage):
    """Messages that stay in their mailbox: odd, or refused; each with its reason."""

    queryset = MailReceived.objects.left().select_related("mailbox")
    permission = Permission.COMPLAINT_REGISTER
    table_class = MailTable
    title = "Courriels laissés dans leur boîte"
    noun = ("courriel", "courriels")
    breadcrumbs = HOME
    empty_title = "Aucun courriel n’a été laissé de côté."
    empty_text = (
        "Un message que l’application ne sait pas lire reste dans sa boîte et se montre ici. Le référent qualité "
        "choisit les boîtes lues dans « Boîtes aux lettres »."
    )


class ErasePerson(FormPage):
    """A person erased on request, in all the cases of a site."""

    permission = EDIT
    form_class = EraseForm
    title = "Effacer une personne"
    button_label = "Effacer"
    success_url_name = "complaints:cases"
    breadcrumbs = HOME
    intro = (
        "Noms, adresses, textes et pièces jointes sont détruits dans tous ses dossiers ; les dates et les statistiques "
        "restent."
    )

    def save_verb(self, form):
        values = form.cleaned_data
        return people.erase(values["site"], values["email"], by=self.request.user, reason=values["reason"])

    def succeed(self, saved):
        if not saved:
            messages.warning(self.request, "Aucun dossier de cette adresse sur ce site.")
        return super().succeed(saved)

    def get_success_message(self, saved):
        return f"{counted(saved, 'dossier')} : la personne est effacée." if saved else ""
