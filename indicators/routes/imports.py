"""Import of a grid: send, read, check, record, undo."""

urlpatterns: list = []
