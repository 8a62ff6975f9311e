"""Addresses of pages that another part of the surveys gives, empty where it does not."""

from django.urls import NoReverseMatch, reverse


def known(url_name: str, *args) -> str:
    """The address of a page, or an empty text when there is none of that name."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""
