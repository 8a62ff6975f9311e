"""What holds of every model and page, whoever wrote it."""

import importlib

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from core.pages.access import OnObject, Scoped
from core.record import history
from organisations.models import Unit
from organisations.scope import ScopedQuerySet

OURS = {"core", "organisations", "referential", "actions", "indicators", "surveys", "reports"}
OURS |= {"complaints", "training", "audits", "clu"}
# Each with its reason: what a machine writes and nobody edits.
WITHOUT_HISTORY = {
    "core.HistorySeal",  # sealed: neither changed nor deleted
    "core.Identity",  # erasable: a history would keep what erasing destroys; its accesses are logged
    "core.IdentityAccess",  # sealed: neither changed nor deleted
    "core.ImportMemory",  # answers kept for the next file; each import keeps its own in its history
    "core.Job",  # the row of a background job is its own journal
    "core.Notice",  # a message sent, never changed
    "core.RateLimit",  # a counter of requests
    "core.ScheduleTick",  # when a scheduled task last ran
    "core.Submission",  # that a form was saved, for a week
    "core.WorkerBeat",  # the pulse of a worker
    "organisations.OutsideIdentity",  # a name given elsewhere, never changed
    "organisations.SecondFactor",  # a secret; turning it on and off is in the history of the account
    "actions.CalendarFeed",  # a secret address, drawn again at will
    "actions.PlanExtract",  # sealed: neither changed nor deleted
    "complaints.MailReceived",  # what a machine met in a mailbox, written once
    "surveys.CampaignResult",  # a summary, rebuilt from the forms
    "surveys.Publication",  # sealed: neither changed nor deleted
    "indicators.Reading",  # a summary, rebuilt from the values
    "indicators.Snapshot",  # a sealed edition, append-only
    "reports.ComparedYear",  # figures of readings, made again each night
    "reports.ContradictionCount",  # a count, made again every hour
    "reports.WrittenDraft",  # what is typed and not saved; the text saved has its history
    "reports.Edition",  # sealed: neither changed nor deleted
    "reports.FrozenChapter",  # a part of an edition: neither changed nor deleted
    "reports.PrintedFile",  # sealed: neither changed nor deleted
    "reports.ReportImage",  # kept as encoded: neither changed nor deleted
}


def our_models() -> list[type[models.Model]]:
    found = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return sorted((m for m in found if not m.__name__.startswith("Historical")), key=lambda m: m._meta.label)


def subclasses(cls: type) -> set[type]:
    importlib.import_module(settings.ROOT_URLCONF)
    return {cls} | {found for child in cls.__subclasses__() for found in subclasses(child)}


UNIQUE_WHERE_SET = ["surveys.CollectionPoint.code"]  # most points have none


def test_no_text_is_nullable():
    nullable = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, models.CharField | models.TextField | models.FileField) and field.null
    ]
    assert nullable == UNIQUE_WHERE_SET


def test_every_model_of_a_unit_knows_who_sees_its_rows():
    """A row that belongs to a unit is narrowed by `visible_to`: its model says a scope, which its queryset reads."""
    blind = [
        model._meta.label
        for model in our_models()
        if any(field.is_relation and field.related_model is Unit for field in model._meta.local_fields)
        and not (hasattr(model, "scope") and isinstance(model._default_manager.all(), ScopedQuerySet))
    ]
    assert blind == []


def test_every_business_model_has_a_history():
    without = {model._meta.label for model in our_models() if not history.is_recorded(model)}
    assert without <= WITHOUT_HISTORY, without - WITHOUT_HISTORY


def test_every_page_reads_through_the_scope_or_says_that_its_data_is_shared():
    """A list or object page either narrows by `visible_to`, is marked `is_global`, or finds its rows by itself."""
    unscoped = []
    for page in subclasses(Scoped):
        is_abstract = "queryset" not in vars_of(page)
        finds_itself = page.visible is not Scoped.visible or getattr(page, "find_object", None) is not getattr(
            OnObject, "find_object", None
        )
        if is_abstract or page.is_global or finds_itself:
            continue
        if not hasattr(page.queryset, "visible_to"):
            unscoped.append(f"{page.__module__}.{page.__name__}")
    assert unscoped == []


def vars_of(page: type) -> set[str]:
    return {name for cls in page.__mro__ for name in vars(cls)}


@pytest.mark.parametrize("model", [m for m in our_models() if history.is_recorded(m)], ids=lambda m: m._meta.label)
def test_a_history_row_names_its_author_and_its_reason(model):
    fields = {field.name for field in model.history.model._meta.get_fields()}
    assert {"history_user", "history_change_reason", "history_date", "history_type"} <= fields
