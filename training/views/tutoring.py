"""Tutoring agreements: agreed with precise skills, renewed, signed by three, assessed."""

from datetime import timedelta
from typing import Any

from core.pages import PageAction
from core.pages.section import Add, Change, Detail, Fill, History, Listing, Methods, Own, Section
from organisations.permissions import Permission
from training.filters import AgreementFilter
from training.forms.tutoring import AgreementChangeForm, AgreementForm, AssessmentForm, RenewalForm, SignatureForm
from training.models import Agent, TutoringAgreement
from training.services import tutoring
from training.tables.training import AgreementTable
from training.views.documents import AgreementOdt, AgreementPdf

P = Permission


class FilledAgreement(Methods):
    def get_initial(self) -> dict[str, Any]:
        names = ("tutor", "head", "starts_on", "ends_on", "skills")
        return {name: getattr(self.object, name) for name in names}


class ForWhom(Methods):
    """The form of the agent one comes from, in their service."""

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("tutee", "")
        agent = Agent.objects.visible_to(self.request.user).filter(pk=asked).first() if asked.isdecimal() else None
        return {"tutee": agent.pk, "unit": agent.unit_id} if agent else {}


class AgreementFile(Methods):
    """Three signatures once given are not asked for any more."""

    def get_title(self) -> str:
        return f"Tutorat de {self.object.tutee} par {self.object.tutor}"

    def get_actions(self) -> list[dict[str, str]]:
        left = "signature" if self.object.signatures == len(tutoring.SIGNERS) else ""
        return [one for one in super().get_actions() if not (left and one["url"].endswith(left))]


class FilledRenewal(Methods):
    """The day after, and the same skills, which may be changed."""

    def get_initial(self) -> dict[str, Any]:
        agreement = self.object
        return {"starts_on": agreement.ends_on + timedelta(days=1), "skills": agreement.skills}


class Agreements(Section):
    name, path, permission = "training:agreement", "tutorat/<int:pk>", P.TRAINING_EDIT
    queryset = TutoringAgreement.objects.select_related("unit", "tutor", "tutee", "head", "renews")

    listing = Listing(
        "tutorat/",
        table_class=AgreementTable,
        filterset_class=AgreementFilter,
        title="Conventions de tutorat",
        noun=("convention", "conventions"),
        actions=(PageAction("Modèles de convention", "training:templates", P.TRAINING_VIEW, kind="tertiary"),),
        empty_title="Aucune convention de tutorat n’est enregistrée.",
        empty_text="Le chef de service en établit une à l’arrivée d’un agent, dans les 15 jours.",
    )
    create = Add(
        "tutorat/nouvelle",
        AgreementForm,
        tutoring.agree,
        page=ForWhom,
        button_label="Établir",
        title="Établir une convention de tutorat",
        intro="Le tutorat couvre l’agent jusqu’à sa formation ; il ne déplace jamais l’échéance de celle-ci.",
    )
    detail = Detail(
        page=AgreementFile,
        facts=(
            "service",
            "tutor",
            "tutee",
            "head",
            "starts_on",
            "ends_on",
            "skills",
            "renews",
            "head_signed_on",
            "tutor_signed_on",
            "tutee_signed_on",
            "assessed_on",
            "assessment",
        ),
        actions=(
            PageAction("Enregistrer une signature", "training:agreement-sign", permission, kind=""),
            PageAction("Renouveler", "training:agreement-renew", permission),
            PageAction("Faire le bilan", "training:agreement-assess", permission),
            PageAction("Modifier", "training:agreement-edit", permission),
            PageAction("PDF", "training:agreement-pdf", P.TRAINING_VIEW, kind="tertiary"),
            PageAction("ODT à retoucher", "training:agreement-odt", P.TRAINING_VIEW, kind="tertiary"),
        ),
    )
    edit = Change(AgreementChangeForm, tutoring.change, page=FilledAgreement)
    sign = Fill(
        "signature", SignatureForm, tutoring.sign, title="Enregistrer une signature", button_label="Enregistrer"
    )
    renew = Fill(
        "renouveler",
        RenewalForm,
        tutoring.renew,
        page=FilledRenewal,
        title="Renouveler le tutorat",
        button_label="Renouveler",
    )
    assess = Fill("bilan", AssessmentForm, tutoring.assess, title="Bilan de fin de tutorat", button_label="Enregistrer")
    pdf = Own("convention.pdf", AgreementPdf, permission=P.TRAINING_VIEW)
    odt = Own("convention.odt", AgreementOdt, permission=P.TRAINING_VIEW)
    history = History(hidden_fields=("version", "words"))
