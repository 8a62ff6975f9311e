"""Small files built by hand, honest and hostile."""

import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def xlsx(path: Path, rows: str, *, extra: dict[str, str | bytes] | None = None, prologue: str = "") -> Path:
    """A workbook of one sheet « Feuille » with the given rows of XML, whatever they are."""
    sheet = f'{prologue}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Feuille" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet,
    }
    return archive(path, parts | (extra or {}))


def relations(*targets: tuple[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>'


def ods(path: Path, rows: str, *, manifest: str = "", styles: str = "", table: str = "") -> Path:
    """An OpenDocument workbook of one sheet « Feuille » with the given rows of XML."""
    sheet = f'<table:table table:name="Feuille" {table}>{rows}</table:table>'
    return opendocument(path, "spreadsheet", sheet, manifest=manifest, styles=styles)


def opendocument(path: Path, kind: str, body: str, *, manifest: str = "", styles: str = "") -> Path:
    """An OpenDocument file: `kind` is spreadsheet or text."""
    names = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "table", "text", "style", "fo", "draw"))
    content = (
        f'<office:document-content {names} xmlns:calcext="urn:calcext" xmlns:dc="urn:dc">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        "content.xml": content,
    }
    return archive(path, parts)


def docx(path: Path, body: str, *, comments: str = "") -> Path:
    """A Word document with the given XML in its body."""
    name = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {
        "word/document.xml": f"<w:document {name}><w:body>{body}</w:body></w:document>",
        "word/comments.xml": f"<w:comments {name}>{comments}</w:comments>",
    }
    return archive(path, parts)


def archive(path: Path, parts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
