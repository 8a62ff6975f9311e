"""The secret of an installation that nobody configured."""

from qualepref.secret_key import kept_in


def test_the_secret_is_drawn_once_kept_and_read_by_its_owner_alone(tmp_path):
    first = kept_in(tmp_path)
    assert len(first) >= 50
    assert kept_in(tmp_path) == first
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_two_installations_have_two_secrets(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert kept_in(tmp_path / "a") != kept_in(tmp_path / "b")
