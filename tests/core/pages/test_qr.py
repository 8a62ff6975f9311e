"""QR codes: nothing but presentation attributes, the words of the title escaped, read back as the address."""

import re

import segno

from core.pages.qr import qr_file, qr_svg

ADDRESS = "https://qualite.example.fr/enquetes/r/8pYV2nA0c1Z_x9-Qa7bWdw/"


def test_a_code_in_a_page_has_no_style_no_script_and_no_size_of_its_own():
    svg = qr_svg(ADDRESS, title="QR code du questionnaire")
    assert svg.startswith("<svg ")
    assert not re.search(r"style=|<style|<script|class=|width=", svg)
    assert "<title>QR code du questionnaire</title>" in svg


def test_the_title_cannot_carry_markup():
    assert "<script>" not in qr_svg(ADDRESS, title="</title><script>alert(1)</script>")


def test_an_address_of_ours_stays_coarse_enough_to_be_scanned_from_a_poster():
    assert segno.make(ADDRESS, error="q", micro=False).version <= 6


def test_the_file_is_a_whole_svg_document():
    content = qr_file(ADDRESS)
    assert content.startswith(b"<?xml")
    assert b"viewBox" in content or b"width=" in content
