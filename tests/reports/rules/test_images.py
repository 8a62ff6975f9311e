"""Images sent for a report: told from their content, bounded, encoded again; the text shows ours alone."""

from io import BytesIO

import pytest
from PIL import Image

from core.base.errors import UserError
from reports.rules import images
from reports.rules.images import ImageSource
from reports.rules.texts import images_without_words
from tests.reports.factories import png


def test_an_image_is_encoded_again_in_a_bounded_size_without_its_metadata():
    exif = Image.Exif()
    exif[0x0110] = "Appareil de M. Martin"
    made = images.encoded(png(3200, 1200, kind="JPEG", exif=exif))
    assert (made.extension, made.width, made.height) == ("jpg", 1600, 600)
    assert b"Martin" not in made.content


def test_a_scheme_stays_a_png_and_a_heavy_png_becomes_a_photograph(monkeypatch):
    assert images.encoded(png()).extension == "png"
    monkeypatch.setattr(images, "HEAVY", 10)
    assert images.encoded(png()).extension == "jpg"


def test_an_image_with_few_colours_keeps_its_transparency():
    target = BytesIO()
    Image.new("P", (4, 3)).save(target, "PNG", transparency=0)
    with Image.open(BytesIO(images.encoded(target.getvalue()).content)) as image:
        assert image.mode == "RGBA"


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg onload='x()'/>", b"%PDF-1.7", b"GIF89a" + b"\0" * 40, png()[:40], png(kind="GIF")],
)
def test_what_is_no_image_of_ours_is_refused_in_words(content):
    with pytest.raises(UserError, match="n’est pas une image lisible"):
        images.encoded(content)


def test_an_image_of_too_many_points_is_refused_before_it_is_unpacked():
    with pytest.raises(UserError, match="24 millions au plus"):
        images.encoded(png(6000, 5000))


def test_the_images_of_a_text_are_put_in_it_or_told_where_they_are_and_one_that_is_gone_is_told():
    html = '<p><img src="/bilans/images/7/" alt="Le &quot;hall&quot;"></p><img src="/bilans/images/8/" alt="b">'
    gone = '<span class="image-lost">Image absente du serveur : « b ».</span>'
    kept = {7: ImageSource(b"abc", "png", 4, 3)}
    assert images.numbers_in(html) == {7, 8}
    assert images.embedded(html, kept.get) == (
        f'<p><img src="data:image/png;base64,YWJj" alt="Le &quot;hall&quot;" width="4" height="3"></p>{gone}'
    )
    told = images.addressed(html, kept.get)
    assert told == (f'<p><img src="/bilans/images/7/" alt="Le &quot;hall&quot;" width="4" height="3"></p>{gone}')
    assert '<p><img loading="lazy" src="/ailleurs/7/" alt=' in images.served_from(told, "/ailleurs/")


@pytest.mark.parametrize("number", ["0", "07", "9" * 19, "9" * 5000, "٣"])
def test_a_number_that_no_image_can_have_shows_none(number):
    assert images.address_of(f"/bilans/images/{number}/") is None


def test_an_image_without_words_is_counted():
    assert images_without_words('<img alt=""><img src="a"><img alt=" "><img alt="d’accueil">') == 3
