"""The indicators of the Aix 2020 grid as the catalogue holds them, written by hand for these tests."""

from indicators.imports.grid import CatalogueEntry

PHONE, ONLINE, COMPLAINTS = "Accueil téléphonique", "Accueil dématérialisé", "Réclamations"
AUTHORITIES, DIGITAL = "Relations avec les collectivités territoriales", "Points numériques"


def rate(code, label, family, engagement, *aliases, direction=">="):
    return CatalogueEntry(code, label, family, engagement, "rate", direction, "weighted", aliases)


def days(code, label, family, engagement, *aliases):
    return CatalogueEntry(code, label, family, engagement, "days", "<", "mean", aliases)


def count(code, label, family, engagement, *aliases):
    return CatalogueEntry(code, label, family, engagement, "count", "", "mean", aliases)


# In the order of the grid: its twenty rows.
CATALOGUE = [
    rate("appels", "Taux d’appels aboutis", PHONE, "E10", "Taux d'appels aboutis (standard)"),
    rate("appels-svi", "Taux d’appels aboutis SVI", PHONE, "E10"),
    rate("courriers", "Courriers répondus dans le délai", ONLINE, "E17",
         "Taux de réponse aux courriers dans les 15 jours ouvrés"),
    days("delai-courriers", "Délai moyen de réponse aux courriers", ONLINE, "E18"),
    rate("courriels", "Taux de réponse aux courriels dans les 5 jours ouvrés", ONLINE, "E17"),
    days("delai-courriels", "Délai moyen de réponse aux courriels", ONLINE, "E18",
         "Délai moyen de réponse aux courriels en jours ouvrés"),
    rate("reclamations", "Taux de réponse aux suggestions et réclamations dans les 10 jours (courriers)", COMPLAINTS,
         "E3"),
    days("delai-reclamations", "Délai moyen de réponse aux réclamations et suggestions par courrier", COMPLAINTS, "E3"),
    rate("reclamations-mail", "Taux de réponse aux suggestions et réclamations dans les 5 jours (mail)", COMPLAINTS,
         "E3"),
    days("delai-reclamations-mail", "Délai moyen de réponse aux réclamations et suggestions (mail)", COMPLAINTS, "E3",
         "Délai moyen de réponse aux réclamations et suggestions"),
    rate("collectivites-courriers", "Taux de réponse aux courriers dans les 15 jours ouvrés", AUTHORITIES, "E36"),
    rate("collectivites-courriels", "Taux de réponse aux courriels dans les 5 jours ouvrés", AUTHORITIES, "E36",
         "Taux de réponse aux courriers dans les 5 jours ouvrés"),
    rate("rdv-4-jours", "Taux de fixation de rendez-vous dans le délai de 4 jours ouvrés", AUTHORITIES, "E37"),
    days("delai-rdv-4-jours", "Délai moyen de fixation", AUTHORITIES, "E37", "Délai moyen de réponse"),
    rate("rdv-10-jours", "Taux de rendez-vous fixés dans le délai de 10 jours ouvrés", AUTHORITIES, "E37"),
    days("delai-rdv-10-jours", "Délai moyen du rendez-vous", AUTHORITIES, "E37", "Délai moyen de réponse"),
    count("pn-usagers", "Nombre d’usagers reçus au PN", DIGITAL, "E15"),
    count("pn-infos", "Nombre d’usagers reçus pour demande d’infos", DIGITAL, ""),
    rate("pn-teleprocedures", "Téléprocédures abouties", DIGITAL, "E15"),
    rate("pn-satisfaction", "Taux de satisfaction (« très satisfait » et « satisfait »)", DIGITAL, "E15"),
]  # fmt: skip
CODES = [entry.code for entry in CATALOGUE]
