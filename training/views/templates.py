"""The templates of tutoring agreements: written by préfecture or site, read by those who read agreements."""

from typing import Any

from core.pages import PageAction
from core.pages.section import Add, Change, Detail, History, Listing, Methods, Remove, Section
from organisations.permissions import Permission
from training.forms.templates import NewTemplateForm, TemplateForm
from training.models import AgreementTemplate
from training.rules.agreement_words import PARTS, SHIPPED, of_template
from training.services import templates
from training.tables.training import TemplateTable

P = Permission


class FilledWithShipped(Methods):
    """The shipped words, to be changed."""

    def get_initial(self) -> dict[str, Any]:
        return SHIPPED.as_json()


class FilledTemplate(Methods):
    def get_initial(self) -> dict[str, Any]:
        return of_template(self.object).as_json()


class Templates(Section):
    name, path, permission = "training:template", "tutorat/modeles/<int:pk>", P.TRAINING_WORDS
    queryset = AgreementTemplate.objects.select_related("unit")

    listing = Listing(
        "tutorat/modeles/",
        table_class=TemplateTable,
        title="Modèles de convention de tutorat",
        noun=("modèle", "modèles"),
        create_label="Écrire un modèle",
        intro="Le texte de la convention, autour des personnes, des dates, des compétences et des signatures. Une "
        "convention signée garde le texte qu’elle avait à la première signature.",
        empty_title="Aucun modèle n’est écrit : la convention porte le texte livré.",
        empty_text="Le référent qualité ou le gestionnaire formation écrit celui de la préfecture ou d’un site.",
    )
    create = Add(
        "tutorat/modeles/nouveau",
        NewTemplateForm,
        templates.write,
        page=FilledWithShipped,
        title="Écrire un modèle de convention",
        button_label="Enregistrer",
        intro="Partez du texte livré. Les personnes, les dates, les compétences et les signatures s’ajoutent seules.",
    )
    detail = Detail(
        facts=("unit", *PARTS),
        actions=(
            PageAction("Modifier", "training:template-edit", permission, kind=""),
            PageAction("Revenir au texte d’avant", "training:template-remove", permission, kind="tertiary"),
        ),
    )
    edit = Change(TemplateForm, templates.change, page=FilledTemplate)
    remove = Remove(
        templates.remove,
        reason="required",
        title="Supprimer ce modèle",
        question="Supprimer le modèle de « {0.unit} » ?",
        consequences=(
            "Les conventions à signer porteront le texte de l’unité au-dessus, sinon le texte livré.",
            "Celles qui sont signées gardent le leur.",
        ),
    )
    history = History()
