"""The renderer: what it reads (nothing but our own files), what the PDF declares and how it is structured."""

import gc
import io

import pikepdf
import pytest

from core.pages.pdf import render_pdf

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "file:///etc/passwd",
    "http://127.0.0.1:9/x.png",
    "http://localhost:9/x.png",
    "https://example.org/x.png",
    "http://[::1]:9/x.png",
    "ftp://127.0.0.1/x",
    "static:../settings.py",
    "static:print/../../qualepref/settings.py",
    "static:js/rich-text.js",
    "//example.org/x.png",
    "gopher://127.0.0.1",
    "FILE:///etc/passwd",
    "file:/etc/passwd",
    "http://0x7f000001/x.png",
    "http://2130706433/x.png",
    "static:%2e%2e/settings.py",
    "jar:file:///x!/y",
    "about:blank",
    "/etc/passwd",
    "x.png",
)


def hostile() -> str:
    """One document that calls every address in every way HTML and CSS know."""
    images = "".join(f'<img src="{address}" alt="x"><object data="{address}"></object>' for address in ADDRESSES)
    links = "".join(f'<link rel="stylesheet" href="{address}">' for address in ADDRESSES)
    attachments = "".join(f'<link rel="attachment" href="{address}">' for address in ADDRESSES)
    rules = "".join(f'@import url("{address}"); p {{ background: url("{address}") }}' for address in ADDRESSES)
    svg = "".join(f'<svg><title>x</title><image href="{address}"/></svg>' for address in ADDRESSES)
    head = f"<title>t</title>{links}{attachments}<style>{rules}</style>"
    return f'<html lang="fr"><head>{head}</head><body><p>texte</p>{images}{svg}</body></html>'


def test_the_renderer_follows_no_address(monkeypatch):
    called = []

    def refuse(*args, **kwargs):
        called.append(args)
        raise OSError

    monkeypatch.setattr("socket.socket.connect", refuse)
    content, pages = render_pdf(hostile())
    assert called == []
    assert pages > 0
    with pikepdf.open(io.BytesIO(content)) as document:
        assert not list(document.attachments)
        assert b"root:" not in content
        assert not [o for o in document.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]


def test_the_garbage_collector_is_given_back_even_after_a_failure():
    with pytest.raises(ValueError, match="not found"):
        render_pdf("<p>t</p>", stylesheet="print/absente.css")
    assert gc.isenabled()
