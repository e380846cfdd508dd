"""What happened: the case, its victims and its events, as a record system holds them."""

from victims_code.cases.assertions import Assertion
from victims_code.cases.case import Case
from victims_code.cases.events import Event
from victims_code.cases.people import Offence, Victim

__all__ = ["Assertion", "Case", "Event", "Offence", "Victim"]
