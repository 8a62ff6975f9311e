"""Surveys of the demonstration: the real ones of the CLU of March 2022, plausible years, one open in Aix."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.files.base import ContentFile

from core.importing import engine
from core.sheets.reading.bounded import read
from demo import survey_actions
from demo.clock import told_at
from demo.conditions import deduce
from demo.files import DATA, read_json
from demo.months import moment
from organisations.models import Unit, User
from surveys.enums import CRITERION_KINDS, NOT_CONCERNED, PUBLIC_CHANNELS, Kind, Level, QuestionKind, YesNo
from surveys.imports.survey_file import SurveyFile
from surveys.models import Campaign, CollectionPoint, Place, Question, Questionnaire, Response, SurveyImport
from surveys.services import campaigns, feedbacks, intake, places, points, verbatims

REASON = "Chargement de la démonstration"
MODEL = "satisfaction"
PREPARED, AFTER = timedelta(days=10), timedelta(days=3)
SATURDAY = 5
NOT_CONCERNED_SHARE = 0.7  # of those who do not answer a criterion, who say so; the others leave it blank
LEVELS = {
    QuestionKind.SCALE: (Level.VERY_SATISFIED, Level.SATISFIED, Level.DISSATISFIED, Level.VERY_DISSATISFIED),
    QuestionKind.YES_NO: (YesNo.YES, YesNo.YES, YesNo.NO, YesNo.NO),
}
EASY_SHARE = 0.35  # of the satisfied, who are very satisfied


def load_surveys(units: Mapping[str, Unit], people: Mapping[str, User], *, today: date, seed: int) -> None:
    """Every campaign of the demonstration; a site that has one is left as it is."""
    story = read_json("surveys")
    telling = CampaignTelling(units, people["rq"], today, seed, _load_places(story["places"], units, by=people["rq"]))
    for code in dict.fromkeys(row["site"] for row in [*story["files"], *story["campaigns"]]):
        if Campaign.objects.filter(site=units[code]).exists():
            continue
        for row in story["campaigns"]:
            if row["site"] == code:
                telling.tell(row)
        for row in story["files"]:
            if row["site"] == code:
                telling.take_in(row)


def _load_places(rows: Sequence[Mapping], units: Mapping[str, Unit], *, by: User) -> dict[tuple[str, str], Place]:
    found = {(place.site.code, place.code): place for place in Place.objects.select_related("site")}
    for position, row in enumerate(rows):
        key = (row["site"], row["code"])
        if key not in found:
            unit = units[row["unit"]] if row["unit"] else None
            found[key] = places.create(
                site=units[row["site"]],
                name=row["name"],
                name_en=row["name_en"],
                unit=unit,
                position=position,
                code=row["code"],
                by=by,
                reason=REASON,
            )
    return found


@dataclass
class CampaignTelling:
    """Makes campaigns, each at its time."""

    units: Mapping[str, Unit]
    by: User
    today: date
    seed: int
    places: Mapping[tuple[str, str], Place]

    def take_in(self, row: Mapping[str, Any]) -> None:
        """A real campaign: its file goes through the import, and it is closed."""
        with told_at(survey_actions.TOLD) as set_clock:
            campaign = self._opened(row, row["questionnaire"], row["kind"], set_clock)
            set_clock(moment(campaign.ends_on + timedelta(days=1), 10))
            self._import(campaign, row)
            set_clock(moment(campaign.ends_on + AFTER, 10))
            self._follow(campaigns.close(campaign, by=self.by), row, set_clock)

    def tell(self, row: Mapping[str, Any]) -> None:
        """A plausible campaign, its forms drawn from the shares told; closed unless it is the open one."""
        with told_at(survey_actions.TOLD, dated=[Response._meta.get_field("received_at")]) as set_clock:
            campaign = self._opened(row, row.get("questionnaire", MODEL), row.get("kind", Kind.SATISFACTION), set_clock)
            for point in row.get("points", ()):
                place = self.places[row["site"], point["place"]]
                fields = {"channel": point["channel"], "label": point["label"], "place": place}
                points.add_point(campaign, **fields, by=self.by, reason=REASON)
            forms = Draw(campaign, row, self.places, self.today, self.seed).forms()
            for day, received in self._arrivals(campaign, forms, is_open=bool(row.get("is_open"))):
                set_clock(moment(day, 17))
                intake.receive_many(campaign, received)
            if not row.get("is_open"):
                set_clock(moment(campaign.ends_on + AFTER, 10))
                campaign = campaigns.close(campaign, by=self.by)
                self._read_texts(campaign, row)
                self._follow(campaign, row, set_clock)

    def _arrivals(self, campaign: Campaign, forms: Sequence[intake.Received], *, is_open: bool):
        """(day, forms): day after day where the survey runs still, all at the end for those of the past."""
        if not is_open:
            return [(min(campaign.ends_on, self.today), forms)]
        return [(day, list(same_day)) for day, same_day in groupby(forms, key=lambda form: form.answered_on)]

    def _opened(self, row: Mapping[str, Any], code: str, kind: str, set_clock) -> Campaign:
        starts_on, ends_on = self._day(row["starts_on"]), self._day(row["ends_on"])
        set_clock(moment(starts_on - PREPARED, 10))
        campaign = campaigns.create(
            title=self._words(row["title"]),
            kind=kind,
            site=self.units[row["site"]],
            code=self._words(row["code"]),
            questionnaire=Questionnaire.objects.filter(code=code, site=None).latest("version"),
            starts_on=starts_on,
            ends_on=ends_on,
            goal=row.get("goal"),
            terms=row["terms"],
            presented_on=self._day(row["presented_on"]) if row["presented_on"] else None,
            significance_threshold=row.get("significance_threshold", 10),
            investigator=row.get("investigator", ""),
            by=self.by,
            reason=REASON,
        )
        set_clock(moment(starts_on, 8))
        return campaigns.open(campaign, by=self.by)

    def _import(self, campaign: Campaign, row: Mapping[str, Any]) -> None:
        path = DATA / row["file"]
        content = path.read_bytes()
        if row.get("years"):  # the calls of May 2021 are dated as the slides print them, of May 2022
            old, new = (year.encode() for year in row["years"])
            content = content.replace(b"/" + old + b";", b"/" + new + b";")
        record = SurveyImport(campaign=campaign)
        with NamedTemporaryFile(suffix=path.suffix) as file:
            file.write(content)
            file.flush()
            book = read(file.name, name=row["file"])
        plan = engine.plan_book(SurveyFile, record, book)
        sent = ContentFile(content, name=row["file"])
        engine.record_at_once(SurveyFile, record, sent, book=book, plan=plan, by=self.by)

    def _read_texts(self, campaign: Campaign, row: Mapping[str, Any]) -> None:
        """Tag and hide some of the free texts, and answer them."""
        themes, hidden = row.get("themes", {}), row.get("hidden", ())
        question = Question.objects.get(questionnaire=campaign.questionnaire, kind=QuestionKind.TEXT)
        for response in Response.objects.filter(campaign=campaign, has_text=True).order_by("pk"):
            text = response.answers[question.code]
            if text in themes:
                verbatims.tag(response, question, theme=themes[text], by=self.by)
            if text in hidden:
                verbatims.hide(response, question, by=self.by, reason="Un agent est reconnaissable")

    def _follow(self, campaign: Campaign, row: Mapping[str, Any], set_clock) -> None:
        """What was decided from it, then what the public was told."""
        survey_actions.follow(
            campaign, row.get("actions", ()), units=self.units, by=self.by, day_of=self._day, set_clock=set_clock
        )
        for feedback in row.get("feedbacks", ()):
            feedbacks.add(campaign, **feedback, by=self.by, reason=REASON)

    def _words(self, text: str) -> str:
        for back in range(3):
            text = text.replace(f"{{Y-{back}}}" if back else "{Y}", str(self.today.year - back))
        return text

    def _day(self, text: str) -> date:
        """`2021-08-06`, `{Y-1}-03-03`, `today-21`."""
        words = self._words(text)
        if words.startswith("today"):
            return self.today + timedelta(days=int(words.removeprefix("today")))
        return date.fromisoformat(words)


class Draw:
    """The forms of a campaign: shares are met to the unit, who answers what is drawn, the same at each run."""

    def __init__(
        self, campaign: Campaign, row: Mapping[str, Any], known: Mapping[tuple[str, str], Place], today: date, seed: int
    ):
        self.campaign = campaign
        self.row = row
        self.places = known
        self.today = today
        self.number = row["forms"]
        self.random = random.Random(f"{seed}/surveys/{row['code']}")

    def forms(self) -> list[intake.Received]:
        days, channels, where = self._days(), self._spread(self.row["channels"]), self._spread(self.row["places"])
        drawn = [self.places[self.row["site"], code] for code in where] or [None] * self.number
        ways = self._ways_in(channels)
        return [
            intake.Received(
                key=uuid5(NAMESPACE_URL, f"urn:qualepref:demo:{self.campaign.code}:{index}"),
                answers=answers,
                channel=channels[index],
                answered_on=days[index],
                point=ways[index],
                place=(ways[index].place if ways[index] else None) or drawn[index],
                tester=self.campaign.investigator,
            )
            for index, answers in enumerate(self._answers())
        ]

    @cached_property
    def questions(self) -> list[Question]:
        return list(Question.objects.filter(questionnaire=self.campaign.questionnaire).order_by("position"))

    def _ways_in(self, channels: Sequence[str]) -> list[CollectionPoint | None]:
        """The link, QR code or tablet that each form came through, among those of its channel."""
        known: dict[str, list[CollectionPoint]] = {}
        rows = CollectionPoint.objects.filter(campaign=self.campaign, channel__in=PUBLIC_CHANNELS)
        for point in rows.select_related("place").order_by("pk"):
            known.setdefault(point.channel, []).append(point)
        drawing = random.Random(f"{self.campaign.code}/ways in")
        return [drawing.choice(known[channel]) if channel in known else None for channel in channels]

    def _answer(self, question: Question, sheets: list[dict[str, Any]]) -> None:
        """Answer a criterion at its rate, another question by chance; one that depends on another is left blank."""
        if question.kind in CRITERION_KINDS and question.code in self.row["rates"]:
            share, rate = self.row["rates"][question.code]
            for sheet, answer in zip(sheets, self._criterion(question.kind, share, rate), strict=True):
                if answer:
                    sheet[question.code] = answer
        elif question.choices and not question.dependents.exists():
            for sheet in sheets:
                sheet[question.code] = self._choice(question)

    def _answers(self) -> list[dict[str, Any]]:
        sheets: list[dict[str, Any]] = [{} for _ in range(self.number)]
        for question in self.questions:
            self._answer(question, sheets)
        (code,) = [question.code for question in self.questions if question.kind == QuestionKind.TEXT]
        for sheet, text in zip(self.random.sample(sheets, len(self.row["texts"])), self.row["texts"], strict=True):
            sheet[code] = text
        definition = intake.definition_of(self.campaign.questionnaire)
        return [deduce(definition, sheet) for sheet in sheets]

    def _criterion(self, kind: str, share: float, rate: float) -> list[str]:
        best_one, good, bad, worst_one = LEVELS[kind]
        answered = round(self.number * share)
        satisfied = round(answered * rate)
        best, worst = round(satisfied * EASY_SHARE), round((answered - satisfied) * EASY_SHARE)
        others = self.number - answered
        said = round(others * NOT_CONCERNED_SHARE)
        drawn = (
            [best_one] * best
            + [good] * (satisfied - best)
            + [bad] * (answered - satisfied - worst)
            + [worst_one] * worst
            + [NOT_CONCERNED] * said
            + [""] * (others - said)
        )
        self.random.shuffle(drawn)
        return [str(answer) for answer in drawn]

    def _choice(self, question: Question) -> str:
        weights = [len(question.choices) - rank for rank in range(len(question.choices))]
        return self.random.choices([choice["code"] for choice in question.choices], weights)[0]

    def _days(self) -> list[date]:
        """Working days of the campaign until today."""
        last = min(self.campaign.ends_on, self.today)
        days = [
            self.campaign.starts_on + timedelta(days=number)
            for number in range((last - self.campaign.starts_on).days + 1)
        ]
        open_days = [day for day in days if day.weekday() < SATURDAY]
        return sorted(self.random.choices(open_days, k=self.number))

    def _spread(self, shares: Mapping[str, float]) -> list[str]:
        return self.random.choices(list(shares), list(shares.values()), k=self.number) if shares else []
