"""Words of documents against what they mean: statuses, origins, days, themes, promises, responsibles, headings."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.enums import Origin, Status
from actions.imports.lists import promise_in
from actions.imports.roles import WANTED
from actions.imports.titles import origin_day, origin_of, updated_day
from core.importing.follow_up.statuses import done_day, one_is_all, said_of
from core.importing.tables import Fit
from core.importing.words import plain
from organisations.services.directory import split
from referential.enums import Theme
from referential.services.naming import codes_of, theme_of

KNOWN = {"rq", "sidsic", "sp aix", "standard et communication", "dlp"}


TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("FAIT", Status.DONE), ("Fait le 03/11/2015", Status.DONE), ("Réalisée", Status.DONE), ("OK", Status.DONE),
        ("100 %", Status.DONE), ("Clôturé le 12/03/2024", Status.DONE), ("Réalisé en décembre", Status.DONE),
        ("Réalisé(e)", Status.DONE), ("Mis en œuvre", Status.DONE), ("completed", Status.DONE), ("1", Status.DONE),
        ("En cours", Status.ONGOING), ("encours", Status.ONGOING), ("50 %", Status.ONGOING), ("0,75", Status.ONGOING),
        ("En cours de réalisation", Status.ONGOING), ("partiellement", Status.ONGOING), ("2/3", Status.ONGOING),
        ("Fait partiellement", Status.ONGOING), ("Fait en partie", Status.ONGOING), ("Réalisé au 2/3", Status.ONGOING),
        ("Terminé en grande partie", Status.ONGOING), ("réalisé en 2 sites sur 5", Status.ONGOING),
        ("Terminé à 80 %", Status.ONGOING), ("Terminé (50 %)", Status.ONGOING), ("Fait ½", Status.ONGOING),
        ("En cours (50%)", Status.ONGOING), ("oui partiellement", Status.ONGOING),
        ("Engagée, à poursuivre", Status.ONGOING), ("Fait au 1er trimestre à 50 %", Status.ONGOING),
        ("Reporté", Status.POSTPONED), ("Reportée au 2e semestre", Status.POSTPONED),
        ("Abandonné", Status.ABANDONED), ("sans suite", Status.ABANDONED), ("Annulé : trop cher", Status.ABANDONED),
        ("À faire", Status.TODO), ("Non", Status.TODO), ("Non réalisé", Status.TODO), ("Non débuté", Status.TODO),
        ("Prévu en avril", Status.TODO), ("Planifié T1 2024", Status.TODO), ("0 %", Status.TODO), ("0", Status.TODO),
    ],
)  # fmt: skip
def test_a_status_is_read_when_the_whole_cell_says_it(words, status):
    assert said_of(words, words, today=TODAY).status == status


@pytest.mark.parametrize(
    ("words", "likely"),
    [
        ("Fait le 12/03 mais à revoir", Status.ONGOING), ("Fait, reste à diffuser", Status.ONGOING),
        ("Réalisé au siège, à faire en SP", Status.ONGOING), ("Quasi terminé", Status.ONGOING),
        ("terminé au siège seulement, reste Aix", Status.ONGOING),
        ("fait le ménage de printemps ?", Status.DONE), ("✔", Status.DONE), ("✅", Status.DONE), ("R", Status.DONE),
        ("Réalisé - 3/4", Status.ONGOING), ("½", Status.ONGOING), ("Annulé puis repris", Status.ABANDONED),
        ("Reportée mais engagée", Status.POSTPONED),
        ("☐", Status.TODO), ("En attente", Status.TODO), ("Suspendu", Status.POSTPONED), ("Permanent", Status.ONGOING),
        ("30/06/2199", Status.TODO), ("KO", ""), ("X", ""), ("❌", ""), ("🟢", ""), ("●", ""), ("?", ""),
        ("Non concerné", ""), ("Reconduit", ""), ("voir avec le SG", ""), ("150 %", ""), ("5/3", ""),
    ],
)  # fmt: skip
def test_a_doubtful_status_is_asked_with_what_is_likely(words, likely):
    said = said_of(words, words, today=TODAY)
    assert (said.status, said.likely) == ("", likely)


def test_a_day_a_new_deadline_and_a_reason_are_told_beside_the_status():
    assert said_of("", "Fait le 12/03/2023", today=TODAY).done_on == date(2023, 3, 12)
    assert said_of(date(2023, 6, 12), "12/06/2023", today=TODAY).done_on == date(2023, 6, 12)
    assert said_of("", "Fait le 12/03", today=TODAY).done_on is None  # of which year?
    assert said_of("", "Reporté au 30/09/2024", today=TODAY).deadline == "30/09/2024"
    assert said_of("", "Abandonnée (trop cher", today=TODAY).rest == "trop cher"


@pytest.mark.parametrize(
    ("column", "whole"),
    [(["0", "0,5", "1"], True), (["1", "0"], True), (["1", "50", "100"], False), (["50 %", "1", "0,75", "100"], True)],
)
def test_one_is_the_whole_in_a_column_of_fractions(column, whole):
    assert one_is_all(column) == whole
    assert said_of("1", "1", today=TODAY, one_is_all=whole).status == (Status.DONE if whole else Status.ONGOING)


@pytest.mark.parametrize(
    ("comment", "day"),
    [
        ("Fait le 03/11/2015", date(2015, 11, 3)),
        ("Diffusé le 01/04/2016 aux agents", date(2016, 4, 1)),
        ("mises en ligne le 4 février 2016", date(2016, 2, 4)),
        ("Elles sont prévues en avril 2016", None),
        ("lettre envoyée le 17/03/2016", None),  # what the letter says was done is not the action
        ("Fait le 31/02/2016", None),
        ("", None),
    ],
)
def test_the_day_it_was_done_is_told_by_the_first_words(comment, day):
    assert done_day(comment) == day


@pytest.mark.parametrize(
    ("title", "origin", "day"),
    [
        ("Plan d'actions suite à l'audit interne du 16/10/2015", Origin.INTERNAL_AUDIT, date(2015, 10, 16)),
        ("Plan d'actions suite à l'audit externe du 27/11/2015", Origin.EXTERNAL_AUDIT, date(2015, 11, 27)),
        ("Suite à l’audit AFNOR de mars", Origin.EXTERNAL_AUDIT, None),
        (
            "Plan d'actions suite au retour d'expériences des différents audits réalisés en France avant le 15/10/2015 "
            "(validé en réunion de direction le 09/11/2015)",
            Origin.FEEDBACK,
            date(2015, 11, 9),
        ),
        ("issues du COMITE LOCAL DES USAGERS du 25 juin 2019", Origin.CLU, date(2019, 6, 25)),
        ("De l'enquête de satisfaction du 25 juin 2019", Origin.SATISFACTION_SURVEY, date(2019, 6, 25)),
        ("Enquêtes mystère 2016", Origin.MYSTERY_SURVEY, None),
        ("De l'audit interne du 10 et 11 octobre 2019", Origin.INTERNAL_AUDIT, date(2019, 10, 10)),
        ("Réclamations du 1er trimestre", Origin.COMPLAINT, None),
        ("COPIL du 1er mars 2020", Origin.COPIL, date(2020, 3, 1)),
        ("Audits réalisés avant le 15/10/2015", Origin.INTERNAL_AUDIT, date(2015, 10, 15)),
        ("Nos actions", Origin.OTHER, None),
    ],
)
def test_a_title_tells_what_the_plan_was_born_of(title, origin, day):
    assert (origin_of(title), origin_day(title)) == (origin, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("màj 07/10/16", date(2016, 10, 7)),
        ("MAJ : 7 octobre 2016", date(2016, 10, 7)),
        ("(mis à jour le 07/10/2016)", date(2016, 10, 7)),
        ("Mise à jour du 07.10.2016", date(2016, 10, 7)),
        ("màj", None),
        ("Plan du 07/10/2016", None),
        ("Majoration du 07/10/2016", None),
    ],
)
def test_the_day_of_update_is_read(text, day):
    assert updated_day(text) == day


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Tous les agents de guichet n'ont pas suivi de formation accueil", Theme.TRAINING),
        ("Prise en compte des réclamations verbales", Theme.COMPLAINTS),
        ("Pas de message en cas d'encombrement sur les lignes téléphoniques", Theme.RECEPTION),
        ("Ergonomie du site Internet peu clair", Theme.INTERNET),
        ("Retard dans le délai de réponse des courriers et courriels", Theme.MAIL),
        ("Délais de délivrance des titres étrangers non affichés.", Theme.PERMITS),
        ("Diffusion d'une note auprès des collectivités territoriales", Theme.LOCAL_AUTHORITIES),
        ("Présence des membres du CLU à élargir", Theme.STEERING),
        ("Divers", Theme.OTHER),
    ],
)
def test_a_theme_is_told_by_the_words(text, theme):
    assert theme_of(text) == theme


def test_the_words_around_tell_the_theme_where_its_own_do_not():
    assert theme_of("Divers", "8 – Un accueil téléphonique attentif", "Module 4") == Theme.RECEPTION


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("Installation courant novembre", "courant novembre"),
        ("Former les agents (Septembre 2019)", "Septembre 2019"),
        ("Communication au prochain CLU", "au prochain CLU"),
        ("Enquête programmée en début d'année 2020", "en début d'année 2020"),
        ("Refaire la signalétique avant fin 2019.", "avant fin 2019"),
        ("Information en cas d'urgence (en cas d'expiration du titre)", ""),
        ("Refaire la signalétique", ""),
        ("Réduire les délais avant que le public ne s’en plaigne", ""),
    ],
)
def test_a_promise_is_found_at_the_end_of_an_action(text, promise):
    assert promise_in(text) == promise


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("RQ/DLP/ SIDSIC", ["RQ", "DLP", "SIDSIC"]),
        ("BRH / DLP", ["BRH", "DLP"]),
        ("services et RQ", ["services", "RQ"]),
        ("RQ Webmestre", ["RQ", "Webmestre"]),
        ("RQ suppléant", ["RQ suppléant"]),
        ("SP AIX", ["SP AIX"]),
        ("Standard et communication", ["Standard et communication"]),
        ("SIDSIC et correspondant s courriels", ["SIDSIC", "correspondant s courriels"]),
        ("RQ,\nBRH ; DCL + SG", ["RQ", "BRH", "DCL", "SG"]),
        (" / ", []),
        ("", []),
    ],
)
def test_several_names_of_a_cell_are_told_apart(cell, names):
    assert list(split(cell, knows=lambda piece: plain(piece) in KNOWN)) == names


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("1 – Nous vous informons", ["1"]),
        ("14.3 - Une réponse (à partir de 2017)", ["14.3"]),
        ("E10, E17 et 18", ["10", "17", "18"]),
        ("Engagement n° 8", ["8"]),
        ("Bilan annuel", []),
        ("2015 : bilan", []),
    ],
)
def test_numbers_of_engagements_are_read(words, codes):
    assert codes_of(words) == codes


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Engagements", "engagement"), ("Engagement concerné", "engagement"), ("Exigence ISO 9001", "engagement"),
        ("Constat", "finding"), ("Point relevé / constat / non-conformité", "finding"),
        ("Non-conformités constatées", "finding"), ("Constat / problématique", "finding"),
        ("Action corrective", "action"), ("Actions à mener", "action"), ("Actions à mettre en œuvre", "action"),
        ("Quoi", "action"), ("Corrective action", "action"), ("Sous-actions", "part"),
        ("Responsable(s)", "responsible"), ("Pilote de l'action", "responsible"), ("Qui", "responsible"),
        ("Resp.", "responsible"), ("Owner", "responsible"),
        ("Échéance", "deadline"), ("Date limite", "deadline"), ("Date butoir", "deadline"), ("Quand", "deadline"),
        ("Due date", "deadline"), ("Échéance révisée", "revised"), ("Nouvelle échéance", "revised"),
        ("Réalisation de l'action", "status"), ("% réalisation", "status"), ("État d'avancement (%)", "status"),
        ("Réalisé le", "done_on"), ("Date effective de réalisation", "done_on"),
        ("Objectif", "effect"), ("Indicateur de résultat", "effect"), ("Axe", "section"), ("N°", "number"),
        ("Commentaire", "comment"), ("Suite donnée", "comment"), ("Févr.", "month"), ("Analyse des causes", "note"),
        ("Pilotage", None), ("x" * 100, None),
    ],
)  # fmt: skip
def test_a_heading_says_what_its_column_holds(heading, role):
    fits = {one.code: one.fits(heading) for one in WANTED}
    best = max(fits, key=lambda code: fits[code])
    assert (best if fits[best] >= Fit.LEADS else None) == role


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_words_are_too_strange(text):
    said_of(text, text, today=TODAY)
    done_day(text)
    origin_of(text), origin_day(text), updated_day(text)
    theme_of(text, text)
    codes_of(text)
    assert promise_in(text) in text
    assert plain(plain(text)) == plain(text)
    assert all(piece.strip() for piece in split(text, knows=lambda piece: False))
