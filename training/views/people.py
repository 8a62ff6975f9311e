"""Agents: the list, the file of one with its timeline, posts taken and left, trainings taken over, erasure."""

from typing import Any

from django.utils import timezone

from core.pages import PageAction
from core.pages.section import Add, Ask, Change, Detail, Fill, History, Listing, Methods, Parent, Remove, Section
from organisations.permissions import Permission
from training.filters import AgentFilter
from training.follow_up import follow_up
from training.follow_up.timeline import timeline_of
from training.forms.people import AgentForm, PastForm, PostDatesForm, PostForm
from training.models import Agent, PastTraining, Post
from training.services import people
from training.tables.training import AgentTable
from training.views.follow_up import badge

P = Permission


class AgentFile(Methods):
    """The file of an agent: where they stand today, theme by theme, and what led there."""

    template_name = "training/agent.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        agent, today = self.object, timezone.localdate()
        lines = follow_up(agents=[agent]).lines(today)
        return super().get_context_data(
            lines=[(line, badge(line.standing.status)) for line in lines],
            posts=agent.posts.select_related("theme").order_by("-taken_on", "theme__position"),
            past=agent.past_trainings.select_related("theme").order_by("-on"),
            entries=timeline_of(agent),
            today=today,
            may_edit=self.allows(P.TRAINING_EDIT),
            **context,
        )


class OfPost(Methods):
    """A form filled with the post as it is."""

    def get_initial(self) -> dict[str, Any]:
        names = ("taken_on", "ended_on", "contract", "contract_ends_on", "exempt_from", "exempt_reason")
        return {name: getattr(self.object, name) for name in names}


class OfAgent(Methods):
    """A form filled with the agent as they are."""

    def get_initial(self) -> dict[str, Any]:
        names = ("unit", "last_name", "first_name", "number", "email")
        return {name: getattr(self.object, name) for name in names}


def _erase(agent: Agent, *, by: Any, reason: str) -> None:
    people.erase(Agent.objects.filter(pk=agent.pk), by=by, reason=reason)


class Agents(Section):
    name, path, permission = "training:agent", "agents/<int:pk>", P.TRAINING_EDIT
    queryset = Agent.objects.select_related("unit")

    listing = Listing(
        "agents/",
        table_class=AgentTable,
        filterset_class=AgentFilter,
        title="Agents",
        noun=("agent", "agents"),
        create_label="Ajouter un agent",
        empty_title="Aucun agent n’est enregistré.",
        empty_text="Le gestionnaire formation importe le tableau de suivi ; le chef de service ajoute ses agents.",
    )
    create = Add("agents/nouveau", AgentForm, people.add, title="Ajouter un agent")
    detail = Detail(
        page=AgentFile,
        facts=("unit", "number", "email"),
        actions=(
            PageAction("Prendre un poste", "training:agent-take-post", permission, kind=""),
            PageAction("Ajouter une formation suivie", "training:agent-past", permission),
            PageAction("Modifier", "training:agent-edit", permission),
            PageAction("Effacer", "training:agent-erase", P.TRAINING_MANAGE, kind="tertiary"),
        ),
    )
    edit = Change(AgentForm, people.change, page=OfAgent)
    take_post = Fill(
        "poste",
        PostForm,
        people.take_post,
        title="Prise de poste",
        success_message="Le poste est enregistré. Un "
        "tutorat est attendu dans les 15 jours si l’agent n’est pas encore formé.",
    )
    past = Fill("formation-suivie", PastForm, people.add_past, title="Ajouter une formation suivie")
    erase = Ask(
        "effacer",
        _erase,
        permission=P.TRAINING_MANAGE,
        title="Effacer cet agent",
        question="Effacer les données personnelles de « {0} » ?",
        consequences=(
            "Nom, matricule, adresse, attestations et bilans de tutorat disparaissent, de l’historique aussi.",
            "Ses postes et ses dates restent, sans nom : les chiffres des années passées ne changent pas.",
        ),
        reason="required",
        is_danger=True,
        success_message="Les données personnelles sont effacées.",
    )
    history = History()


class Posts(Section):
    name, path, permission = "training:post", "postes/<int:pk>", P.TRAINING_EDIT
    queryset = Post.objects.select_related("agent__unit", "theme", "unit")
    parent = Parent("agent", Agents.queryset, "training:agent", way=(("Agents", "training:agents"),))
    anchor = "#postes"

    edit = Change(PostDatesForm, people.change_post, page=OfPost, title="Modifier un poste")
    history = History()


class PastTrainings(Section):
    name, path, permission = "training:past", "formations-suivies/<int:pk>", P.TRAINING_EDIT
    queryset = PastTraining.objects.select_related("agent__unit", "theme")
    parent = Parent("agent", Agents.queryset, "training:agent", way=(("Agents", "training:agents"),))
    anchor = "#formations"

    remove = Remove(people.remove_past, reason="required", title="Supprimer la formation « {0} »")
