"""What the words of an audit grid say: results in many spellings, codes, legends; nothing is guessed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from audits.enums import FINDINGS, Result
from core.importing.asks import Option
from core.importing.vocabulary import key_of
from core.importing.words import plain
from core.sheets.reading.model import Sheet

NONE_FOUND = "none"  # « aucun » under a heading of findings: a result
OPTIONS = [Option(result.value, result.label) for result in Result]

# Regular expressions on plain words (no accent, no capital, no sign).
_SAID = {
    Result.COMPLIANT: (
        r"conformes?|c|conf|ok|conformite(?: totale| verifiee| constatee)?|en conformite|tout (?:a fait )?conforme|"
        r"satisfaisante?s?|satisfait|exigence (?:satisfaite|respectee)|respecte?e?s?|r a s|ras|rien a signaler|"
        r"maitrise?e?s?|compliant|conform|c conformes?"
    ),
    Result.STRENGTH: (
        r"(?:points?|pts?) forts?|pf|p f|forces?|bonnes? pratiques?|points? remarquables?|points? positifs?|"
        r"strengths?|pf points? forts?"
    ),
    Result.WEAKNESS: (
        r"(?:points?|pts?) sensibles?|ps|p s|sensibles?|points? faibles?|points? de vigilance|vigilance|"
        r"weakness(?:es)?|ps points? sensibles?"
    ),
    Result.IMPROVEMENT: (
        r"pistes? (?:de |d )(?:progres|progression|amelioration)|pp|p p|pdp|axes? (?:de progres|d amelioration)|"
        r"progres|opportunites? (?:d amelioration|de progres)|points? (?:a ameliorer|d amelioration|de progres)|"
        r"improvements?|pp pistes? de progres"
    ),
    Result.NONCONFORMITY: (
        r"(?:fiches? d )?ecarts?(?: (?:mineurs?|majeurs?|constates?|critiques?))?|e|nc|n c|ncm|ncmin|ncmaj|"
        r"(?:nc|e) (?:mineure?s?|majeure?s?)|non[ -]?conformes?|non[ -]?conformites?(?: (?:mineures?|majeures?))?|"
        r"pas conformes?|non respecte?e?s?|non[ -]?satisfaisant|insatisfaisant|non[ -]?compliant|nonconformity|"
        r"nc (?:non conformes?|ecarts?)|e ecarts?"
    ),
    Result.NOT_APPLICABLE: (
        r"sans objet|so|s o|na|n a|non[ -]?applicables?|pas applicables?|non concernee?s?|pas concernee?s?|"
        r"hors (?:perimetre|champ|sujet)|non retenue?s?|not applicable|so sans objet"
    ),
    Result.NOT_ASSESSED: (
        r"non[ -]?vue?s?|nv|n v|pas vue?s?|non[ -]?auditee?s?|non vu ce jour|ne|n e|nv non vue?s?|"
        r"non[ -]?(?:evaluee?s?|examinee?s?|verifiee?s?|observee?s?|abordee?s?|testee?s?)|"
        r"pas (?:evaluee?|examinee?|verifiee?|auditee?|observee?)|not (?:assessed|seen)"
    ),
}
_PATTERNS = {result: re.compile(words) for result, words in _SAID.items()}
_LIKELY = {
    Result.COMPLIANT: re.compile(r"oui|o|yes|1|x|v|bien|bon|vrai"),
    Result.NONCONFORMITY: re.compile(r"non|n|no|0|ko|faux|mauvais|insuffisant"),
    Result.WEAKNESS: re.compile(r".*\b(?:partiel\w*|fragile|moyen|a surveiller|attention)\b.*"),
    Result.NOT_ASSESSED: re.compile(r"a (?:revoir|verifier|voir|completer)|en attente|nsp|\?"),
}
_NONE = re.compile(
    r"(?:aucune?s?|neant|rien|nil|none|ras|r a s|0)(?: (?:a signaler|constatee?s?|relevee?s?|(?:a )?ce jour))?"
    r"(?: (?:points? (?:forts?|sensibles?|faibles?)|pistes? .*|ecarts?.*|non conformites?.*))?"
)
_MARK = re.compile(r"[x✓✔☑☒●•⬤■v]|ok|oui|o|1|vrai|true|yes", re.IGNORECASE)
_NO_MARK = re.compile(r"non|n|0|faux|false|no|-|–|—|☐|□|○|/", re.IGNORECASE)
_SIGNED = re.compile(r"^(?P<word>[^:–—]{1,40}?)\s*(?::|–|—|\s-\s)\s*(?P<rest>\S.*)$", re.DOTALL)
_LEGEND = re.compile(r"(?<!\w)([^\s:=;,()]{1,5})\s*(?::|=|–|—|->|→|\s-\s)\s*([^:=;,\n()]{2,60})")
_ASIDE = re.compile(r"\s*[(\[].*[)\]]\s*$|\s*\bn ?°? ?\d{1,3}$|\s+\d{1,3}$")
_JOINED = re.compile(r"\s*(?:\+|/|&|,|;|\n|\bet\b|\bavec\b)\s*", re.IGNORECASE)
LONGEST_WORD = 40


@dataclass(frozen=True)
class ResultSaid:
    """What a cell says: its result where it is sure, the likeliest one where it is not, and the words beside it."""

    result: str = ""
    likely: str = ""
    rest: str = ""


def known(text: str, legend: Mapping[str, str]) -> str:
    """The result that words name in full; empty when they do not. A legend of the file comes first."""
    if (key := key_of(text)) in legend:
        return legend[key]
    words = plain(_ASIDE.sub("", text)) or plain(text)
    if words in legend:
        return legend[words]
    return next((result.value for result, pattern in _PATTERNS.items() if pattern.fullmatch(words)), "")


def said_of(text: str, legend: Mapping[str, str]) -> ResultSaid:
    """« PP : améliorer l’affichage » gives a result and its words; « conforme + PP » gives the finding."""
    if found := known(text, legend):
        return ResultSaid(found)
    if (signed := _SIGNED.match(text)) and (found := known(signed["word"], legend)):
        return ResultSaid(found, rest=signed["rest"].strip())
    parts = [known(part, legend) for part in _JOINED.split(text) if part.strip()]
    if len(parts) > 1 and all(parts):
        others = set(parts) - {Result.COMPLIANT.value}
        return ResultSaid(others.pop() if len(others) == 1 else parts[0] if not others else "", likely=parts[-1])
    head, _line, rest = text.partition("\n")
    if rest and (found := known(head, legend)):  # « C », then what was seen
        return ResultSaid(found, rest=rest.strip())
    words = plain(text)
    likely = next((result.value for result, pattern in _LIKELY.items() if pattern.fullmatch(words)), "")
    return ResultSaid(likely=likely)


def heading_result(heading: str) -> str:
    """The result that a heading of a column or of a list names: « Points forts », « PF », « Écarts (fiche) »."""
    words = re.sub(r"^(?:les|nombre de|nb de?) ", "", plain(_ASIDE.sub("", heading.replace("?", " ").rstrip(": "))))
    return next((result.value for result, pattern in _PATTERNS.items() if pattern.fullmatch(words)), "")


def is_none(text: str) -> bool:
    """« aucun », « néant »: an audit that says so of findings has found none."""
    return bool(_NONE.fullmatch(plain(text)))


def is_mark(text: str) -> bool:
    return bool(_MARK.fullmatch(text.strip()))


def is_no_mark(text: str) -> bool:
    return bool(_NO_MARK.fullmatch(text.strip()))


def legend_in(texts: Iterable[str]) -> dict[str, str]:
    """What the legends of a file say of its codes: « C : conforme ; NC = non concerné », « A – Point fort »."""
    found: dict[str, str] = {}
    for text in texts:
        for code, words in _LEGEND.findall(text):
            if (result := known(words.strip(" ."), {})) and key_of(code):
                found.setdefault(key_of(code), result)
    return found


def legend_cells(sheet: Sheet) -> Iterator[str]:
    """Codes and their meanings in two neighbouring cells, written as one text."""
    for cells in sheet.rows:
        filled = [cell for cell in cells if cell.text.strip()]
        if len(filled) == 2 and len(filled[0].text.strip()) <= 5 and known(filled[1].text, {}):
            yield f"{filled[0].text.strip()} : {filled[1].text.strip()}"


def legend_lines(sheet: Sheet) -> Iterator[str]:
    """The lines of a text that are a legend: « Légende : … », or the meaning of two codes at least."""
    for cell in sheet.filled():
        if plain(cell.text).startswith("legende") or len(legend_in([cell.text])) > 1:
            yield cell.text


def is_finding(result: str) -> bool:
    return result in FINDINGS
