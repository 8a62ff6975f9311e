"""`make sbom`: what the application is made of (CycloneDX 1.5), under which licences, with which known vulnerabilities.

The list is that of requirements.txt, with its digests; the licences are those that the installed packages declare. Ends
with 1 on a licence that ours cannot live with or on a known vulnerability. Where no source of advisories answers, it
says so: nothing was checked then, which is not « nothing was found ».
"""

import argparse
import json
import os
import re
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "requirements.txt"
SOURCE = os.environ.get("ADVISORIES", "https://api.osv.dev/v1/querybatch")
PATIENCE = 20  # seconds
# Compatible with the EUPL 1.2, as libraries that we call and do not change.
ACCEPTED = (
    "mit", "bsd", "apache", "isc", "psf", "python software foundation", "mpl", "mozilla public license 2.0",
    "lgpl", "lesser general public", "zpl", "unlicense", "0bsd", "hpnd", "public domain", "eupl", "cc0",
)  # fmt: skip
REFUSED = ("agpl", "affero", "gpl-2.0-only", "sspl", "busl", "commercial", "proprietary")
# What the package declares nowhere a program can read, looked up in its source.
LOOKED_UP: dict[str, str] = {}


@dataclass(frozen=True)
class Component:
    """A package of the list."""

    name: str
    version: str
    digests: tuple[str, ...]
    licence: str

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"

    @property
    def is_accepted(self) -> bool:
        licence = self.licence.lower()
        return any(word in licence for word in ACCEPTED) and not any(word in licence for word in REFUSED)

    def described(self) -> dict:
        return {
            "type": "library",
            "bom-ref": self.purl,
            "name": self.name,
            "version": self.version,
            "purl": self.purl,
            "licenses": [{"license": {"name": self.licence or "inconnue"}}],
            "hashes": [{"alg": "SHA-256", "content": digest} for digest in self.digests],
        }


def components(locked: str) -> list[Component]:
    """The packages of a requirements file with digests, as `make lock` writes it."""
    found = []
    for block in re.split(r"\n(?=[a-zA-Z0-9])", re.sub(r"^ *#.*\n", "", locked, flags=re.MULTILINE)):
        head = re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", block)
        if head:
            digests = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))
            found.append(Component(head[1].lower(), head[2], digests, licence_of(head[1])))
    return found


def licence_of(name: str) -> str:
    """What the installed package says of its licence; empty when it says nothing or is not installed here."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return LOOKED_UP.get(name.lower(), "")
    classifiers = [line.split("::")[-1].strip() for line in told.get_all("Classifier") or [] if "License ::" in line]
    text = (told.get("License") or "").strip().splitlines()
    declared = told.get("License-Expression") or "; ".join(classifiers) or (text[0] if text else "")
    return declared or LOOKED_UP.get(name.lower(), "")


def bill(found: list[Component]) -> dict:
    """The list in the form of CycloneDX."""
    own = {"type": "application", "name": "qualepref", "licenses": [{"license": {"id": "EUPL-1.2"}}]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": own},
        "components": [component.described() for component in found],
    }


def vulnerabilities(found: list[Component], *, source: str = SOURCE) -> dict[str, list[str]] | None:
    """The identifiers of what is known against each package; None where no source answers."""
    asked = [{"package": {"name": c.name, "ecosystem": "PyPI"}, "version": c.version} for c in found]
    request = urllib.request.Request(
        source, json.dumps({"queries": asked}).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            told = json.load(answer)["results"]
    except (urllib.error.URLError, OSError, KeyError, ValueError):
        return None
    known = {c.purl: [vuln["id"] for vuln in one.get("vulns", [])] for c, one in zip(found, told, strict=True)}
    return {purl: names for purl, names in known.items() if names}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Liste CycloneDX des dépendances, licences et vulnérabilités connues")
    parser.add_argument("--output", type=Path, default=ROOT / "var" / "sbom.json")
    parser.add_argument("--source", default=SOURCE)
    options = parser.parse_args(arguments)
    found = components(LOCKED.read_text())
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(bill(found), ensure_ascii=False, indent=1))
    print(f"{len(found)} dépendances : {options.output}")
    return int(not all([licences_hold(found), no_vulnerability(found, options.source)]))


def licences_hold(found: list[Component]) -> bool:
    installed = {dist.metadata["Name"].lower() for dist in metadata.distributions()}
    here = [component for component in found if re.sub(r"[._]", "-", component.name) in installed]
    for component in here:
        if not component.is_accepted:
            print(f"{component.name} {component.version} : licence à vérifier ({component.licence or 'aucune'})")
    print(f"Licences lues : {len(here)} sur {len(found)} (les autres ne s’installent pas sur cette machine).")
    return all(component.is_accepted for component in here)


def no_vulnerability(found: list[Component], source: str) -> bool:
    known = vulnerabilities(found, source=source)
    if known is None:
        print(
            f"AUCUNE SOURCE D’AVIS JOIGNABLE ({source}) : les vulnérabilités n’ont pas été vérifiées.", file=sys.stderr
        )
        return True
    for purl, names in known.items():
        print(f"{purl} : {', '.join(names)}", file=sys.stderr)
    print(f"Vulnérabilités connues : {sum(map(len, known.values()))}.")
    return not known


if __name__ == "__main__":
    sys.exit(main())
