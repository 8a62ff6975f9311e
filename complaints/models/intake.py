"""How cases come in beside the pages: the tally of what is said aloud, files, mailboxes."""

from django.conf import settings
from django.db import models

from complaints.enums import Channel, MailState, Topic
from complaints.models.cases import Complaint
from complaints.querysets import MailQuerySet, TallyQuerySet
from complaints.scope import FILES, OF_SITE
from core.models import AbstractImport
from core.record import history
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.scope import Scope, ScopedQuerySet


class ComplaintImport(AbstractImport):
    """A tracking table sent for a site; emptied once recorded, since it names people."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="complaint_imports", verbose_name="site")
    history = history.records(excluded_fields=["preview", "shown"])

    objects = ScopedQuerySet.as_manager()
    scope = FILES

    class Meta:
        verbose_name = "import de réclamations"
        verbose_name_plural = "imports de réclamations"
        ordering = ("-sent_at",)


class TallyImport(AbstractImport):
    """A table of oral remarks counted, sent for a site."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="tally_imports", verbose_name="site")
    history = history.records(excluded_fields=["preview", "shown"])

    objects = ScopedQuerySet.as_manager()
    scope = FILES

    class Meta:
        verbose_name = "import de bâtonnage"
        verbose_name_plural = "imports de bâtonnage"
        ordering = ("-sent_at",)


class Tally(models.Model):
    """Strokes: what was said aloud at a desk or on the telephone, nobody named. `key` makes a tap sent twice one."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="tallies", verbose_name="site")
    on = models.DateField("jour")
    channel = models.CharField("canal", max_length=20, choices=Channel, default=Channel.DESK)
    theme = models.CharField("thème", max_length=20, choices=Topic, blank=True)
    theme_words = models.CharField("thème en toutes lettres", max_length=200, blank=True)
    place = models.CharField("lieu", max_length=200, blank=True)
    count = models.PositiveIntegerField("traits", default=1)
    key = models.UUIDField("clé d’unicité", unique=True)
    source = models.ForeignKey(
        TallyImport, models.PROTECT, null=True, blank=True, related_name="tallies", verbose_name="import"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="compté par"
    )
    history = history.records()

    objects = TallyQuerySet.as_manager()
    scope = OF_SITE

    class Meta:
        verbose_name = "bâtonnage"
        verbose_name_plural = "bâtonnages"
        ordering = ("-on", "-pk")
        indexes = (models.Index(fields=["site", "on"], name="tally_site_day"),)

    def __str__(self):
        return f"{self.count} le {self.on:%d/%m/%Y}"

    @property
    def theme_label(self) -> str:
        return self.get_theme_display() if self.theme else self.theme_words


class Mailbox(models.Model):
    """A mailbox read by IMAP. Its password is not kept here: `secret` names the variable that holds it."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="mailboxes", verbose_name="site")
    label = models.CharField("intitulé", max_length=200)
    host = models.CharField("serveur IMAP", max_length=200)
    port = models.PositiveIntegerField("port", default=993)
    is_encrypted = models.BooleanField("connexion chiffrée", default=True)
    username = models.CharField("identifiant", max_length=200)
    secret = models.CharField("variable du mot de passe", max_length=100, default="COMPLAINTS_IMAP_PASSWORD")
    folder = models.CharField("dossier lu", max_length=100, default="INBOX")
    is_active = models.BooleanField("lue", default=True)
    read_at = models.DateTimeField("lue pour la dernière fois le", null=True, blank=True)
    error = models.CharField("dernière erreur", max_length=300, blank=True)
    history = history.records(excluded_fields=["read_at", "error"])

    objects = ScopedQuerySet.as_manager()
    scope = Scope(Permission.COMPLAINT_VIEW)

    class Meta:
        verbose_name = "boîte aux lettres"
        verbose_name_plural = "boîtes aux lettres"
        ordering = ("site", "label")

    def __str__(self):
        return self.label


class MailReceived(models.Model):
    """A message found in a mailbox, once: the numbers that the server gives it are its key."""

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="mails", verbose_name="boîte")
    validity = models.CharField("validité des numéros", max_length=30)
    uid = models.PositiveBigIntegerField("numéro")
    state = models.CharField("devenir", max_length=10, choices=MailState)
    reason = models.CharField("pourquoi il reste", max_length=300, blank=True)
    complaint = models.ForeignKey(
        Complaint, models.CASCADE, null=True, blank=True, related_name="mails", verbose_name="dossier"
    )
    seen_at = models.DateTimeField("vu le", auto_now_add=True)

    objects = MailQuerySet.as_manager()
    scope = Scope.through("mailbox")

    class Meta:
        verbose_name = "courriel reçu"
        verbose_name_plural = "courriels reçus"
        ordering = ("-seen_at", "-pk")
        constraints = (models.UniqueConstraint(fields=["mailbox", "validity", "uid"], name="mail_received_once"),)

    def __str__(self):
        return f"{self.mailbox} n° {self.uid}"
