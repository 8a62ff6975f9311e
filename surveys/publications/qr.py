"""QR codes of our own addresses, as SVG: presentation attributes only, said in words beside it."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(address: str, *, title: str) -> SafeString:
    """The code of an address, with error correction for a poster that gets worn."""
    target = io.BytesIO()
    segno.make(address, error="q", micro=False).save(
        target,
        kind="svg",
        xmldecl=False,
        svgns=True,
        title=title,
        border=2,
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return mark_safe(target.getvalue().decode())  # noqa: S308 - drawn here; the title is escaped by the library
