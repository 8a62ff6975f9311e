"""Drives an import through its pages: send and read, answer, record; used by the tests of every kind of import."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core import jobs
from core.base.typography import NO_BREAK
from core.importing import engine


def previewed(client, address, rows, *, kind, pasted=False, name="fichier.csv", encoding="utf-8", **fields):
    """Send a table and have it read at once; gives the import, its preview ready."""
    if pasted:
        posted = {"text": "\n".join("\t".join(row) for row in rows)}
    else:
        content = "\n".join(";".join(row) for row in rows)
        posted = {"file": SimpleUploadedFile(name, content.encode(encoding))}
    answer = client.post(address, {**fields, **posted})
    assert answer.status_code == 302, answer.content.decode()
    record = kind.model.objects.select_related("job").latest("pk")
    jobs.run_now(record.job)
    return kind.model.objects.select_related(*kind.related).get(pk=record.pk)


def page(client, kind, record, query=""):
    """The text of the page of an import, as it is read: its spaces that do not break are spaces."""
    answer = client.get(kind.url(record) + query)
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace(NO_BREAK, " ")


def act(client, kind, record, verb, **data):
    """Press a button of the page of an import, and give the page that follows."""
    return unescape(client.post(kind.url(record, verb), data, follow=True).content.decode())


def commit(client, kind, record, **data):
    """« Enregistrer » what the page shows."""
    return act(client, kind, record, "commit", seen=seen(page(client, kind, record)), **data)


@dataclass
class Driver:
    """The pages of one kind of import, for one browser."""

    client: Any
    kind: Any

    def page(self, record, query=""):
        return page(self.client, self.kind, record, query)

    def act(self, record, verb, **data):
        return act(self.client, self.kind, record, verb, **data)

    def commit(self, record, **data):
        return commit(self.client, self.kind, record, **data)

    def answer(self, record, **answers):
        """« Relire » with answers by the code of their ask; `__` stands for « : »."""
        codes = {code.replace("__", ":"): value for code, value in answers.items()}
        plan = engine.plan_of(self.kind, self.reloaded(record))
        names = {ask.code: ask.name for ask in plan.all_asks}
        return self.act(record, "choices", **{names[code]: value for code, value in codes.items()})

    def open_codes(self, record):
        """The codes of what is still asked."""
        return [ask.code for ask in engine.plan_of(self.kind, self.reloaded(record)).open_asks]

    def reloaded(self, record):
        return self.kind.model.objects.select_related(*self.kind.related).get(pk=record.pk)


def seen(text):
    """The fingerprint of what a page shows."""
    return re.search(r'name="seen" value="(\w+)"', text)[1]
