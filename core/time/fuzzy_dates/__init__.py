"""Dates as people write them in a plan: kept in their words, understood as an earliest and a latest day.

Conventions, the same wherever a deadline is shown. The doubt goes to the person who promised: nothing is late before
the last day that the words allow.

- « courant novembre », « 2017 », « T4 2021 »: the whole month, year, quarter. Weeks are those of ISO 8601.
- « début » and « fin » of a year are its first and last quarter, as budgets and plans count time; « mi-2016 » is the
  two months on each side of 1 July. Of a half-year or a quarter: its first and last third. Of a month: its tens.
- Seasons have fixed days, since the true ones move by one: printemps 20/03–20/06, été 21/06–22/09, automne 23/09–20/12,
  hiver 21/12–19/03 of the year after the one written. « Rentrée » is September.
- « avant le 15/03/2016 » and « d’ici le… » include the day named; « avant mars 2016 » ends on the eve of March, but
  « avant fin 2016 » and « d’ici mars 2016 » end with the period. « d’ici l’été », « jusqu’à l’été » and « pour l’été »
  end on the eve of summer, as « avant l’été » does; « au plus tard l’été » ends with it.
- « à partir du… » has no latest day: never late.
- Two digits are a year of this century.
- A year left out is the first one in which the day or the period is not over when the words were written; where the
  period had begun that day, `doubt` says so.
- « sous 3 mois », « J+30 » and « N+1 » count from the day the words were written, « 30 jours après l’audit » from the
  origin of the plan.
- Digits are one date or none: `2026-13-01` is no period, and `problem` says why. So does a weekday that is another.
- « déjà fait », « dès que possible » and « en continu » promise no day; none is ever late.
"""

from core.time.fuzzy_dates.model import FuzzyDate, resolve
from core.time.fuzzy_dates.parsing import parse
from core.time.fuzzy_dates.phrases import Kind
from core.time.fuzzy_dates.wording import words

__all__ = ["FuzzyDate", "Kind", "parse", "resolve", "words"]
