"""URLs of one's own account: sign in, sign out, password."""

urlpatterns = []
