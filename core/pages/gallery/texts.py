"""Alerts, figures, history and the other short texts of the gallery."""

from datetime import datetime, timedelta


def history(now: datetime) -> list[dict]:
    """Three changes of a value, newest first."""
    return [
        {
            "when": now,
            "title": "Valeur corrigée",
            "who": "Camille Roux",
            "reason": "Le standard a transmis le relevé définitif.",
            "changes": [("Numérateur", "1 180", "1 204"), ("Taux", "94,9 %", "96,9 %")],
        },
        {
            "when": now - timedelta(days=3),
            "title": "Valeur saisie",
            "who": "Malik Benali",
            "changes": [("Taux", None, "94,9 %")],
        },
        {"when": now - timedelta(days=12), "title": "Mois ouvert", "who": None},
    ]


CARDS = [
    {
        "label": "Saisir octobre",
        "url": "#",
        "detail": "3 valeurs sur 12, avant le 15/11/2026",
        "badge": "3",
        "level": "new",
    },
    {"label": "Relancer le standard", "url": "#", "badge": "en retard", "level": "error"},
]

_NOTHING = dict.fromkeys(("target", "state", "trend", "trend_text", "detail", "url"), "")

CONTENT = {
    "cards": CARDS,
    "alerts": [
        ("success", "Valeurs d’octobre enregistrées", "12 indicateurs mesurés, 1 sans objet."),
        ("error", "Le classeur n’a pas été lu", "Feuille « TEL », cellule F12 : « beaucoup » n’est pas un nombre."),
        ("warning", "Deux valeurs manquent pour clore le mois", "Courriels et réclamations électroniques."),
        (
            "info",
            "La saisie de novembre ouvre le 1er décembre",
            "Un rappel part au chef de service cinq jours avant la fin.",
        ),
    ],
    "figures": [
        _NOTHING | figure
        for figure in (
            {
                "label": "Taux d’appels aboutis",
                "value": "98,7 %",
                "target": "cible ≥ 90 %",
                "state": "reached",
                "trend": "up",
                "trend_text": "+1,2 point sur un an",
            },
            {
                "label": "Délai moyen, courriels",
                "value": "6,4 jours",
                "target": "cible < 5 jours",
                "state": "missed",
                "trend": "down",
                "trend_text": "−0,3 jour sur un an",
            },
            {
                "label": "Courriers dans le délai",
                "value": "sans objet",
                "target": "cible ≥ 95 %",
                "state": "no_case",
                "trend": "flat",
                "trend_text": "pas de valeur l’an dernier",
            },
            {
                "label": "Usagers au point numérique",
                "value": "1 234",
                "target": "sans cible",
                "detail": "dont 310 en octobre",
            },
        )
    ],
    "band": [
        {"label": "Mesurés", "value": "18", "detail": "sur 21 indicateurs"},
        {"label": "À saisir", "value": "3", "url": "#", "detail": "avant le 15/11/2026"},
        {"label": "Atteints", "value": "14", "detail": "soit 77,8 %"},
        {"label": "Non atteints", "value": "4", "url": "#"},
    ],
    "tabs": [("Fiche", "#onglets", True), ("Historique", "#onglets-historique", False)],
    "keys": [
        ("Engagement", "E17"),
        ("Lecture de l’année", "Pondérée"),
        ("Service", "Accueil général"),
        ("Commentaire", ""),
    ],
    "actions": [
        {"label": "Modifier", "url": "#", "icon": "fr-icon-edit-line", "kind": ""},
        {"label": "Relancer", "url": "#", "icon": "fr-icon-mail-line", "kind": "secondary"},
        {"label": "Imprimer", "url": "#", "icon": "fr-icon-printer-line", "kind": "tertiary"},
    ],
    "export_links": [("XLSX", "#"), ("ODS", "#"), ("CSV", "#")],
    "consequences": [
        "Les 21 valeurs du mois ne pourront plus être modifiées sans motif.",
        "Le tableau de bord est conservé.",
    ],
}
