"""Tagged PDFs joined into one: their pages, tags, bookmarks, destinations; then page numbers laid over them."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import pikepdf

LINK = "part:"  # an address of the first part that leads to an anchor of another
ARTIFACT = b"Q\n/Artifact <</Type /Pagination>> BDC q /%s Do Q EMC"


def pages_of(content: bytes) -> tuple[list[bool], dict[str, int]]:
    """Whether each page of a PDF lies on its side, and the page of each of its anchors, from 0."""
    with pikepdf.open(BytesIO(content)) as pdf:
        sides = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in pdf.pages]
        rank = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}
        return sides, {name: rank[target[0].objgen] for name, target in _destinations(pdf)}


def join(parts: Sequence[bytes], *, stamps: bytes) -> bytes:
    """One document: the title, the language and the metadata of the first part; `stamps` has a page for each page."""
    out = pikepdf.Pdf.new()
    sources = [pikepdf.open(BytesIO(content)) for content in parts]
    root = out.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    top = out.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=root))
    kids, nums, outlines, names = [], [], [], {}
    for source in sources:
        first = len(out.pages)
        out.pages.extend(source.pages)
        fresh = [page.obj for page in list(out.pages)[first:]]
        kids += _tags(out, source, top)
        nums += _parent_tree(out, source, fresh, len(nums) // 2)
        outlines += _bookmarks(out, source)
        names |= _moved(source, fresh)
    root.K, top.K = pikepdf.Array([top]), pikepdf.Array(kids)
    root.ParentTree = out.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(nums)))
    out.Root.StructTreeRoot = root
    _describe(out, sources[0])
    _name(out, names)
    _outline(out, outlines)
    _lead(out.pages[: len(sources[0].pages)], names)
    with pikepdf.open(BytesIO(stamps)) as laid:
        _stamp(out, laid)
    target = BytesIO()
    out.save(target, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return target.getvalue()


def _tags(out: Any, source: Any, top: Any) -> list[Any]:
    """What the document of a part holds, now held by the whole."""
    tree = out.copy_foreign(source.Root.StructTreeRoot)
    kids = list(tree.K[0].K)
    for kid in kids:
        kid.P = top
    return kids


def _parent_tree(out: Any, source: Any, pages: Sequence[Any], base: int) -> list[Any]:
    """The entries of a part, each page and link of it numbered on from `base`."""
    nums = list(out.copy_foreign(source.Root.StructTreeRoot).ParentTree.Nums)
    for page in pages:
        page.StructParents = int(page.StructParents) + base
        for link in page.get("/Annots", ()):
            if "/StructParent" in link:
                link.StructParent = int(link.StructParent) + base
    return [int(one) + base if place % 2 == 0 else one for place, one in enumerate(nums)]


def _bookmarks(out: Any, source: Any) -> list[Any]:
    """The bookmarks of the first level of a part."""
    found: list[Any] = []
    if "/Outlines" in source.Root:
        one = out.copy_foreign(source.Root.Outlines).get("/First")
        while one is not None:
            found.append(one)
            one = one.get("/Next")
    return found


def _outline(out: Any, items: Sequence[Any]) -> None:
    if not items:
        return
    total = len(items) + sum(max(int(one.get("/Count", 0)), 0) for one in items)
    top = out.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines, First=items[0], Last=items[-1], Count=total))
    for place, one in enumerate(items):
        one.Parent = top
        for name, other in (("/Prev", place - 1), ("/Next", place + 1)):
            if 0 <= other < len(items):
                one[name] = items[other]
            elif name in one:
                del one[name]
    out.Root.Outlines = top


def _destinations(source: Any) -> Iterable[tuple[str, Any]]:
    listed = source.Root.get("/Names", {}).get("/Dests", {}).get("/Names", ())
    listed = list(listed)
    return [(str(name), target) for name, target in zip(listed[::2], listed[1::2], strict=True)]


def _moved(source: Any, pages: Sequence[Any]) -> dict[str, Any]:
    """The destinations of a part, on their pages in the whole."""
    rank = {page.obj.objgen: place for place, page in enumerate(source.pages)}
    return {
        name: pikepdf.Array([pages[rank[target[0].objgen]], *list(target)[1:]])
        for name, target in _destinations(source)
    }


def _name(out: Any, names: dict[str, Any]) -> None:
    listed = [one for name in sorted(names, key=str.encode) for one in (pikepdf.String(name), names[name])]
    out.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=pikepdf.Array(listed)))


def _lead(pages: Iterable[Any], names: dict[str, Any]) -> None:
    """The links of the contents lead to their chapters, in other parts."""
    for page in pages:
        for link in page.obj.get("/Annots", ()):
            address = str(link.A.URI) if "/A" in link and "/URI" in link.A else ""
            if (anchor := address.removeprefix(LINK)) != address and anchor in names:
                del link["/A"]
                link.Dest = pikepdf.String(anchor)
                link.Contents = pikepdf.String("Aller à cette partie du document")


def _describe(out: Any, first: Any) -> None:
    """What the first part says of the document."""
    out.Root.Lang = pikepdf.String(str(first.Root.Lang))
    for name in ("/Metadata", "/MarkInfo", "/ViewerPreferences"):
        value = first.Root[name]
        out.Root[name] = out.copy_foreign(value if value.is_indirect else first.make_indirect(value))
    for name, value in first.docinfo.items():
        out.docinfo[name] = pikepdf.String(str(value))


def _stamp(out: Any, stamps: Any) -> None:
    """Lay each stamp over its page, as what is no part of its text."""
    for page, stamp in zip(out.pages, stamps.pages, strict=True):
        form = out.copy_foreign(stamps.make_indirect(stamp.as_form_xobject()))
        name = page.add_resource(form, pikepdf.Name.XObject)
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(ARTIFACT % str(name).encode().lstrip(b"/"))
