"""Training and tutoring of the year up to the meeting, by theme: those concerned, those to train; no name."""

from django.urls import reverse

from clu.publications.part import Asked, Part, text_bullets
from core.pages.decks import Slide
from core.pages.decks.paging import fitted, fitted_bullets
from organisations.models import Unit
from training import synthesis
from training.rules.words import concerned_sentence, trained_sentence, tutoring_sentence

HEAD, WIDTHS = ("Thème", "Agents concernés", "À former"), (12, 5, 5)


def training(asked: Asked) -> Part:
    """What somebody wrote comes first, then the sentences and the table of the year."""
    found = synthesis.balance(Unit.objects.ids_below(asked.site.pk), asked.year, today=asked.on)
    bullets = text_bullets(asked.item)
    if not (found.concerned or found.courses or found.agreements):
        told = [Slide(title, page, notes=asked.title) for title, page in fitted_bullets(asked.title, bullets)]
        return Part(told) if bullets else asked.nothing("Formations et tutorat", url=reverse("training:follow-up"))
    sentences = [
        concerned_sentence(asked.year, found.total_concerned, found.total_to_train),
        trained_sentence(asked.year, found.total_trained, len(found.trained)),
        tutoring_sentence(asked.year, found.total_agreements, len(found.agreements)),
    ]
    lines = [*bullets, *sentences]
    slides = [Slide(title, page, notes=" ".join(sentences)) for title, page in fitted_bullets(asked.title, lines)]
    rows = [(theme, str(number), str(found.to_train[theme])) for theme, number in found.concerned.items()]
    if rows:
        rows.append(("Total", str(found.total_concerned), str(found.total_to_train)))
    title = f"{asked.title} : par thème"
    slides += [
        Slide(name, head=HEAD, rows=page, widths=WIDTHS, notes=sentences[0])
        for name, page in fitted(title, rows, WIDTHS)
    ]
    return Part(slides)
