"""The front door: the Code in all its editions, asked by date, by duty, or with a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, overload

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import need, need_text
from victims_code.dates import Moment, civil_date, format_date
from victims_code.errors import EditionRangeError, UnknownNameError, WrongValueError
from victims_code.faults import Fault, did_you_mean
from victims_code.law import (
    Duty,
    Edition,
    Instrument,
    Law,
    ProvisionPart,
    Reading,
    Scheme,
    Source,
    Standing,
    load_law,
)
from victims_code.names import DutyId
from victims_code.reading.documents import Document, read_document
from victims_code.vocabulary import load_vocabulary

if TYPE_CHECKING:  # the law is read without what assesses cases by it, and without the calendar
    from victims_code.assessment import Assessment, SpecialMeasures, WhoIsAVictim
    from victims_code.assessment.deadline import Deadline
    from victims_code.assessment.eligibility import Person
    from victims_code.assessment.obligations import Setting
    from victims_code.cases import Case, Victim
    from victims_code.law.comparison import Comparison
    from victims_code.working_days import WorkingDayCalendar
    from victims_code.working_days.columns import C


@frozen(kw_only=True)
class VictimsCode:
    """The Code of Practice for Victims of Crime, in every edition that is encoded.

    >>> from datetime import date
    >>> code = VictimsCode.load()
    >>> code.at(date(2026, 4, 2)).id
    'code-2021'
    >>> code.duty("inform-suspect-arrested").title
    'Tell the victim that a suspect has been arrested'
    """

    law: Law = field(repr=False)

    @classmethod
    def load(cls, folder: str | Path | None = None, *, drafts: bool = False) -> VictimsCode:
        """The Code from the law that ships with the package, or from a folder of law files.

        :param drafts: read draft editions too. They are not law, and whatever is worked out under one says so.
        :raises LawDataError: with every fault of every file.
        """
        need(drafts, bool, "drafts", "true or false", "Pass True or False.")
        return cls(law=load_law(folder, drafts=drafts))

    def with_changes(
        self,
        id_: str,
        *,
        title: str,
        edition: str | None = None,
        deadlines: Mapping[str, object] | None = None,
        enhanced: Mapping[str, object] | None = None,
    ) -> VictimsCode:
        """What if: the Code with one edition altered, to assess the same cases under both.

        The altered edition takes the place of the one it alters, is called ``hypothetical-`` and the name given, and
        everything worked out under it says that it is not law.

        :param id_: a name in small letters, figures and hyphens.
        :param title: what is altered, in words.
        :param edition: the edition to alter; by default the latest.
        :param deadlines: by duty, ``all`` or ``standard`` and ``enhanced`` as in a law file. What is left out stays.
        :param enhanced: by category of Enhanced Rights, ``title`` and ``when``; None takes a category out.
        :raises WrongValueError: with every fault at once, if a change means nothing or alters nothing.

        >>> from datetime import date
        >>> quicker = VictimsCode.load().with_changes(
        ...     "three-days", title="three working days instead of five",
        ...     deadlines={"inform-suspect-arrested": {"standard": {"within": 3}}})
        >>> quicker.deadline("inform-suspect-arrested", on=date(2026, 4, 2), track="standard").due
        datetime.date(2026, 4, 9)
        >>> quicker.at(date(2026, 4, 2)).id
        'hypothetical-three-days'
        """
        plain = {"id": id_, "title": title, "edition": edition or self._latest().id}
        given = {**plain, "deadlines": deadlines or {}, "enhanced": enhanced or {}}
        return self._changed(Document(data=given, source=""))  # type: ignore[arg-type]

    def with_changes_from(self, path: str | Path) -> VictimsCode:
        """What if, from a YAML or JSON file with the keys of :meth:`with_changes` (``id``, ``title`` and so on).

        :raises WrongValueError: with every fault at once, each with its line.
        """
        document = read_document(path, error=WrongValueError)
        given = document.data
        if isinstance(given, dict):
            given = {"edition": self._latest().id, **given}
        return self._changed(Document(data=given, source=document.source, text=document.text))

    def _changed(self, document: Document) -> VictimsCode:
        from victims_code.law.changes import law_with_changes

        return VictimsCode(law=law_with_changes(self.law, document))

    @property
    def editions(self) -> Mapping[str, Edition]:
        """The encoded editions by identifier."""
        return self.law.editions

    @property
    def readings(self) -> Mapping[str, Reading]:
        """The interpretation register by identifier."""
        return self.law.readings

    @property
    def sources(self) -> Mapping[str, Source]:
        """The bibliography by identifier."""
        return self.law.sources

    @property
    def schemes(self) -> Mapping[str, Scheme]:
        """What a victim may do beyond the Code, by identifier.

        >>> sorted(VictimsCode.load().schemes)[:3]
        ['court-expenses', 'cps-right-to-review', 'criminal-injuries-compensation']
        """
        return self.law.schemes

    def scheme(self, id_: str) -> Scheme:
        """The scheme of that identifier, with its limits and what each rests on.

        :raises UnknownNameError: naming the nearest ones.

        >>> VictimsCode.load().scheme("parole-reconsideration").limits[0].title
        'an application by the Secretary of State within 21 days of the decision'
        """
        return _named(self.law.schemes, id_, "scheme", "Schemes")

    def edition(self, id_: str) -> Edition:
        """The edition of that identifier.

        :raises UnknownNameError: naming the nearest ones, or saying that the edition is known but not encoded.
        """
        need_text(id_, "edition")
        if id_ in self.law.editions:
            return self.law.editions[id_]
        if id_ in self.law.infos:
            title, encoded = self.law.infos[id_].title, ", ".join(self.law.editions)
            raise UnknownNameError(faults.EDITION_NOT_ENCODED.at("edition", edition=title, encoded=encoded))
        raise UnknownNameError(_no_such("edition", id_, self.law.infos, "Editions"))

    def at(self, on: Moment) -> Edition:
        """The edition that governs events of a day.

        :raises EditionRangeError: if no encoded edition does, naming the range or the edition needed.
        """
        day = civil_date(on, "on")
        info = self.law.info_on(day)
        if info is not None and info.encoded:
            return self.law.editions[info.id]
        if info is None:
            raise EditionRangeError(
                faults.NO_EDITION_ON_THAT_DAY.at(day=format_date(day), range=self.law.range_in_words())
            )
        encoded = ", ".join(self.law.editions)
        raise EditionRangeError(
            faults.DAY_UNDER_AN_EDITION_NOT_ENCODED.at(day=format_date(day), edition=info.id, encoded=encoded)
        )

    def duties(self, *, edition: str | None = None, owed_by: str | None = None) -> tuple[Duty, ...]:
        """The duties of an edition in printed order, by default of the latest; narrowed to one body if asked.

        :raises UnknownNameError: if there is no such edition or body.
        """
        if owed_by is not None:
            load_vocabulary().body(owed_by)
        chosen = self._latest() if edition is None else self.edition(edition)
        return tuple(duty for duty in chosen.duties.values() if owed_by is None or owed_by in duty.owed_by)

    def duty(self, id_: str, *, edition: str | None = None) -> Duty:
        """A duty by its identifier, in an edition or by default in the latest.

        :raises UnknownNameError: naming the nearest ones.
        """
        chosen = self._latest() if edition is None else self.edition(edition)
        return _duty_of(chosen, id_)

    def compare(self, one: str, other: str) -> Comparison:
        """Two editions beside each other, whichever is named first: what is new, dropped, changed and the same.

        :raises UnknownNameError: if there is no such edition.

        >>> VictimsCode.load().compare("code-2021", "code-2015").earlier.id
        'code-2015'
        """
        from victims_code.law.comparison import compare_editions

        earlier, later = sorted((self.edition(one), self.edition(other)), key=lambda e: e.info.in_force_from)
        return compare_editions(earlier, later, self.law)

    def cross_references(self, id_: str) -> Instrument:
        """A text beside the Code, with the duties that answer its articles or standards.

        ``eu-directive-2012-29`` is the Victims' Directive, ``witness-charter-2013`` the Witness Charter, which is no
        law.

        :raises UnknownNameError: naming the nearest ones.

        >>> VictimsCode.load().cross_references("eu-directive-2012-29").reference("article-5").title
        'Acknowledgement of the report'
        """
        return _named(self.law.instruments, id_, "cross-references", "Texts")

    def _latest(self) -> Edition:
        return max(self.law.editions.values(), key=lambda edition: edition.info.in_force_from)

    def assess(
        self,
        case: Case,
        *,
        as_at: Moment,
        known_on: Moment | None = None,
        calendar: WorkingDayCalendar | None = None,
    ) -> Assessment:
        """Every duty owed in a case, by whom and by when, and where it stood at ``as_at``.

        :param case: the case.
        :param as_at: the date of assessment; later events are left out.
        :param known_on: reproduce what was known on this day, of the record and of bank holidays alike.
        :param calendar: another calendar, such as one with a local closure; the result's stamp names it.
        :raises CalendarRangeError: if a date lies outside the calendar.
        """
        from victims_code.assessment import assess

        _need_case(case)
        known = None if known_on is None else civil_date(known_on, "known_on")
        days = _calendar(calendar, known)
        return assess(case, law=self.law, calendar=days, as_at=civil_date(as_at, "as_at"), known_on=known)

    def special_measures(
        self, case: Case, *, on: Moment, known_on: Moment | None = None
    ) -> tuple[SpecialMeasures, ...]:
        """Which special measures each victim would be eligible for as a witness, if the court decided on a day.

        It is eligibility under the Youth Justice and Criminal Evidence Act 1999, and no court's decision.

        :param case: the case, as known on that day.
        :param on: the day on which the court would decide; the age of a child witness is taken on it.
        :param known_on: use the record as it was known on this day.

        >>> from datetime import date
        >>> from victims_code.cases import Case, Offence, Victim
        >>> case = Case(reference="X", victims=[Victim(reference="V1")], offence=Offence(flags=["sexual-offence"]))
        >>> (found,) = VictimsCode.load().special_measures(case, on=date(2026, 4, 20))
        >>> found.eligible, found.open_measures[:2]
        (True, ('screen', 'live-link'))
        """
        from victims_code.assessment.special_measures import special_measures_of

        day = civil_date(on, "on")
        people, setting = self._prepare(_need_case(case), day, known_on)
        return special_measures_of(people, setting, day)

    def who_is_a_victim(
        self, case_or_victim: Case | Victim, *, on: Moment, under: Sequence[str] | None = None
    ) -> tuple[WhoIsAVictim, ...]:
        """Whether each person is a victim under several definitions on a day, and where the definitions part.

        :param under: the definitions to ask, by identifier, the Framework of 2013 (``framework-2013``, advice and no
            law) among them if wanted; one that does not stand on the day covers no one. By default all that are law.
        :raises UnknownNameError: if there is no such definition, naming the nearest ones.

        >>> from datetime import date
        >>> from victims_code.cases import Victim
        >>> child = Victim(reference="V1", facts={"subjected-to-the-conduct": False, "born-of-the-offence": True})
        >>> (who,) = VictimsCode.load().who_is_a_victim(child, on=date(2025, 1, 29))
        >>> who.under("vpa-2024-s1"), who.same
        (True, None)
        """
        from victims_code.assessment.definitions import who_is_a_victim
        from victims_code.cases import Case, Victim

        day = civil_date(on, "on")
        if isinstance(case_or_victim, Victim):
            case_or_victim = Case(reference=case_or_victim.reference, victims=[case_or_victim])
        people, setting = self._prepare(_need_case(case_or_victim, "case_or_victim"), day, None)
        return who_is_a_victim(people, setting, day, under)

    def _prepare(self, case: Case, day: date, known_on: Moment | None) -> tuple[tuple[Person, ...], Setting]:
        from victims_code.assessment.engine import prepare

        known = None if known_on is None else civil_date(known_on, "known_on")
        calendar = _calendar(None, known)
        return prepare(case, law=self.law, calendar=calendar, as_at=day, known_on=known)

    def provision(self, id_: str) -> ProvisionPart:
        """A provision of an Act, to be asked whether it was in force on a day.

        :raises UnknownNameError: naming the nearest ones.

        >>> from datetime import date
        >>> answer = VictimsCode.load().provision("vpa-2024-s5").in_force(date(2025, 2, 1))
        >>> answer.answer.value, answer.instrument, answer.evidence.value
        ('yes', 'SI 2025/95', 'text')
        """
        return _named(self.law.related.provisions, id_, "provision", "Provisions")

    def provisions(self, *, on: Moment) -> tuple[Standing, ...]:
        """Every provision that is encoded and how it stands on a day, Act by Act in the order of their sections.

        >>> from datetime import date
        >>> answers = VictimsCode.load().provisions(on=date(2025, 2, 1))
        >>> [answer.section for answer in answers if answer.provision == "vpa-2024-s27"]
        ['s.27']
        """
        day = civil_date(on, "on")
        return tuple(provision.in_force(day) for provision in self.law.related.provisions.values())

    @overload
    def deadline(
        self, duty: DutyId, *, on: Moment, track: str | None = None, calendar: WorkingDayCalendar | None = None
    ) -> Deadline: ...
    @overload
    def deadline(
        self, duty: DutyId, *, on: C, track: str | None = None, calendar: WorkingDayCalendar | None = None
    ) -> C: ...
    def deadline(
        self, duty: DutyId, *, on: Moment | C, track: str | None = None, calendar: WorkingDayCalendar | None = None
    ) -> Deadline | C:
        """The due date of a duty whose clock starts on a day, with its explanation; of a column of days the due dates.

        :param duty: the duty's identifier.
        :param on: the day of the event, or of its receipt where the Code counts from receipt. A whole column, as
            :meth:`.WorkingDayCalendar.add` takes it, gives a column of due dates, each under the edition of its day.
        :param track: ``standard`` or ``enhanced``; may be left out where the same limit holds for everyone.
        :raises UnknownNameError: if there is no such duty.
        :raises WrongValueError: if the duty has no limit in days, or the track is missing.
        :raises EditionRangeError: if no encoded edition governs the day.
        """
        from victims_code.assessment.deadline import deadline_for
        from victims_code.working_days.columns import Days, is_column

        if is_column(on):
            column = Days.read(on, "on")
            due: C = column.each(lambda day: self.deadline(duty, on=day, track=track, calendar=calendar).due)
            return due
        day = civil_date(on, "on")  # type: ignore[arg-type]
        edition = self.at(day)
        chosen = _duty_of(edition, duty)
        return deadline_for(chosen, edition, on=day, track=track, law=self.law, calendar=_calendar(calendar))


def _need_case(case: Case, argument: str = "case") -> Case:
    from victims_code.cases import Case

    return need(case, Case, argument, "a Case", "Case.from_dict and Case.from_file make one.")


def _calendar(given: WorkingDayCalendar | None, known_on: date | None = None) -> WorkingDayCalendar:
    """The calendar that was given, or that of England and Wales."""
    from victims_code.working_days import WorkingDayCalendar, england_and_wales

    if given is None:
        return england_and_wales(known_on=known_on)
    return need(given, WorkingDayCalendar, "calendar", "a WorkingDayCalendar", "Use england_and_wales(...).")


N = TypeVar("N")


def _named(things: Mapping[str, N], id_: str, kind: str, listing: str) -> N:
    need_text(id_, kind)
    try:
        return things[id_]
    except KeyError:
        raise UnknownNameError(_no_such(kind, id_, things, listing)) from None


def _no_such(kind: str, name: str, known: Iterable[str], listing: str) -> Fault:
    return faults.NO_SUCH_NAME.at(kind, kind=kind, name=name, nearest=did_you_mean(name, known, listing=listing))


def _duty_of(edition: Edition, id_: str) -> Duty:
    need_text(id_, "duty")
    try:
        return edition.duties[id_]
    except KeyError:
        nearest = load_vocabulary().nearest(id_, edition.duties, listing="Duties")
        raise UnknownNameError(faults.NO_SUCH_DUTY.at("duty", edition=edition.id, duty=id_, nearest=nearest)) from None


@overload
def deadline(
    duty: DutyId, *, on: Moment, track: str | None = None, calendar: WorkingDayCalendar | None = None
) -> Deadline: ...
@overload
def deadline(duty: DutyId, *, on: C, track: str | None = None, calendar: WorkingDayCalendar | None = None) -> C: ...
def deadline(
    duty: DutyId, *, on: Moment | C, track: str | None = None, calendar: WorkingDayCalendar | None = None
) -> Deadline | C:
    """The due date of a duty under the law that ships with the package; see :meth:`VictimsCode.deadline`.

    >>> from datetime import date
    >>> deadline("inform-suspect-arrested", on=date(2026, 4, 2), track="enhanced").due
    datetime.date(2026, 4, 7)
    >>> import numpy
    >>> deadline("inform-suspect-arrested", on=numpy.array(["2026-04-02"], "datetime64[D]"), track="enhanced")
    array(['2026-04-07'], dtype='datetime64[D]')
    """
    return VictimsCode.load().deadline(duty, on=on, track=track, calendar=calendar)
