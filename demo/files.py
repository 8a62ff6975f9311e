"""The data files of the demonstration."""

import json
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
GRID = DATA / "aix_2020_tableau_de_bord.xlsx"


def read_json(name: str):
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
