"""Who has not sent a return, how late it is, and what to write to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from attrs import frozen

from victims_code.arguments import checked
from victims_code.commissioning.returns.receipts import ReturnState, ReturnStatus
from victims_code.commissioning.returns.register import Provider, Register
from victims_code.dates import format_date
from victims_code.figures import ReportingPeriod


@frozen(kw_only=True)
class Reminder:
    """A letter to one provider about the returns it owes.

    :param on: the day on which it is written.
    """

    provider: Provider
    returns: tuple[ReturnStatus, ...]
    commissioner: str
    agreement: str | None
    on: date

    @property
    def subject(self) -> str:
        """The subject of the letter."""
        periods = ", ".join(status.period.in_words for status in self.returns)
        late = max((status.working_days_late or 0 for status in self.returns), default=0)
        most = "up to " if len(self.returns) > 1 else ""
        overdue = f": {most}{_days(late)} overdue" if late else ""
        return f"Your return{'s' if len(self.returns) > 1 else ''} for {periods}{overdue}"

    @property
    def text(self) -> str:
        """The letter, ready to send."""
        several = len(self.returns) > 1
        lines = [
            f"To: {self.provider.contact or self.provider.name}",
            f"Subject: {self.subject}",
            "",
            f"Dear {self.provider.name}",
            "",
            f"On {format_date(self.on)} we have not received:",
            *(f"- {_owed(status)}" for status in self.returns),
            "",
            f"Please send {'them' if several else 'it'} in the workbook you were given."
            + (f" Your agreement says when a return is due: {self.agreement}." if self.agreement else ""),
            f"If you have sent {'one of them' if several else 'it'}, tell us the day, so that we can look for it.",
            "If a figure cannot be given, leave its cell empty and choose the reason. Do not hold back the rest.",
            "If you cannot send it now, tell us by which day you will, and what would help.",
            "",
            self.commissioner or "Your commissioner",
        ]
        return "\n".join(lines) + "\n"


def _owed(status: ReturnStatus) -> str:
    back = "" if status.sent_back is None else f" It came and was sent back on {format_date(status.sent_back)}."
    when = {
        ReturnState.OVERDUE: f"due on {format_date(status.due)}, {_days(status.working_days_late or 0)} ago"
        if status.due
        else "",
        ReturnState.DUE_TODAY: "due today",
    }.get(status.state, "its period is over, and your agreement sets no day")
    return f"your return for {status.period.in_words}: {when}.{back}"


def _days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"


@checked
def reminders(register: Register, on: date, *, within: ReportingPeriod | None = None) -> tuple[Reminder, ...]:
    """A letter to each provider whose return is overdue or due on the day; the most overdue comes first.

    A return without a due date is asked for when its period is over.

    :param within: the periods to look at; by default those the register follows.

    >>> register = Register.from_yaml('''
    ... commissioner: Borsetshire
    ... returns: {due_within: 15}
    ... providers: [{id: harbour, title: Harbour}]
    ... ''')
    >>> [letter.subject for letter in reminders(register, date(2025, 7, 24))]
    ['Your return for April to June 2025: 3 working days overdue']
    """
    owed: dict[str, list[ReturnStatus]] = defaultdict(list)
    for status in register.statuses(on, within=within):
        if status.is_asked_for:
            owed[status.provider].append(status)
    letters = [_letter(register, id_, statuses, on) for id_, statuses in owed.items()]
    return tuple(sorted(letters, key=lambda one: -max(status.working_days_late or 0 for status in one.returns)))


def _letter(register: Register, id_: str, statuses: Sequence[ReturnStatus], on: date) -> Reminder:
    return Reminder(
        provider=register.provider(id_),
        returns=tuple(statuses),
        commissioner=register.commissioner,
        agreement=register.terms(id_).agreement,
        on=on,
    )
