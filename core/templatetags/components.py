"""Tags of the layout and of the DSFR components: identity, menu, badges, form widgets, pages of a list."""

from django import template
from django.http import QueryDict

from core.base.identity import service_identity
from core.pages.menus import current_section, help_section, menu_entries
from core.pages.states import badge_of

register = template.Library()

_WIDGET_CLASSES = {
    "select": "fr-select",
    "selectmultiple": "fr-select",
    "nullbooleanselect": "fr-select",
    "file": "fr-upload",
    "clearablefile": "fr-upload",
}
_KINDS = {"checkbox": "checkbox", "radioselect": "radios", "checkboxselectmultiple": "checkboxes"}


@register.simple_tag
def service():
    """Name, title and brand of this installation; works without a request (error pages)."""
    return service_identity()


@register.simple_tag(takes_context=True)
def main_menu(context):
    """Entries of the main menu this person may open, with the current one marked."""
    return menu_entries(context.get("request"))


@register.simple_tag(takes_context=True)
def section(context):
    """Label of the menu entry the page belongs to; empty where the page's title begins with it."""
    label = current_section(context.get("request"))
    return "" if str(context.get("title", "")).startswith(label) else label


@register.simple_tag(takes_context=True)
def help_anchor(context):
    """« #saisir »: where the help page explains the current page; empty where nothing does."""
    anchor = help_section(context.get("request"))
    return f"#{anchor}" if anchor else ""


@register.simple_tag
def role_labels(user):
    """Roles of today in words, in the order of the enumeration."""
    access = getattr(user, "access", None)
    return sorted({role.label for role in access.roles}) if access else []


@register.inclusion_tag("components/badge.html")
def state_badge(state, label="", small=True):
    """The badge of a state (`reached`, `missing`, `late`…); its words always come with its colour."""
    return {**badge_of(state, label), "small": small}


@register.simple_tag
def page_links(page):
    """Page numbers to offer around the current one, with « … » where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag(takes_context=True)
def page_query(context, parameter, number):
    """The address of another page of the same list, filters and order kept."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[parameter] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def field_kind(field):
    """Which of the DSFR field layouts fits: checkbox, radios, checkboxes or input."""
    return _KINDS.get(field.widget_type, "input")


@register.filter
def group_class(field):
    """Class of the DSFR group around an input, a select or a file."""
    return {"fr-select": "fr-select-group", "fr-upload": "fr-upload-group"}.get(_widget_class(field), "fr-input-group")


@register.simple_tag
def dsfr_widget(field):
    """The field's control with the DSFR class of its kind; its own classes are kept."""
    classes = f"{_widget_class(field)} {field.field.widget.attrs.get('class', '')}".split()
    attrs = {"class": " ".join(dict.fromkeys(classes))} if classes else {}
    return field.as_widget(attrs=attrs)


def _widget_class(field):
    if field_kind(field) == "input":
        return _WIDGET_CLASSES.get(field.widget_type, "fr-input")
    return ""


@register.filter
def of_kind(actions, kind: str) -> list[dict]:
    """The actions of a page that stand together: those of `MORE` under « Autres gestes »."""
    return [action for action in actions if action["kind"] == kind]
