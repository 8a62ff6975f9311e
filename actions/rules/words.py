"""How the pages of the plans tell what happened: reminders, deadlines moved, reviews, twins, what has no day."""

from datetime import date

from django.utils import timezone

from actions.enums import Status
from actions.models import Action
from actions.rules.deadlines import Move
from core.base.figures import DAYS, format_difference
from core.base.words import counted, in_words
from core.models import Notice

# --- Reminders ---------------------------------------------------------------------------------------------------


def weekly_message(*, weekday: str, days_before: int, escalate_after: int, next_day: date | None) -> str:
    """What the people of a site receive, and when."""
    told = (
        f"Chaque {weekday}, chaque personne reçoit au plus un message : ses actions en retard, celles de la semaine, "
        f"et celles à venir dans les {counted(days_before, 'jour')}. "
        f"Au-delà de {counted(escalate_after, 'jour')} de retard, le chef au-dessus est prévenu."
    )
    return f"{told} Prochain envoi le {in_words(next_day)}." if next_day else told


def no_longer_reminded(number: int) -> str:
    """What follows « 2 actions en retard de plus d’un an »."""
    if number > 1:
        told = "On ne les rappelle plus chaque semaine : une seule ligne du message les compte."
    else:
        told = "On ne la rappelle plus chaque semaine : une ligne du message la signale."
    return f"{told} Reportez ou abandonnez, avec la raison."


def delivery(notice: Notice) -> str:
    """Where a message stands."""
    if notice.sent_at:
        return f"parti le {in_words(notice.sent_at)}"
    if notice.tried_at:
        return "remis au serveur de messagerie, sans réponse"
    return "refusé, nouvel essai prévu" if notice.error else "en attente d’envoi"


# --- Days --------------------------------------------------------------------------------------------------------


def placed(action: Action, day: date | None) -> str:
    """The day by which an action is placed in a period: when it was done, or was due."""
    if action.done_on:
        return f"le {in_words(action.done_on)}"
    if action.status == Status.DONE:
        return f"jour inconnu, échéance au {in_words(day)}" if day else "jour inconnu"
    return f"pour le {in_words(day)}" if day else ""


def in_no_quarter(number: int) -> str:
    """What follows « 2 actions de l’année sans jour connu »."""
    return "ne sont dans aucun trimestre." if number > 1 else "n’est dans aucun trimestre."


def in_the_year_only(number: int) -> str:
    told = "Elles comptent" if number > 1 else "Elle compte"
    return f"{told} dans l’année et dans aucun trimestre."


def drift_in_days(days: int) -> str:
    """« +91 jours »: how far a deadline went from its promise."""
    return format_difference(days, DAYS)


def moved(move: Move) -> str:
    """By how much, when, by whom and why a deadline moved: what follows its words before and after."""
    drift = f" ({drift_in_days(move.drift_days)})" if move.drift_days else ""
    reason = f" : « {move.reason} »" if move.reason else ""
    return f"{drift}, le {in_words(timezone.localdate(move.when))} par {move.who or 'le système'}{reason}"


def review(action: Action) -> str:
    """What is known of the effect of an action, or when it is to be looked at."""
    if action.review_due_on:
        return f"à vérifier le {in_words(action.review_due_on)}"
    return f"{action.get_review_result_display()}, vérifiée le {in_words(action.reviewed_on)}"


# --- Twins -------------------------------------------------------------------------------------------------------


def proposed(number: int) -> str:
    """« 3 rapprochements proposés »."""
    if not number:
        return "Aucun rapprochement à proposer"
    return counted(number, "rapprochement proposé", "rapprochements proposés")
