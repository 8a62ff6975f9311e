"""Who sees labels, audits and documents: those of the site; documents are read and checked from all its services."""

from organisations.permissions import Permission
from organisations.scope import Scope

VIEW, EDIT = Permission.AUDIT_VIEW, Permission.AUDIT_EDIT
DOCUMENTS_FROM_BELOW = (Permission.DOCUMENT_VIEW, Permission.DOCUMENT_CHECK)  # held in a service, they reach its site

OF_SITE = Scope(VIEW, from_below=(VIEW,))
DOCUMENT = Scope(Permission.DOCUMENT_VIEW, from_below=DOCUMENTS_FROM_BELOW)
