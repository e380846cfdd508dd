"""Registers of victims: complaints, reviews, live links, case conferences, feedback, surveys and lessons."""

from victims_code.commissioning.code_limits import CodeLimit, code_limit
from victims_code.commissioning.registers.complaints import Complaint, ComplaintOutcome
from victims_code.commissioning.registers.conferences import CaseConference, ConferenceCase
from victims_code.commissioning.registers.feedback import Feedback, FeedbackKind, Lesson, Survey
from victims_code.commissioning.registers.live_links import LiveLinkBooking
from victims_code.commissioning.registers.register import Registers, RollUp, RollUpRow
from victims_code.commissioning.registers.reviews import ReviewOutcome, ReviewRequest, review_schemes
from victims_code.commissioning.registers.timing import Timing, channels, themes

__all__ = [
    "CaseConference",
    "CodeLimit",
    "Complaint",
    "ComplaintOutcome",
    "ConferenceCase",
    "Feedback",
    "FeedbackKind",
    "Lesson",
    "LiveLinkBooking",
    "Registers",
    "ReviewOutcome",
    "ReviewRequest",
    "RollUp",
    "RollUpRow",
    "Survey",
    "Timing",
    "channels",
    "code_limit",
    "review_schemes",
    "themes",
]
