"""Reading a workbook: ours, checked and bounded in a child process, against plain openpyxl; each in its own process."""

import sys
from pathlib import Path

from tests.bench.timing import Measure, run

ROWS, COLUMNS = 13_200, 20


def measure(directory: Path, environment: dict[str, str]) -> list[Measure]:
    """A large workbook and the real grid of Aix 2020."""
    large = directory / "large.xlsx"
    _write(large)
    grid = Path("demo/data/aix_2020_tableau_de_bord.xlsx").resolve()
    return [
        _compare(f"Classeur de {ROWS:,} × {COLUMNS}".replace(",", "\u202f"), large, environment),
        _compare("Grille d’Aix 2020", grid, environment),
    ]


def _compare(name: str, path: Path, environment: dict[str, str]) -> Measure:
    ours = _inside("ours", path, environment)
    theirs = _inside("openpyxl", path, environment)
    return Measure(
        name, float(ours.output), float(theirs.output), f"{ours.megabytes:.0f} Mo contre {theirs.megabytes:.0f} Mo"
    )


def _inside(how: str, path: Path, environment: dict[str, str]):
    return run([sys.executable, "-m", "tests.bench.workbooks", how, str(path)], env=environment)


def _write(path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for row in range(ROWS):
            for column in range(COLUMNS):
                sheet.write(row, column, f"Ligne {row}" if column == 0 else row * column / 7)


def main(how: str, path: Path) -> None:
    """Print the milliseconds that reading took, imports of the reader left out."""
    import time

    if how == "ours":
        from core.sheets.reading.bounded import read

        started = time.perf_counter()
        read(path, name=path.name)
    else:
        import openpyxl

        started = time.perf_counter()
        for sheet in openpyxl.load_workbook(path, data_only=True):
            for _ in sheet.iter_rows(values_only=True):
                pass
    print((time.perf_counter() - started) * 1000)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
