"""The page for the victim: what should have happened, what should happen next, and what they may ask for.

It says *you*, uses no word of the trade where a plain one will do, and names no person and no reference of a suspect.
It breaks no news: what the record does not show that the victim was told of, such as that a suspect is out, is on it
only as contact that is due. What they asked not to be told is not on it at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from victims_code.arguments import checked
from victims_code.dates import format_date
from victims_code.plain import PlainAssessment, PlainFollowUp, PlainObligation, PlainWindow
from victims_code.plain_words import load_plain_words
from victims_code.printable import capitalised
from victims_code.render.papers import Paper, PaperList, PaperPart
from victims_code.render.tables import (
    dated,
    group_identical,
    is_undone,
    late,
    listed,
    not_counted,
    open_first,
    standing,
)
from victims_code.vocabulary import load_vocabulary

_MANY_BODIES = 3
"""Of more bodies than this, of which one has the case, none is named."""


@checked
def page_for_the_victim(
    result: PlainAssessment, victim: str, *, news: bool = False, speaks_for: Sequence[str] = ()
) -> Paper:
    """What one victim should know of an assessment.

    :param result: an assessment as plain values.
    :param victim: the reference of the victim it is for.
    :param news: tell also of events that the record does not show the victim to have been told of.
    :param speaks_for: the victims they speak for.
    """
    mine = [one for one in result["obligations"] if one["victim"] == victim]
    windows = [one for one in result["windows"] if one["victim"] == victim]
    untold = _untold(mine, declined_only=news)
    known = [one for one in mine if one["status"] != "suspended" and _event_of(one) not in untold]
    unsaid = [one for one in mine if one["status"] != "suspended" and _event_of(one) in untold]
    contact = [one for one in unsaid if is_undone(one) and one["act_by"]]
    open_ = [one for one in windows if (one["opened_by"], one["opened_on"], one["suspect"]) not in untold]
    left_out = len(unsaid) - len(contact) + len(windows) - len(open_)
    with_date, without = dated({**result, "obligations": known}), standing({**result, "obligations": known})
    late_or_open = [one for one in with_date if _should_have_been(one)]
    ahead = [one for one in with_date if is_undone(one) and not _should_have_been(one)]
    news_late = [one for one in contact if _should_have_been(one)]
    news_ahead = [one for one in contact if not _should_have_been(one)]
    return Paper(
        title="Your Rights under the Victims' Code: what should have happened, and what comes next",
        sentences=tuple(_opening(result, victim, speaks_for)),
        parts=(
            PaperPart(
                heading="What should have happened by now",
                items=(*_each(late_or_open, _should_have), *_each(news_late, _should_have_contacted)),
            ),
            PaperPart(
                heading="What should happen next, and by when",
                sentences=() if ahead or news_ahead else (_NOTHING_ELSE if late_or_open or news_late else _NOTHING,),
                items=(*_each(ahead, _should), *_each(news_ahead, _should_contact)),
            ),
            PaperPart(
                heading="What you may do, and until when",
                items=tuple(_may(one) for one in _soonest_first(open_) if one["state"] != "closed"),
                sentences=tuple(_closed([one for one in open_ if one["state"] == "closed"])),
            ),
            PaperPart(
                heading="Answers you are waiting for",
                items=tuple(_answer(one) for window in open_ for one in window["follow_ups"]),
            ),
            PaperPart(heading="What you asked not to be told", sentences=tuple(_declined(mine))),
            _without_a_day(without),
            PaperPart(
                heading="What they had to do, and have done",
                items=_each([one for one in known if _is_done(one)], _done),
            ),
            PaperPart(
                heading="If something is wrong",
                sentences=tuple(load_plain_words().advice[name].said for name in ("complain", "ombudsman")),
            ),
        ),
        closing=tuple(_closing(result, left_out)),
    )


_NOTHING = "Nothing that has a last day is due next. New events can change this."
_NOTHING_ELSE = "Nothing else that has a last day is due next. New events can change this."

_Event = tuple[str | None, str | None, str | None]


def _event_of(obligation: PlainObligation) -> _Event:
    """What started a duty: the event, its day and the suspect."""
    return obligation["trigger"], obligation["triggered_on"], obligation["suspect"]


def _untold(obligations: Iterable[PlainObligation], *, declined_only: bool) -> set[_Event]:
    """The events that the record does not show the victim to have been told of, or that they asked not to be told."""
    return {
        _event_of(one)
        for one in obligations
        if one["breaks_news"] and not one["discharged_on"]
        if one["status"] == "suspended" or not declined_only
    }


def _is_done(obligation: PlainObligation) -> bool:
    return obligation["discharged_on"] is not None


def _soonest_first(windows: Iterable[PlainWindow]) -> list[PlainWindow]:
    """The windows in the order of their last days, those without one at the end."""
    return sorted(open_first(windows), key=lambda one: one["closes_on"] or "9999")


def _opening(result: PlainAssessment, victim: str, speaks_for: Sequence[str]) -> Iterator[str]:
    yield from result["stamp"]["cautions"]
    yield (
        f"This page is about case {result['reference']}, as it stood on {_day(result['stamp']['as_at'])}."
        " It was worked out from the record of the case. If the record is wrong or something is missing from it, this"
        " page may be wrong too: please say so."
    )
    if speaks_for:
        yield f"You speak for {listed(speaks_for)}. What the Code gives {listed(speaks_for)} is on this page, too."
    people = [one for one in result["eligibility"] if one["victim"] == victim]
    if any(one["entitled"] == "no" for one in people):
        yield "From the record, the Code does not seem to cover you in this case. Ask if you think that it should."
    elif any(one["entitled"] == "unknown" for one in people):
        yield "The record does not yet show whether the Code covers you. Ask the officer in your case."
    if any(one["enhanced"] == "yes" for one in people):
        yield "You have Enhanced Rights. This means that most things should happen sooner for you."
    elif any(one["enhanced"] == "unknown" for one in people):
        yield load_plain_words().advice["ask-enhanced"].said


def _each(obligations: Iterable[PlainObligation], said: Callable[[PlainObligation], str]) -> tuple[str, ...]:
    """A sentence for each; what reads the same, as with two suspects, is said once with its number."""
    sentences = [said(group[0]) for group in group_identical(obligations)]
    return tuple(
        sentence + (f" (This is so {sentences.count(sentence)} times.)" if sentences.count(sentence) > 1 else "")
        for sentence in dict.fromkeys(sentences)
    )


def _should_have_been(obligation: PlainObligation) -> bool:
    """Whether its last day has passed or may have passed, done late or not at all."""
    if obligation["status"] in ("overdue", "met-late"):
        return True
    return obligation["status"] == "cannot-tell" and obligation["urgency"] in ("act-now", "overdue", None)


def _should_have(obligation: PlainObligation) -> str:
    days = _last_day(obligation)
    known = f"had until {days} to" if days else "should have acted by a day that the record does not settle, to"
    said = [f"{capitalised(_owing(obligation))} {known} {_to_you(obligation)}."]
    if obligation["discharged_on"]:
        done = f"It was done on {_day(obligation['discharged_on'])}"
        said.append(f"{', '.join(filter(None, (done, late(obligation, ' late'))))}.")
    else:
        said.append("Nothing on the record shows that this was done.")
    if obligation["good_reason"]:
        said.append("The record gives a reason why it took longer.")
    return " ".join((*said, *_why(obligation)))


def _should_have_contacted(obligation: PlainObligation) -> str:
    days = _last_day(obligation)
    return (
        f"{capitalised(_owing(obligation))} had until {days} to contact you about your case."
        " Nothing on the record shows that they did: ask them."
    )


def _should_contact(obligation: PlainObligation) -> str:
    return f"By {_last_day(obligation)} {_owing(obligation)} should contact you about your case."


def _should(obligation: PlainObligation) -> str:
    days = _last_day(obligation)
    should = f"{_owing(obligation)} should {_to_you(obligation)}."
    return " ".join((f"By {days} {should}" if days else capitalised(should), *_why(obligation)))


def _last_day(obligation: PlainObligation) -> str:
    """The last day in words, or both where it depends on Enhanced Rights; nothing if it cannot be said."""
    due, enhanced = obligation["due_on"], obligation["due_on_if_enhanced"]
    if due and enhanced and due != enhanced:
        return f"{_day(enhanced)} if you have Enhanced Rights, and otherwise {_day(due)},"
    if due:
        return _day(due)
    return f"{_day(obligation['act_by'])} or a little later" if obligation["act_by"] else ""


def _why(obligation: PlainObligation) -> Iterator[str]:
    if obligation["trigger"] and obligation["triggered_on"]:
        past = load_vocabulary().event(obligation["trigger"]).past.replace("the victim's", "your")
        yield f"Why: on {_day(obligation['triggered_on'])} {past.replace('the victim', 'you')}."
    if obligation["applies"] == "unknown":
        yield "The record does not settle whether this applies to you."


def _may(window: PlainWindow) -> str:
    words = load_plain_words().schemes.get(window["scheme"])
    what = words.you_may if words else _small(window["title"])
    may = _until(window)
    said = [f"{may if window['applies'] == 'yes' else f'If this applies to you, {_small(may)}'} {what}."]
    if window["taken_up_on"]:
        said.append(f"You did so on {_day(window['taken_up_on'])}.")
    elif window["safe_on"]:
        said.append(f"To be safe, do so by {_day(window['safe_on'])}.")
    elif not window["closes_on"] and not window["until"]:
        said.append("No last day is known, so it is best not to wait.")
    return " ".join((*said, f"Ask {words.ask}." if words else f"Who decides: {window['decided_by']}."))


def _until(window: PlainWindow) -> str:
    later = ", and possibly later," if window["may_close_later"] else ""
    end = _day(window["closes_on"]) + later if window["closes_on"] else window["until"]
    return f"Until {end} you may" if end else "You may"


def _closed(windows: Sequence[PlainWindow]) -> Iterator[str]:
    if windows:
        ended = [f"{one['title']}{_ended(one)}" for one in windows]
        yield f"No longer open: {'; '.join(dict.fromkeys(ended))}."


def _ended(window: PlainWindow) -> str:
    return f" (until {_day(window['closes_on'])})" if window["closes_on"] else ""


def _answer(follow_up: PlainFollowUp) -> str:
    what = follow_up["title"][0].lower() + follow_up["title"][1:]
    said = (
        f"Within the time they have set, {_bodies(follow_up['owed_by'])} should do this by {_day(follow_up['due_on'])}"
    )
    done = f" It was done on {_day(follow_up['done_on'])}." if follow_up["done_on"] else ""
    return f"{said}: {what}.{done}"


def _declined(obligations: Sequence[PlainObligation]) -> Iterator[str]:
    """That something is kept back because they asked for it, and how many; not what it is."""
    if on_hold := sum(1 for one in obligations if one["status"] == "suspended"):
        yield (
            f"You asked not to be told some things, so {on_hold} {'is' if on_hold == 1 else 'are'} not on this page."
            f" {load_plain_words().advice['updates-resumed'].said}"
        )


def _without_a_day(obligations: Sequence[PlainObligation]) -> PaperPart:
    """What is undone and has no number of days, by the body that should do it."""
    by_body: dict[str, list[str]] = {}
    for one in obligations:
        if is_undone(one):
            if_owed = " (if this applies to you)" if one["applies"] == "unknown" else ""
            by_body.setdefault(_owing(one), []).append(_to_you(one) + if_owed)
    lists = tuple(
        PaperList(lead=f"{capitalised(body)} should:", items=tuple(map(capitalised, dict.fromkeys(what))))
        for body, what in by_body.items()
    )
    sentences = ("The Code sets no number of days for these, and the record does not show them done.",)
    return PaperPart(heading="What else you should get", sentences=sentences if lists else (), lists=lists)


def _done(obligation: PlainObligation) -> str:
    on = obligation["discharged_on"]
    in_time = ", in time" if obligation["status"] == "met" and obligation["due_on"] else ""
    return f"{capitalised(_to_you(obligation))}." + (f" Done on {_day(on)}{in_time}." if on else "")


def _closing(result: PlainAssessment, left_out: int) -> Iterator[str]:
    stamp = result["stamp"]
    if left_out:
        yield f"Left out, as it follows from news they have yet to tell you or that you declined: {left_out}."
    between = sum(1 for one in result["obligations"] if one["victim"] is None)
    if between:
        yield f"What one organisation should pass on to another ({between}) is not on this page."
    if stamp["records_not_counted"]:
        yield not_counted(stamp["records_not_counted"])
    yield f"This is not legal advice. Made with victims-code {stamp['package']}, law {stamp['law']}."


def _to_you(obligation: PlainObligation) -> str:
    return load_plain_words().duty(obligation["duty"], obligation["title"])


def _owing(obligation: PlainObligation) -> str:
    return _bodies(obligation["owed_by"])


def _bodies(names: Sequence[str]) -> str:
    if len(names) > _MANY_BODIES:
        return "the organisation that has your case"
    said = [load_vocabulary().body(name).in_a_sentence for name in names]
    return " or ".join(filter(None, (", ".join(said[:-1]), said[-1])))


def _small(text: str) -> str:
    return text[0].lower() + text[1:]


def _day(iso: str) -> str:
    return format_date(date.fromisoformat(iso))
