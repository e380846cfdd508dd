"""What happened: the case, its victims and its events, as a record system holds them."""

from victims_code.cases.case import Case
from victims_code.cases.records import Assertion, Event, Offence, Victim

__all__ = ["Assertion", "Case", "Event", "Offence", "Victim"]
