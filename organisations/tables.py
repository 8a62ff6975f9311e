"""Tables of organisations."""

from core.pages.tables import Column, LinkColumn, Table
from organisations.models import User

WRAP = {"td": {"class": "qp-wrap"}}


class AccountTable(Table):
    """People, with their roles of today and to come."""

    name = LinkColumn(
        url_name="organisations:person",
        accessor="get_full_name",
        order_by=("last_name", "first_name"),
        verbose_name="Nom",
    )
    email = Column(verbose_name="Adresse")
    roles = Column(accessor="role_sentence", orderable=False, verbose_name="Rôles", default="aucun", attrs=WRAP)
    last_login = Column(verbose_name="Dernière connexion", default="jamais")
    is_active = Column(verbose_name="Ouvert")

    class Meta(Table.Meta):
        model = User
        fields = ("name", "email", "roles", "last_login", "is_active")
        attrs = {"caption": "Comptes"}
