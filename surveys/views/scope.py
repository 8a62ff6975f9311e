"""Who may do what with the surveys of a site: read and filled in from all its services, run at the site."""

from django.core.exceptions import PermissionDenied

from organisations.permissions import Permission

FROM_BELOW = frozenset({Permission.SURVEY_VIEW, Permission.SURVEY_ENTER})  # held in a service, they reach its site


def may(user, permission: str, site_id: int | None = None) -> bool:
    """Whether the permission is held for the surveys of a site: there, or for those of `FROM_BELOW` in its services."""
    if site_id is not None and permission in FROM_BELOW:
        return site_id in user.sites_with(permission)
    return user.can(permission, site_id)


class OfSite:
    """First base of a page about something of a site: `unit_id_of` is the site, `queryset` has `visible_to`."""

    def unit_id_of(self, obj) -> int:
        return obj.site_id

    def require(self, permission: str, unit_id: int | None = None) -> None:
        if not may(self.request.user, permission, unit_id):
            raise PermissionDenied

    def allows(self, permission: str) -> bool:
        return not permission or may(self.request.user, permission, self.unit_id_of(self.object))


class OfCampaign(OfSite):
    """The same for what belongs to a campaign: points, scenarios, results, files."""

    def unit_id_of(self, obj) -> int:
        return obj.campaign.site_id
