"""The home page: the sentence of the direction, first steps, one queue by urgency, then figures; given by each app."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from core.base.home import FirstStep, Todo, Told, Urgency, first_steps, home_queue, home_state, sorted_queue
from core.base.registries import CardContent, home_cards
from core.pages import SIGNED_IN, Page, PermissionRequired
from organisations.enums import Role
from organisations.models import Unit
from organisations.permissions import Permission

SHOWN = 5  # lines of the queue at sight, the others folded
STEPPED = (Permission.CAMPAIGN_STEER, Permission.UNIT_EDIT)  # who sets an installation up


@dataclass(frozen=True)
class ShownCard:
    """A card that has something to say to the person."""

    code: str
    title: str
    content: CardContent


@dataclass(frozen=True)
class HomeLine:
    """A line of the queue as it is shown."""

    todo: Todo
    when: str
    is_late: bool


@dataclass(frozen=True)
class SetUpStep:
    """A first step, whether it is done, and the page where this person takes it."""

    step: FirstStep
    is_done: bool
    url: str


class HomePage(PermissionRequired, Page, View):
    """The sentence, the steps, the queue and the cards of the person's roles; what is empty is not shown."""

    permission = SIGNED_IN
    title = "Accueil"
    template_name = "reports/home.html"

    def get(self, request):
        lines, cards = list(self.lines()), list(self.cards())
        return self.render(
            sentence=self.sentence(),
            steps=self.steps(),
            lines=lines[:SHOWN],
            others=lines[SHOWN:],
            gestures=[card for zone, card in cards if zone == "gesture"],
            band=[told for told in self.told if told.label],
            cards=[card for zone, card in cards if zone == "state"],
        )

    def get_breadcrumbs(self):
        return []

    def lines(self) -> Iterator[HomeLine]:
        """The queue of every app, the most urgent first."""
        today = timezone.localdate()
        found = (source.find(self.request) for source in home_queue.for_user(self.request.user))
        for todo in sorted_queue(found, today):
            yield HomeLine(todo, todo.when(today), todo.urgency_on(today) <= Urgency.LATE)

    def cards(self) -> Iterator[tuple[str, ShownCard]]:
        for card in home_cards.for_user(self.request.user):
            content = card.render(self.request)
            if content is not None:
                yield card.zone, ShownCard(card.code, card.title, content)

    @cached_property
    def told(self) -> list[Told]:
        """How things stand, told by each app to whoever reads the report of a site."""
        if not self.request.user.can(Permission.REPORT_VIEW):
            return []
        return [told for part in home_state.for_user(self.request.user) for told in part.tell(self.request)]

    def sentence(self) -> str:
        """For the direction alone: what the apps have to say, in one sentence."""
        if Role.MANAGEMENT not in self.request.user.access.roles:
            return ""
        words = "\u202f; ".join(told.words for told in self.told if told.words)
        return f"{words[:1].upper()}{words[1:]}." if words else ""

    def steps(self) -> list[SetUpStep]:
        """What is left to set up, one query for all the steps; nothing once everything is done."""
        user = self.request.user
        if not any(user.can(permission) for permission in STEPPED):
            return []
        units, steps = user.access.visible_unit_ids, list(first_steps)
        told = {step.code: Exists(step.done(units)) for step in steps}
        done = Unit.objects.order_by("pk").values(**told).first() or {}
        if all(done.get(step.code) for step in steps):
            return []
        return [
            SetUpStep(step, bool(done.get(step.code)), reverse(step.url_name) if user.can(step.permission) else "")
            for step in steps
        ]
