"""Codes of the second factor, against the vectors of RFC 6238."""

import pytest

from organisations.rules import totp

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("at", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_the_codes_are_those_of_the_norm(at, code):
    assert totp.code_at(SECRET, at // 30) == code
    assert totp.step_of(SECRET, code, at=at, after=0) == at // 30


def test_a_code_is_taken_half_a_minute_early_or_late_and_no_more():
    now = 1_700_000_010
    found = [totp.step_of(SECRET, totp.code_at(SECRET, now // 30 + shift), at=now, after=0) for shift in range(-2, 3)]
    assert found == [None, now // 30 - 1, now // 30, now // 30 + 1, None]


def test_a_code_serves_once():
    now = 1_700_000_010
    code = totp.code_at(SECRET, now // 30)
    assert totp.step_of(SECRET, code, at=now, after=now // 30) is None


def test_the_secret_is_given_to_scan_or_to_type():
    assert totp.shown(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert totp.address(SECRET, account="a@b.fr", service="Qualité") == (
        "otpauth://totp/Qualit%C3%A9:a%40b.fr?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Qualit%C3%A9"
    )
