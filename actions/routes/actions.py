"""Addresses: actions over all plans, one action and its verbs, proofs, « mes actions », the calendar of a person."""

from django.urls import path

from actions.views import actions, board, bulk, calendar, feeds, mine, progress, proofs

ACTION = "actions/<int:pk>/"
FEED = "mes-actions/agenda/"

urlpatterns = [
    path("mes-actions/", mine.MinePage.as_view(), name="mine"),
    path(FEED, feeds.FeedPage.as_view(), name="feed-settings"),
    path(f"{FEED}fermer/", feeds.FeedClose.as_view(), name="feed-close"),
    path("agenda/<str:secret>.ics", feeds.Feed.as_view(), name="feed"),
    path("actions/", actions.ActionList.as_view(), name="actions"),
    path("actions/par-statut/", board.BoardPage.as_view(), name="board"),
    path("actions/calendrier/", calendar.CalendarPage.as_view(), name="calendar"),
    path("actions/calendrier/<int:year>/<int:month>/", calendar.CalendarPage.as_view(), name="calendar"),
    path("actions/en-lot/", bulk.BulkPage.as_view(), name="actions-bulk"),
    path("actions/echeance-comprise/", actions.DeadlineWords.as_view(), name="deadline-words"),
    path(ACTION, actions.ActionPage.as_view(), name="action"),
    path(f"{ACTION}modifier/", actions.ActionEdit.as_view(), name="action-edit"),
    path(f"{ACTION}retirer/", actions.ActionRemove.as_view(), name="action-remove"),
    path(f"{ACTION}point/", progress.ActionPoint.as_view(), name="action-point"),
    path(f"{ACTION}echeance/", progress.ActionDeadline.as_view(), name="action-deadline"),
    path(f"{ACTION}responsables/", progress.ActionResponsibles.as_view(), name="action-responsibles"),
    path(f"{ACTION}efficacite/demander/", progress.ActionReviewAsk.as_view(), name="action-review-ask"),
    path(f"{ACTION}efficacite/", progress.ActionReview.as_view(), name="action-review"),
    *proofs.Proofs.urls(),
]
