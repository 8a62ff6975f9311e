"""What the gallery shows: invented figures in the shape of a real month of a sous-préfecture."""

from datetime import datetime, timedelta
from decimal import Decimal

import django_tables2 as tables
from django import forms

from core import charts as drawing

MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


class IndicatorTable(tables.Table):
    """A list as every list page shows it: sortable heads, figures on the right."""

    label = tables.Column("Indicateur")
    service = tables.Column("Service")
    rate = tables.Column("Taux", attrs={"th": {"class": "qp-num"}, "td": {"class": "qp-num"}})
    cases = tables.Column("Dossiers", attrs={"th": {"class": "qp-num"}, "td": {"class": "qp-num"}})
    state = tables.TemplateColumn("{% load components %}{% state_badge value %}", verbose_name="État", orderable=False)

    class Meta:
        caption = "Indicateurs du mois d’octobre 2026"


class SampleForm(forms.Form):
    """One field of each kind."""

    label = forms.CharField(label="Intitulé", help_text="Celui que lisent les services dans la grille.")
    target = forms.DecimalField(label="Cible", help_text="En pourcentage, par exemple 95.", localize=True)
    rule = forms.ChoiceField(
        label="Lecture de l’année", choices=[("weighted", "Pondérée"), ("mean", "Moyenne des mois")]
    )
    since = forms.DateField(label="Depuis le", widget=forms.DateInput(attrs={"type": "date"}))
    comment = forms.CharField(label="Commentaire", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    direction = forms.ChoiceField(
        label="Sens",
        choices=[(">=", "Au moins"), ("<", "Moins de")],
        widget=forms.RadioSelect,
        help_text="Un seul choix.",
    )
    services = forms.MultipleChoiceField(
        label="Services", choices=[("acc", "Accueil"), ("etr", "Étrangers")], widget=forms.CheckboxSelectMultiple
    )
    active = forms.BooleanField(label="Indicateur suivi cette année", required=False)
    origin = forms.CharField(widget=forms.HiddenInput, initial="galerie")


class UploadForm(forms.Form):
    """A workbook to import."""

    workbook = forms.FileField(
        label="Classeur de la grille",
        help_text="Formats acceptés : XLSX, ODS, CSV. Taille maximale : 10 Mo.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )


class FilterForm(forms.Form):
    """The filters of a list."""

    q = forms.CharField(label="Rechercher", required=False)
    family = forms.ChoiceField(label="Famille", required=False, choices=[("", "Toutes"), ("tel", "Téléphone")])
    state = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), ("missed", "Non atteint")])


def wrong_form() -> SampleForm:
    """The same form, sent back with its errors."""
    form = SampleForm({"label": "", "target": "beaucoup", "rule": "mean", "since": "31/02/2026", "direction": ""})
    form.add_error(None, "Un autre indicateur porte déjà cet intitulé dans ce référentiel.")
    return form


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


def charts() -> list[str]:
    """A year with gaps and a target, the same with last year, a delay, a count."""
    rates = [".953", ".961", None, ".884", ".902", ".947", ".931", None, ".968", ".972", ".975", None]
    previous = [".902", ".911", ".921", ".874", ".893", ".905", ".917", ".9", ".921", ".935", ".94", ".931"]
    points = [(month, rate and Decimal(rate)) for month, rate in zip(MONTHS, rates, strict=True)]
    states = {2: "closed", 7: "no_case", 11: "missing"}
    return [
        drawing.line_chart(
            points,
            measure="rate",
            target=Decimal(".9"),
            target_direction=">=",
            title="Taux d’appels aboutis, 2026",
            description="Sous-préfecture d’Aix-en-Provence (démonstration).",
            states=states,
            previous=[(month, Decimal(rate)) for month, rate in zip(MONTHS, previous, strict=True)],
        ),
        drawing.bar_chart(
            [
                (month, Decimal(count))
                for month, count in zip(MONTHS[:6], (1204, 1180, 0, 965, 1310, 1275), strict=True)
            ],
            measure="count",
            title="Usagers reçus au point numérique, premier semestre 2026",
            description="",
        ),
    ]


ROWS = [
    {
        "label": "Taux d’appels aboutis (standard)",
        "service": "Standard",
        "rate": "98,7 %",
        "cases": "1 242",
        "state": "reached",
    },
    {
        "label": "Courriels répondus en 5 jours ouvrés",
        "service": "Accueil général",
        "rate": "91,3 %",
        "cases": "312",
        "state": "missed",
    },
    {
        "label": "Courriers répondus dans le délai",
        "service": "Accueil général",
        "rate": "sans objet",
        "cases": "0",
        "state": "no_case",
    },
    {
        "label": "Réclamations électroniques",
        "service": "Démarche qualité",
        "rate": "",
        "cases": "",
        "state": "to_enter",
    },
    {
        "label": "Satisfaction au point numérique",
        "service": "Point numérique",
        "rate": "87,5 %",
        "cases": "64",
        "state": "reached",
    },
    {
        "label": "Rendez-vous fixé sous 4 jours",
        "service": "Collectivités",
        "rate": "100 %",
        "cases": "9",
        "state": "reached",
    },
    {"label": "Mise à jour du site en 3 jours", "service": "Communication", "rate": "", "cases": "", "state": "late"},
]

CONTENT = {
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
