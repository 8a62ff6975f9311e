"""The images of a written part: what may be sent, how it is encoded again, where a text shows one."""

import base64
import re
from collections.abc import Callable
from html import escape, unescape
from io import BytesIO
from typing import NamedTuple

from core.base.errors import UserError

FORMATS = ("PNG", "JPEG")
ACCEPT = ".png,.jpg,.jpeg"
ACCEPTED = "Une photo ou un schéma, en JPEG ou PNG."
MOST_PIXELS = 24_000_000
LONGEST_SIDE = 1600  # an A4 page at 200 points an inch
HEAVY = 700_000  # a PNG beyond is a photograph: JPEG says it in a tenth
QUALITY = 84
IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
FOLDER = "/bilans/images/"
_ADDRESS = re.compile(r"(?:https?://[^/\s\"']+)?/bilans/images/([1-9][0-9]{0,17})/")
_SOURCE = re.compile(r"""\bsrc\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
LOST = '<span class="image-lost">'
MISSING = LOST + "Image absente du serveur : « {} ».</span>"


class Encoded(NamedTuple):
    """An image as we keep it: without its metadata, its place and its author."""

    content: bytes
    extension: str
    width: int
    height: int


class ImageSource(NamedTuple):
    """A kept image, to print."""

    content: bytes
    kind: str
    width: int
    height: int

    @property
    def data(self) -> str:
        """The image in an address of its own."""
        return f"data:image/{self.kind};base64,{base64.b64encode(self.content).decode()}"


def encoded(content: bytes) -> Encoded:
    """The image, told from its content, encoded again in a bounded size. UserError for anything else."""
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                most = MOST_PIXELS // 1_000_000
                raise UserError(f"L’image a trop de points ({most} millions au plus) : réduisez-la.", field="file")
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            is_photo = image.format == "JPEG"
            return _saved(upright, is_photo=is_photo)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UserError(f"Ce fichier n’est pas une image lisible. {ACCEPTED}", field="file") from error


def address_of(source: str) -> int | None:
    """The number of the image that an address of ours shows; None for any other address."""
    found = _ADDRESS.fullmatch(source)
    return int(found[1]) if found else None


def numbers_in(html: str) -> set[int]:
    """The numbers of the images that a text shows."""
    return {number for tag in IMAGE.findall(html) if (number := _number(tag)) is not None}


def alternative_of(tag: str) -> str:
    """What stands for an image, as it is written in its tag."""
    found = _ALTERNATIVE.search(tag)
    return " ".join(unescape(found[1] or found[2] or "").split()) if found else ""


def addressed(html: str, find: Callable[[int], ImageSource | None]) -> str:
    """The text with each of its images at its address, in its size. One that is gone is told in words."""
    return _shown(html, find, lambda number, _source: f"{FOLDER}{number}/")


def embedded(html: str, find: Callable[[int], ImageSource | None]) -> str:
    """The text with each of its images in it: nothing is left to fetch. One that is gone is told in words."""
    return _shown(html, find, lambda _number, source: source.data)


def served_from(html: str, folder: str) -> str:
    """The text with its images asked for at another address, that its reader may open, when they come into view."""
    return html.replace(f'<img src="{FOLDER}', f'<img loading="lazy" src="{folder}')


def _shown(html: str, find: Callable[[int], ImageSource | None], place: Callable[[int, ImageSource], str]) -> str:
    def shown(match: re.Match) -> str:
        number = _number(match[0])
        words = alternative_of(match[0])
        source = find(number) if number is not None else None
        if number is None or source is None:
            return MISSING.format(escape(words or "sans texte de remplacement"))
        size = f'width="{source.width}" height="{source.height}"'
        return f'<img src="{place(number, source)}" alt="{escape(words)}" {size}>'

    return IMAGE.sub(shown, html)


def _number(tag: str) -> int | None:
    found = _SOURCE.search(tag)
    return address_of(found[1]) if found else None


def _saved(image, *, is_photo: bool) -> Encoded:
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if not is_photo:
        plain = image if image.mode in {"RGB", "RGBA", "L"} else image.convert("RGBA" if _has_alpha(image) else "RGB")
        content = _written(plain, "PNG", optimize=True)
        if len(content) <= HEAVY or plain.mode == "RGBA":
            return Encoded(content, "png", *plain.size)
    content = _written(image.convert("RGB"), "JPEG", quality=QUALITY, optimize=True)
    return Encoded(content, "jpg", *image.size)


def _written(image, kind: str, **options) -> bytes:
    target = BytesIO()
    image.info = {}
    image.save(target, kind, **options)
    return target.getvalue()


def _has_alpha(image) -> bool:
    return image.mode in {"LA", "PA", "RGBA"} or "transparency" in image.info
