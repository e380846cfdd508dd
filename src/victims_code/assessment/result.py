"""The result of an assessment, and the stamp that says what it was made with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from attrs import asdict, field, frozen

from victims_code import faults
from victims_code.arguments import checked, need_each, need_text
from victims_code.assessment.eligibility import VictimEligibility
from victims_code.assessment.obligations import Obligation, Setting
from victims_code.assessment.questions import questions_of
from victims_code.assessment.special_measures import SpecialMeasures
from victims_code.assessment.timeline import Timeline
from victims_code.assessment.windows import Window
from victims_code.assessment.work import next_change, seen_from, undone_of
from victims_code.cases import Case
from victims_code.errors import UnknownNameError
from victims_code.faults import Fault
from victims_code.names import DutyId
from victims_code.plain import (
    PlainAssessment,
    PlainObligation,
    PlainSpecialMeasures,
    PlainStamp,
    PlainWindow,
)
from victims_code.printable import one_line
from victims_code.vocabulary import MissingFact, Status, load_vocabulary

if TYPE_CHECKING:
    from victims_code.render.papers import Paper


@frozen(kw_only=True)
class Stamp:
    """What a result was made with, so that it can be made again and differences accounted for."""

    package: str
    """The version of the package."""
    law: str
    """The version of the law: a date."""
    law_hash: str
    """A mark of the law files, so that local changes show."""
    calendar: str
    """The version of the calendar."""
    editions: tuple[str, ...]
    """The editions that governed events of the case."""
    as_at: date
    """The day of assessment."""
    known_on: date | None
    """The day whose knowledge of record and calendar was reproduced, if that was asked for."""
    records_not_counted: int = 0
    """How many records are later than the day of assessment, or were made after the day whose knowledge counts."""
    cautions: tuple[str, ...] = ()
    """Which of the editions are not law but drafts or hypothetical."""
    _case: Case = field(repr=False, eq=False)

    @property
    def record(self) -> str:
        """What tells the record from any other; see ``Case.digest``."""
        return self._case.digest()

    def to_dict(self) -> PlainStamp:
        """The stamp as plain values."""
        return {
            "package": self.package,
            "law": self.law,
            "law_hash": self.law_hash,
            "calendar": self.calendar,
            "editions": list(self.editions),
            "as_at": self.as_at.isoformat(),
            "known_on": None if self.known_on is None else self.known_on.isoformat(),
            "record": self.record,
            "records_not_counted": self.records_not_counted,
            "cautions": list(self.cautions),
        }


@frozen(kw_only=True)
class Assessment:
    """Everything that follows from a case at a date.

    Made by :meth:`victims_code.VictimsCode.assess`.

    >>> import victims_code as vc
    >>> case = vc.Case(reference="A1", victims=[vc.Victim(reference="V1")],
    ...                events=[vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1")])
    >>> result = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20))
    >>> (arrest,) = result.find("inform-suspect-arrested", victim="V1", suspect="S1")
    >>> arrest.track.value, arrest.status.value, arrest.days_late
    ('unknown', 'overdue', None)
    >>> result.to_dict()["eligibility"][0]["enhanced"]
    'unknown'
    """

    case: Case
    """The case that was assessed."""
    stamp: Stamp
    """What the answer was made with, so that it can be made again."""
    eligibility: tuple[VictimEligibility, ...]
    """Who is covered and who gets Enhanced Rights: one entry for each victim and edition."""
    obligations: tuple[Obligation, ...]
    """Every duty owed, those with a date first, in the order of their dates."""
    windows: tuple[Window, ...]
    """What the victims may do under schemes beyond the Code, and until when."""
    faults: tuple[Fault, ...]
    """What could not be assessed, and what deserves a look."""
    _setting: Setting = field(eq=False)
    _find_special_measures: Callable[[], tuple[SpecialMeasures, ...]] = field(eq=False)

    def __str__(self) -> str:
        overdue = sum(1 for one in self.obligations if one.status is Status.OVERDUE)
        return f"{self.case.reference} as at {self.stamp.as_at}: {len(self.obligations)} obligations, {overdue} overdue"

    def __repr__(self) -> str:
        return one_line(f"<Assessment {self}>")

    @property
    def special_measures(self) -> tuple[SpecialMeasures, ...]:
        """Who would be eligible for which special measures as a witness; worked out when first asked for.

        It is eligibility on the day the court decided, if that is on record, and otherwise at the date of assessment.
        """
        return self._find_special_measures()

    @property
    def questions(self) -> tuple[MissingFact, ...]:
        """What is not known, each once with what it would decide of what is undone; what decides most comes first.

        >>> import victims_code as vc
        >>> case = vc.Case(reference="A1", victims=[vc.Victim(reference="V1")],
        ...                events=[vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1")])
        >>> first = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 3)).questions[0]
        >>> first.question, first.about
        ('Is it a sexual offence?', 'the offence')
        >>> first.decides[0]
        'the deadline of 1 duty, Tue 7 Apr 2026 at the earliest'
        """
        return questions_of(self)

    def work_list(self, within: int | None = None) -> tuple[Obligation, ...]:
        """What is undone and has a date, in the order of ``act_by``; see :func:`~victims_code.assessment.work_list`.

        :param within: how many working days ahead are *due soon*; by default as in ``data/publication.yaml``.
        :raises WrongValueError: if ``within`` is not a whole number of days, or negative.
        """
        return undone_of(self.obligations, within)

    @property
    def changes_on(self) -> date | None:
        """The next day on which an answer can change although nothing new is recorded; None if there is none.

        A due date comes or passes, a window closes, a fact begins to count, a child comes of age, or a record that is
        dated later happens. That something becomes *due soon* is not counted.
        """
        return next_change(self.obligations, self.windows, self._setting)

    @checked
    def find(
        self, duty: DutyId, *, victim: str | None = None, suspect: str | None = None, hearing: str | None = None
    ) -> tuple[Obligation, ...]:
        """The obligations under a duty, narrowed by references; none if it is not owed.

        :raises UnknownNameError: if no edition has such a duty, naming the nearest ones.
        :raises WrongTypeError: if a reference is not text.
        """
        wanted = {"victim": victim, "suspect": suspect, "hearing": hearing}
        narrowed = {name: need_text(value, name) for name, value in wanted.items() if value is not None}
        found = tuple(obligation for obligation in self.obligations if obligation.duty.id == need_text(duty, "duty"))
        if not found:
            self._make_sure_of(duty)
        return tuple(
            obligation
            for obligation in found
            if all(
                (obligation.victim if name == "victim" else getattr(obligation.trigger, name)) == value
                for name, value in narrowed.items()
            )
        )

    def _make_sure_of(self, duty: str) -> None:
        known = {id_ for edition in self._setting.law.editions.values() for id_ in edition.duties}
        if duty not in known:
            nearest = load_vocabulary().nearest(duty, known, listing="Duties")
            raise UnknownNameError(faults.DUTY_OF_NO_EDITION_AT_ALL.at("duty", duty=duty, nearest=nearest))

    def to_dict(self, *, explain: bool = False, within: int | None = None) -> PlainAssessment:
        """The JSON result: plain values only, dates as ISO text, absent things as None.

        :param explain: add the explanation to every obligation, window and answer on special measures.
        :param within: how many working days ahead are *due soon*; by default as in ``data/publication.yaml``.
        :raises WrongValueError: if ``within`` is not a whole number of days, or negative.
        """
        obligations = self.obligations if within is None else seen_from(self.obligations, within)
        plain: PlainAssessment = {
            "reference": self.case.reference,
            "stamp": self.stamp.to_dict(),
            "changes_on": _iso(self.changes_on),
            "eligibility": [eligibility.to_dict() for eligibility in self.eligibility],
            "obligations": [_obligation(obligation, explain) for obligation in obligations],
            "windows": [_window(window, explain) for window in self.windows],
            "special_measures": [_measures(measures, explain) for measures in self.special_measures],
            "questions": [question.to_dict() for question in self.questions],
            "faults": [fault.to_dict() for fault in self.faults],
        }
        return plain

    def timeline(self) -> Timeline:
        """The case on an axis of time: the events, and for each dated duty its days, met or late."""
        dated = (one for one in self.obligations if one.act_by is not None or one.receipt_missing)
        return Timeline(
            reference=self.case.reference,
            setting=self._setting,
            obligations=tuple(dated),
            cautions=self.stamp.cautions,
        )

    def to_markdown(self) -> str:
        """The result as a Markdown page with the reasons for every date."""
        from victims_code import render

        return render.assessment_to_markdown(self.to_dict(explain=True), speaks_for=self.case.speaks_for)

    def to_html(self, *, page: bool = False) -> str:
        """The result with its timeline as an HTML fragment, or as a page that stands by itself.

        :raises MissingExtraError: if Jinja2 is not installed (``pip install "victims-code[html]"``).
        """
        from victims_code import render

        return render.assessment_to_html(
            self.to_dict(explain=True),
            page=page,
            timeline=self.timeline().to_dict(),
            speaks_for=self.case.speaks_for,
        )

    def statement(self, victim: str | None = None) -> Paper:
        """What was owed, by when, and what the record shows: to put into a complaint, a review or an inspection.

        It names no person; it says how each limit was counted, how sure each statement of law is, and how to make it
        again.

        :param victim: the victim it is about; by default all of the case.
        :raises UnknownNameError: if the case has no such victim, naming the nearest ones.

        >>> import victims_code as vc
        >>> case = vc.Case(reference="A1", victims=[vc.Victim(reference="V1")],
        ...                events=[vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1")])
        >>> vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20)).statement("V1")
        <Paper What the Victims' Code required in case A1, victim V1>
        """
        from victims_code.render.statement import statement_of

        if victim is not None:
            self._victim_named(victim)
        return statement_of(
            self.to_dict(explain=True),
            victim=victim,
            speaks_for=self.case.speaks_for,
            record_hash=self.case.digest(),
            readings={name: asdict(one) for name, one in self._setting.law.readings.items()},
        )

    def for_the_victim(self, victim: str | None = None, *, news: bool = False) -> Paper:
        """A page for a victim in plain words: what should have happened, what comes next, and what they may ask for.

        It names no person and no suspect by reference. It breaks no news: an event of which the record does not show
        that the victim was told is on it only as contact that is due, and what they asked not to be told is not on it.

        :param victim: who it is for; it can be left out where the case has one victim.
        :param news: tell also of events that the victim has yet to be told of, but never of what they declined.
        :raises UnknownNameError: if the case has no such victim, or several and none is named.
        """
        from victims_code.render.for_the_victim import page_for_the_victim

        named = self._victim_named(victim)
        return page_for_the_victim(self.to_dict(), named, news=news, speaks_for=self.case.speaks_for.get(named, ()))

    def _victim_named(self, victim: str | None) -> str:
        known = [one.reference for one in self.case.victims]
        if victim is None and len(known) == 1:
            return known[0]
        if victim is None:
            raise UnknownNameError(faults.WHICH_VICTIM.at("victim", victims=", ".join(known)))
        if need_text(victim, "victim") not in known:
            nearest = load_vocabulary().nearest(victim, known, listing="Victims")
            raise UnknownNameError(faults.VICTIM_NOT_IN_THE_CASE.at("victim", victim=victim, nearest=nearest))
        return victim

    def to_csv(self) -> str:
        """The obligations as CSV, one row each."""
        from victims_code import render

        return render.assessments_to_csv([self.to_dict()])

    def windows_to_csv(self) -> str:
        """What the victims may do as CSV, one row for each limit that may apply."""
        from victims_code import render

        return render.windows_to_csv([self.to_dict()])

    def to_icalendar(self, *, replaces: str | None = None, remind: bool = True) -> str:
        """The dates still to be met, and the last days of open windows, as an iCalendar file.

        :param replaces: the text of the file exported before; dates in it that no longer hold are cancelled.
        :param remind: set an alarm for nine o'clock on the last weekday before each date.
        :raises WrongValueError: if ``replaces`` is not an iCalendar file.
        :raises MissingExtraError: if icalendar is not installed (``pip install "victims-code[ics]"``).
        """
        from victims_code import render

        return render.assessments_to_icalendar([self.to_dict()], replaces=replaces, remind=remind)

    def _repr_html_(self) -> str | None:
        from victims_code import render

        return render.html_or_none(self.to_html)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _obligation(obligation: Obligation, explain: bool) -> PlainObligation:
    plain = obligation.to_dict()
    if explain:
        plain["explanation"] = obligation.explain().to_dict()
    return plain


def _window(window: Window, explain: bool) -> PlainWindow:
    plain = window.to_dict()
    if explain:
        plain["explanation"] = window.explain().to_dict()
    return plain


def _measures(measures: SpecialMeasures, explain: bool) -> PlainSpecialMeasures:
    plain = measures.to_dict()
    if explain:
        plain["explanation"] = measures.explain().to_dict()
    return plain


def work_list(results: Iterable[Assessment], *, within: int | None = None) -> tuple[Obligation, ...]:
    """Everything undone in some cases that has a date, in the order of ``act_by``; each says its ``urgency``.

    It holds what is overdue, and what may be: not knowing whether something is late never takes it off the list. A duty
    without a date is not in it, because no day can be said by which to act; neither is one that is on hold.

    :param within: how many working days ahead are *due soon*; by default as in ``data/publication.yaml``.
    :raises WrongTypeError: if ``results`` are not assessments.
    :raises WrongValueError: if ``within`` is not a whole number of days, or negative.

    >>> import victims_code as vc
    >>> case = vc.Case(reference="A1", victims=[vc.Victim(reference="V1")],
    ...                events=[vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1")])
    >>> result = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 9))
    >>> [(one.case, one.duty.id, one.act_by, one.urgency.value) for one in vc.work_list([result])]
    [('A1', 'inform-suspect-arrested', datetime.date(2026, 4, 7), 'act-now')]
    """
    assessed = need_each(results, Assessment, "results", "Pass the results of VictimsCode.assess.")
    return undone_of((obligation for result in assessed for obligation in result.obligations), within)
