"""Choices of the referential, shared by every app that speaks of the trade."""

from django.db.models import TextChoices


class Theme(TextChoices):
    """Themes of the yearly synthesis (plan d’actions 2019), in its order."""

    RECEPTION = "reception", "Accueil physique et téléphonique"
    INTERNET = "internet", "Internet et réseaux sociaux"
    COMPLAINTS = "complaints", "Réclamations des usagers"
    MAIL = "mail", "Courriers et courriels"
    PERMITS = "permits", "Délivrance des titres"
    LOCAL_AUTHORITIES = "local_authorities", "Relations avec les collectivités"
    TRAINING = "training", "Formation et tutorat"
    STEERING = "steering", "Pilotage et écoute des usagers"
    OTHER = "other", "Autre"
