"""Words of the headings that both tables share, and where their pages lead."""

import re
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from core.importing.tables.wanted import Fit
from core.importing.words import plain

ORGANISATION = (
    r"(?:noms? (?:de l )?)?(?:organismes?|organi[sz]ations?|structures?|associations?|institutions?|collectivites?|"
    r"entites?|administrations?|services?|etablissements?)(?: (?:membres?|representee?s?|d appartenance|d origine))?"
)
EMAIL = r"(?:adresses? )?(?:courriels?|e mails?|emails?|mails?|mels?|adresses? (?:electroniques?|mails?|courriels?))"
FIRST_NAME, CIVILITY = r"prenoms?|first name", r"civilites?|civ"
ANY_FUNCTION = r"(?:fonctions?|qualites?|titres?|postes?|function|role)"
ANY_NAME = r"noms?(?: et)?(?: prenoms?)?|prenoms?(?: et)? noms?|names?|full name"
TECHNICAL = r"n|no|numeros?|n d ordre|numero d ordre|ordre|rangs?|lignes?"

_NAME = r"(?:noms?(?: et)?(?: prenoms?)?|prenoms? et noms?|identite) (?:du |de la |de l |des )?"
_WHO = r"titulaires?|representante?s?|membres?|personnes?|interlocuteurs?|designee?s?|members?|holder|representative"
_HOLDS = r"(?:membres? |representante?s? )?(?:titulaires?|representante?s?)"
_REPLACES = r"(?:membres? |representante?s? )?(?:suppleante?s?|remplacante?s?)"
_OF_MANDATE = r"(?: (?:de |du )?mandats?)?"
HOLDER = rf"(?:{_NAME})?(?:membres? |representante?s? )?(?:{_WHO})(?: noms?(?:(?: et)? prenoms?)?)?|representee?s? par"
HOLDER_EMAIL = rf"{EMAIL}(?: (?:du |de la )?(?:titulaire|representante?))?|{_HOLDS} {EMAIL}"
HOLDER_CIVILITY = rf"{_HOLDS} (?:{CIVILITY})|(?:{CIVILITY}) (?:du |de la )?{_HOLDS}"
HOLDER_FIRST_NAME = rf"{_HOLDS} prenoms?|prenoms? (?:du |de la )?{_HOLDS}"
RANK = (
    r"titulaires? (?:ou |et )?suppleante?s?|t (?:ou )?s|rangs?|"
    r"tit(?:ul)? (?:ou )?suppl?|(?:types?|natures?|rangs?) (?:de |du )?(?:membres?|mandats?|sieges?)"
)
COMMITTEE = r"instances?|comites?|commissions?"
FUNCTION = rf"{ANY_FUNCTION} (?:du |de la )?{_HOLDS}|{_HOLDS} {ANY_FUNCTION}"
DEPUTY = (
    rf"(?:{_NAME})?{_REPLACES}(?: noms?(?:(?: et)? prenoms?)?)?|(?:supple|remplace)e?e?s? par|"
    r"deputy|deputies|substitutes?|alternates?"
)
DEPUTY_FIRST_NAME = rf"{_REPLACES} prenoms?|prenoms? (?:du |de la )?{_REPLACES}"
DEPUTY_CIVILITY = rf"{_REPLACES} (?:{CIVILITY})|(?:{CIVILITY}) (?:du |de la )?{_REPLACES}"
DEPUTY_FUNCTION = rf"{ANY_FUNCTION} (?:du |de la )?{_REPLACES}|{_REPLACES} {ANY_FUNCTION}"
DEPUTY_EMAIL = rf"{EMAIL} (?:du |de la )?{_REPLACES}|{_REPLACES} {EMAIL}"
PUBLIC = (
    r"publics?(?: (?:representee?s?|concernes?|vises?))?|usagers representes|represente(?! par)|au titre (?:de|des|du)|"
    r"public represented"
)
ORDER = (
    r"(?:(?:references?|numeros?|no|d)(?: de)?(?: l)? ?)*arretes?"
    r"(?: (?:de (?:nomination|designation)|prefectora(?:l|ux)|portant .*))?|"
    r"(?:actes?|ordres?)(?: de (?:designation|nomination|mission))?|decisions?"
)
APPOINTED = (
    r"(?:dates? (?:de )?(?:la |l )?)?(?:designations?|nominations?|arrete)|"
    r"(?:designee?s?|nommee?s?) (?:le|par arrete du)|arrete du|appointed on"
)
STARTS = (
    r"(?:mandat |valable |en fonctions? )?(?:du|depuis(?: le)?|a (?:partir|compter) du)|from|starts? on|"
    rf"(?:dates? de )?(?:debut|prise d effet|prise de fonctions?|effet){_OF_MANDATE}"
)
ENDS = (
    r"(?:mandat |valable )?(?:au|jusqu au)|expire le|until|ends? on|to|"
    rf"(?:dates? (?:de |d )?)?(?:fin|expiration|echeance|terme){_OF_MANDATE}"
)
TERM = rf"(?:(?:durees?|periodes?){_OF_MANDATE}|mandats?)(?: en)?(?: (?:ans?|annees?|mois))?"


def alone(words: str) -> Callable[[str], Fit]:
    """A heading that says only « Nom » or « Fonction »: it is read so, unless the group above it says whose."""
    pattern = re.compile(words)
    return lambda heading: Fit.LEADS if pattern.fullmatch(plain(heading)) else Fit.NONE


class OfCommittee:
    """Where an import of a committee stands: its site and its kind; the committee itself may be missing."""

    @classmethod
    def scope_key(cls, record: Any) -> str:
        return f"{record.site.code}/{record.kind}"

    @classmethod
    def place(cls, record: Any) -> str:
        return f"{record.get_kind_display()}, {record.site}"

    @classmethod
    def way(cls, record: Any) -> list[tuple[str, str]]:
        return [("Instances", reverse("clu:committees"))]

    @classmethod
    def leads_to(cls, record: Any) -> tuple[str, str]:
        return "Instances", reverse("clu:committees")
