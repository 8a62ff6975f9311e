"""Who sees the committees of a site, and who runs them: read from all its services, run at the site."""

from organisations.permissions import Permission
from organisations.scope import Scope

VIEW, EDIT = Permission.COMMITTEE_VIEW, Permission.COMMITTEE_EDIT
OF_SITE = Scope(VIEW, from_below=(VIEW,))
