"""What referentials give to search: engagements by number (« E3 ») or words, those that a site keeps first."""

from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Concat
from django.urls import reverse

from core.pages.search import Found, Searched, give
from organisations.permissions import Permission
from referential.models import Engagement, Perimeter


def _engagement(engagement: Engagement) -> Found:
    detail = str(engagement.module.referential)
    return Found(str(engagement), reverse("referential:engagement", args=[engagement.pk]), detail)


ENGAGEMENTS = Engagement.objects.select_related("module__referential").annotate(
    number=Concat(Value("E"), "code", output_field=CharField()),
    is_kept=Exists(Perimeter.objects.filter(module=OuterRef("module"), valid_until__isnull=True)),
)


def register() -> None:
    """Give engagements."""
    give(
        Searched(
            "engagements",
            "engagement",
            "Engagements",
            ENGAGEMENTS,
            ("title", "subject"),
            _engagement,
            codes=("number", "code"),
            order=("-is_kept", F("module__referential__in_force_from").desc(nulls_last=True), "position", "pk"),
            permission=Permission.REFERENTIAL_VIEW,
            position=1,
        )
    )
