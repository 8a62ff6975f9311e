"""A form done once, however often it is sent: a press repeated, « Back », an answer lost on the way."""

import hashlib
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.http import QueryDict

from core.base.errors import UserError
from core.models import Submission

FIELD = "_key"
NOT_OF_THE_CONTENT = {FIELD, "csrfmiddlewaretoken"}
USED = (
    "Ce formulaire a déjà été enregistré avec d’autres réponses. Pour ajouter une autre fiche, enregistrez de "
    "nouveau ; pour corriger la première, ouvrez-la."
)


class Done(Exception):
    """The same form, with the same content, was saved before; `url` is where it led."""

    def __init__(self, url: str):
        super().__init__(url)
        self.url = url


def new_key() -> UUID:
    return uuid4()


def key_of(data: QueryDict) -> UUID | None:
    """The key of a form, when it carries one."""
    try:
        return UUID(data.get(FIELD, ""))
    except ValueError:
        return None


def claim(data: QueryDict, files=None) -> Submission | None:
    """Take the key of a form, within the transaction that saves it: `Done` or a `UserError` when it was taken.

    Two copies sent at once wait for each other here; the second then finds the first.
    """
    key = key_of(data)
    if key is None:
        return None
    digest = digest_of(data, files)
    try:
        with transaction.atomic():
            return Submission.objects.create(key=key, digest=digest)
    except IntegrityError:
        known = Submission.objects.get(key=key)
    if known.digest == digest and known.url:
        raise Done(known.url)
    raise UserError(USED)


def settle(submission: Submission | None, url: str) -> None:
    """Where the saved form leads, told again to whoever sends it again."""
    if submission is not None:
        Submission.objects.filter(pk=submission.pk).update(url=url[:500])


def digest_of(data: QueryDict, files=None) -> str:
    content = sorted((name, value) for name in data if name not in NOT_OF_THE_CONTENT for value in data.getlist(name))
    sizes = sorted((name, file.name, file.size) for name, file in (files or {}).items())
    return hashlib.sha256(repr((content, sizes)).encode(errors="surrogatepass")).hexdigest()
