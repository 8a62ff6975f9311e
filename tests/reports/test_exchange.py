"""The exchange file: written here, read elsewhere, refused when a letter changed; the comparison that it feeds."""

import json
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.base.errors import UserError
from indicators.models import Reading
from indicators.rules.months import Month, ratio
from organisations.enums import Role, UnitKind
from reports import results
from reports.models import ComparedYear, ForeignYear
from reports.rules import exchange as files
from reports.rules.percentiles import percentile, rank_of
from reports.services import comparisons, exchange
from tests.core.page_checks import query_count
from tests.indicators.factories import IndicatorFactory
from tests.organisations.factories import PrefectureFactory, SousPrefectureFactory, user_with
from tests.reports.factories import AnnualReportFactory

pytestmark = pytest.mark.django_db
SECRET = "k" * 32


@pytest.fixture
def indicator():
    return IndicatorFactory(code="taux", label="Taux d’appels aboutis", measure="rate")


def reading(site, indicator, value, year=2022) -> Reading:
    return Reading.objects.create(
        indicator=indicator, site=site, year=year, rule="weighted", value=Decimal(value), measured_months=12
    )


def told(code="59", value="0.9", **more) -> dict:
    figure = {
        "indicator": "taux",
        "label": "Taux",
        "measure": "rate",
        "value": value,
        "months": 12,
        "sites": 2,
        "all_sites": 3,
    }
    return {
        "code": code, "name": f"Préfecture {code}", "kind": "prefecture", "year": 2022, "is_named": False,
        "written_at": "2023-02-01T10:00:00+00:00", "figures": [figure],
    } | more  # fmt: skip


def test_what_one_writes_another_reads_to_the_letter(indicator, settings):
    site = PrefectureFactory(code="38", name="Préfecture de l’Isère")
    reading(site, indicator, "0.987654321")
    reading(site, IndicatorFactory(code="vide"), "0.5", year=2021)
    content = exchange.write(AnnualReportFactory(site=site, year=2022), is_named=True)
    found = files.read(content)
    assert (found.told["code"], found.told["is_named"]) == ("38", True)
    assert [(one["indicator"], one["value"]) for one in found.told["figures"]] == [("taux", "0.987654321")]
    with pytest.raises(UserError, match="est tenu ici"):
        exchange.read(content, by=None)
    with pytest.raises(UserError, match="rien à échanger"):
        exchange.write(AnnualReportFactory(site=site, year=2020), is_named=False)


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file["told"]["figures"][0].update(value="0.99"),
        lambda file: file["told"].update(is_named=True),
        lambda file: file.update(key=files.public_key("x" * 32)),
        lambda file: file.update(signature="AAAA"),
        lambda file: file.pop("signature"),
        lambda file: file.update(told=[]),
    ],
)
def test_an_altered_file_is_refused_and_nothing_is_kept(change):
    file = json.loads(files.signed(told(), SECRET))
    change(file)
    with pytest.raises(UserError, match="modifié depuis qu’il a été signé"):
        exchange.read(json.dumps(file).encode(), by=None)
    assert not ForeignYear.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"format": "autre"}', b"[" * 5000, "é".encode("latin-1"), files.signed({"code": "59"}, SECRET),
     files.signed(told(value="beaucoup"), SECRET), files.signed(told(value="NaN"), SECRET),
     files.signed(told(written_at="hier"), SECRET), files.signed(told(kind="bureau"), SECRET)],
)  # fmt: skip
def test_what_is_no_exchange_file_is_told_so(content):
    with pytest.raises(UserError, match="n’est pas un fichier d’échange"):
        exchange.read(content, by=None)


def test_a_later_file_takes_the_place_and_an_older_one_or_one_of_another_key_is_refused():
    exchange.read(files.signed(told(value="0.8"), SECRET), by=None)
    exchange.read(files.signed(told(value="0.9", written_at="2023-03-01T10:00:00+00:00"), SECRET), by=None)
    assert ForeignYear.objects.get().figures[0]["value"] == "0.9"
    with pytest.raises(UserError, match="plus récent"):
        exchange.read(files.signed(told(value="0.8"), SECRET), by=None)
    with pytest.raises(UserError, match="d’une autre clé") as refused:
        exchange.read(files.signed(told(year=2023), "x" * 32), by=None)
    assert files.fingerprint(files.public_key("x" * 32)) in str(refused.value)


def test_percentiles_fall_between_two_values_and_equals_share_theirs():
    values = [Decimal(one) for one in (1, 2, 3, 4)]
    assert [percentile(values, part) for part in (0, 50, 75, 100)] == [1, Decimal("2.5"), Decimal("3.25"), 4]
    assert [rank_of(Decimal(one), values) for one in (1, 4)] == [12, 88]
    assert rank_of(Decimal(2), [Decimal(2)] * 4) == 50


def test_five_sites_are_compared_four_say_nothing_and_few_are_named(indicator):
    mine, *others = [PrefectureFactory(name=f"Préfecture {letter}") for letter in "ABC"]
    for site, value in zip((mine, *others), ("0.9", "0.8", "0.7"), strict=True):
        reading(site, indicator, value)
    exchange.read(files.signed(told("59", "0.95", is_named=True), SECRET), by=None)
    assert results.compared(UnitKind.PREFECTURE, 2022, own={mine.pk}) == []
    exchange.read(files.signed(told("62", "0.6"), SECRET), by=None)
    exchange.read(files.signed(told("80", "12", figures=[told()["figures"][0] | {"measure": "days"}]), SECRET), by=None)
    (line,) = results.compared(UnitKind.PREFECTURE, 2022, own={mine.pk})
    assert (line.number, [one.replace("\u202f", " ") for one in line.percentiles]) == (
        5, ["64 %", "70 %", "80 %", "90 %", "93 %"],
    )  # fmt: skip
    assert [(one.name, one.value.replace("\u202f", " "), one.words, one.is_own) for one in line.named] == [
        ("A", "90 %", "70e centile", True),
        ("59", "95 %", "2 sites sur 3, 90e centile", False),
    ]


def test_a_prefecture_is_read_with_its_sous_prefectures_their_counts_added_and_a_sous_prefecture_alone(indicator):
    site = PrefectureFactory(code="38", name="Préfecture de l’Isère")
    others = [SousPrefectureFactory(parent=site) for _ in range(2)]
    of_january = [(site, 90, 100), (others[0], 1, 10)]
    for unit, above, below in of_january:
        row = reading(unit, indicator, f"{above / below}")
        row.months = [Month(1, "measured", ratio(above, below), above, below).to_json()]
        row.save()
    (whole,) = results.figures_of([site], 2022)
    assert (round(whole.value, 4), whole.sites, whole.all_sites) == (Decimal("0.8273"), 2, 3)
    (alone,) = results.figures_of([others[0]], 2022)
    assert (alone.value, alone.sites, alone.all_sites) == (Decimal("0.1"), 1, 1)
    (told_of,) = files.read(exchange.write(AnnualReportFactory(site=site, year=2022), is_named=False)).told["figures"]
    assert (told_of["value"][:6], told_of["sites"], told_of["all_sites"]) == ("0.8272", 2, 3)
    for number in range(4):
        reading(PrefectureFactory(), indicator, f"0.{number + 1}")
    (line,) = results.compared(UnitKind.PREFECTURE, 2022, own={site.pk})
    assert [(one.name, one.value.replace("\u202f", " "), one.words) for one in line.named] == [
        ("Isère", "82,7 %", "2 sites sur 3, 90e centile")
    ]
    assert results.compared(UnitKind.SOUS_PREFECTURE, 2022, own=set()) == []


@time_machine.travel("2023-06-01 10:00", tick=False)
def test_the_page_takes_the_same_queries_whatever_the_sites_and_names_no_other(client, indicator):
    mine = PrefectureFactory(name="Préfecture Mienne")
    reading(mine, indicator, "0.9")
    client.force_login(user_with(Role.QUALITY_REFERENT, mine))
    page, counts = f"{reverse('reports:comparison')}?annee=2022", []
    assert "Trop peu à comparer" in client.get(page).text
    for number in range(6):
        reading(PrefectureFactory(name=f"Préfecture Autre{number}"), indicator, f"0.{number + 1}")
        counts.append(query_count(client, page))
    assert len(set(counts)) == 1
    text = client.get(page).text
    assert ("Mienne" in text, "Autre" in text, "93e centile" in text) == (True, False, True)


def test_the_file_is_written_and_read_in_the_browser(client, indicator):
    site = PrefectureFactory(code="38")
    reading(site, indicator, "0.9")
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    report = AnnualReportFactory(site=site, year=2022)
    answer = client.get(f"{reverse('reports:exchange-file', args=[report.pk])}?nom=1")
    assert (answer["Content-Type"], files.read(answer.content).told["is_named"]) == ("application/json", True)
    address = reverse("reports:exchange-read")
    good = SimpleUploadedFile("f.json", files.signed(told(), SECRET))
    done = client.post(address, {"file": good}, follow=True)
    assert "Préfecture 59, 2022 : 1 chiffre lu." in done.text
    bad = SimpleUploadedFile("f.json", files.signed(told("62"), SECRET).replace(b"0.9", b"0.8"))
    assert "modifié depuis qu’il a été signé" in client.post(address, {"file": bad}).text
    assert [row.read_by for row in ForeignYear.objects.all()] == [answer.wsgi_request.user]


def test_the_commands_say_what_they_did_and_why_not(indicator, tmp_path, capsys):
    site = PrefectureFactory(code="38")
    reading(site, indicator, "0.9")
    AnnualReportFactory(site=site, year=2022)
    output = tmp_path / "f.json"
    call_command("write_exchange", unit="38", year=2022, output=output)
    assert exchange.own_fingerprint() in capsys.readouterr().out
    with pytest.raises(CommandError, match="est tenu ici"):
        call_command("read_exchange", output)
    with pytest.raises(CommandError, match="Aucun bilan 2021"):
        call_command("write_exchange", unit="38", year=2021, output=output)
    with pytest.raises(CommandError, match="ne se lit pas"):
        call_command("read_exchange", tmp_path / "rien.json")
    output.write_bytes(files.signed(told(), SECRET))
    call_command("read_exchange", output)
    assert "Préfecture 59, 2022" in capsys.readouterr().out


@time_machine.travel("2023-06-01 10:00", tick=False)
def test_what_is_computed_ahead_is_what_is_read_and_says_when(client, indicator, monkeypatch):
    site = PrefectureFactory(name="Préfecture Mienne")
    for unit, value in [(site, "0.9"), *((PrefectureFactory(), f"0.{number}") for number in range(1, 6))]:
        reading(unit, indicator, value)
    read = results.compared(UnitKind.PREFECTURE, 2022, own={site.pk})
    assert (comparisons.compare_ahead(), ComparedYear.objects.count()) == (0, 0)

    monkeypatch.setattr(comparisons, "MOST_LIVE", 5)
    assert comparisons.compare_ahead() == len(results.KINDS)
    kept = ComparedYear.objects.get(kind=UnitKind.PREFECTURE, year=2022)
    assert results.compared(UnitKind.PREFECTURE, 2022, own={site.pk}, kept=kept) == read
    client.force_login(user_with(Role.QUALITY_REFERENT, site))
    Reading.objects.filter(site=site).update(value="0.1")
    page = client.get(f"{reverse('reports:comparison')}?annee=2022").text
    assert ("Mienne : 90" in page, "Chiffres calculés le 01/06/2023 à 10:00" in page) == (True, True)

    Reading.objects.all().delete()
    assert (comparisons.compare_ahead(), ComparedYear.objects.count()) == (0, 0)
