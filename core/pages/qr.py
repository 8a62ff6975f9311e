"""QR codes of our own addresses, as SVG: presentation attributes only, so that pages, posters and files share them."""

from io import BytesIO

from django.utils.safestring import SafeString, mark_safe

CORRECTION = "q"  # a quarter of the code may be torn or stained
QUIET_ZONE = 4  # modules of white around the code, as the norm asks


def qr_svg(address: str, *, title: str) -> SafeString:
    """The code of an address as a piece of page; `title` says what it leads to."""
    target = BytesIO()
    _code(address).save(
        target, kind="svg", xmldecl=False, title=title, border=QUIET_ZONE, omitsize=True, svgclass=None, lineclass=None
    )
    return mark_safe(target.getvalue().decode())  # noqa: S308 - drawn here; the title is escaped by the library


def qr_file(address: str) -> bytes:
    """The same as a file to put in a document."""
    target = BytesIO()
    _code(address).save(target, kind="svg", border=QUIET_ZONE, scale=10)
    return target.getvalue()


def _code(address: str):
    import segno  # heavy: few pages draw a code

    return segno.make(address, error=CORRECTION, micro=False)
