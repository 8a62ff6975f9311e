"""The one way to serve a stored file: its digest compared, never cached, never run, and a sentence when it is gone."""

from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse

from core.base.digests import digest_of_file
from core.pages import errors

CONTENT_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".txt": "text/plain; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
GONE = (
    "Ce fichier n’est plus là",
    "« {name} » a été enregistré ici, mais il n’est plus sur le serveur.",
    "Signalez-le à l’administrateur technique : une sauvegarde peut le rendre. Ce qu’en dit l’application demeure.",
)
CHANGED = (
    "Ce fichier a été modifié",
    "« {name} » n’est plus celui qui a été enregistré : son empreinte diffère. Il n’est pas remis.",
    "Signalez-le au référent qualité et à l’administrateur technique.",
)
HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def serve(request: HttpRequest, file: FieldFile, *, digest: str, name: str) -> HttpResponse | FileResponse:
    """The file as a download under `name`: 404 when it is no longer there, 409 when it is not the one that was kept.

    `digest` is the SHA-256 kept with the row; the type is told by the name, never guessed by the browser.
    """
    try:
        content = file.open("rb")
    except (FileNotFoundError, ValueError):  # gone from the disk, or never there
        return _refusal(request, 404, GONE, name)
    if digest_of_file(content.file) != digest:
        content.close()
        return _refusal(request, 409, CHANGED, name)
    kind = CONTENT_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")
    return FileResponse(content, as_attachment=True, filename=name, content_type=kind, headers=HEADERS)


def _refusal(request: HttpRequest, status: int, words: tuple[str, str, str], name: str) -> HttpResponse:
    title, text, reason = words
    answer = errors.page(request, status, words=(title, text.format(name=name)), reason=reason)
    answer["Cache-Control"] = HEADERS["Cache-Control"]
    answer["X-Content-Type-Options"] = HEADERS["X-Content-Type-Options"]
    return answer
