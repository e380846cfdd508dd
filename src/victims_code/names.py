"""The names of the vocabulary as types, for editors and type checkers; at run time they are text.

Made by ``tools/write_names.py`` from ``data/vocabulary`` and the editions; do not edit. Text from outside, such as a
row of a table, is not of such a type: :meth:`victims_code.Case.from_dict` takes it and says which name is not one.

>>> import victims_code as vc
>>> from datetime import date
>>> event: EventId = "suspect-arrested"
>>> vc.Event(event=event, at=date(2026, 4, 2)).event
'suspect-arrested'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    # fmt: off
    BodyId: TypeAlias = Literal[
        "british-transport-police", "business-department", "ccrc", "cica", "cma", "cps",
        "criminal-injuries-appeals-panel", "environment-agency", "fca", "first-tier-tribunal", "gambling-commission",
        "hmcts", "hmrc", "home-office", "hospital", "house-of-lords", "hse", "ico", "immigration-enforcement", "iopc",
        "maritime-and-coastguard-agency", "ministry-of-defence-police", "natural-resources-wales", "nca", "nhs", "orr",
        "other-investigating-body", "parole-board", "pcc", "pensions-regulator", "police", "prison-service",
        "probation", "restorative-justice-service", "sfo", "supreme-court", "victim-support-service",
        "witness-care-unit", "youth-offending-team",
    ]
    CategoryId: TypeAlias = Literal[
        "at-discretion", "intimidated", "most-serious-crime", "persistently-targeted", "vulnerable",
        "vulnerable-or-intimidated",
    ]
    DutyId: TypeAlias = Literal[
        "acknowledge-complaint", "acknowledge-crime", "acknowledge-crime-by-other-body", "agree-updates",
        "allow-companion", "allow-companion-at-interview", "allow-companion-by-other-body", "allow-further-vps",
        "answer-complaint-by-other-body", "answer-questions-on-sentence", "arrange-court-visit",
        "arrange-pre-trial-visit", "ask-about-contact-in-quiet-periods", "ask-before-media-release",
        "ask-before-referral", "ask-how-vps-is-presented", "assess-needs", "assess-needs-by-other-body",
        "assess-witness-needs", "assign-family-liaison-officer", "avoid-contact-with-suspect", "communicate-simply",
        "communicate-simply-by-other-body", "confirm-report-safely", "consider-intermediary",
        "consider-representations", "consider-support-at-interview", "consult-on-special-measures",
        "decide-without-waiting-for-trial", "explain-compensation-decision", "explain-court-compensation",
        "explain-criminal-injuries-compensation", "explain-delays-at-court", "explain-escalation", "explain-expenses",
        "explain-other-compensation", "explain-process-and-support", "explain-restorative-justice",
        "explain-restorative-justice-young-offender", "explain-statement-to-parole-board",
        "explain-unduly-lenient-sentence-scheme", "explain-vps", "explain-what-to-expect",
        "explain-why-an-update-is-not-possible", "explain-witness-statement", "forward-complaint", "give-copy-of-vps",
        "give-judgment-on-request", "give-parole-summary", "give-witness-leaflet", "hear-compensation-appeal",
        "inform-appeal-decided", "inform-appeal-to-crown-court-lodged", "inform-appellant-bail-decided",
        "inform-arrest-warrant-issued", "inform-at-key-stages", "inform-bail-conditions-changed",
        "inform-bail-hearing-decided", "inform-case-outcome", "inform-charge-substantially-altered",
        "inform-conviction-review-started", "inform-crown-court-appeal-decided", "inform-decision-not-to-charge",
        "inform-decision-not-to-charge-by-other-body", "inform-decision-not-to-investigate",
        "inform-first-hearing-listed", "inform-hearing-listed", "inform-hearing-listed-by-other-body",
        "inform-hospital-discharge", "inform-investigation-ended", "inform-leave-to-appeal-granted",
        "inform-of-deportation", "inform-of-escape", "inform-out-of-court-disposal-given", "inform-proceedings-stopped",
        "inform-rearrest-hearing-decided", "inform-sentence-passed", "inform-serious-fraud-charge",
        "inform-serious-further-offence", "inform-special-measures-decided", "inform-suspect-arrested",
        "inform-suspect-arrested-by-other-body", "inform-suspect-bailed", "inform-suspect-bailed-to-court",
        "inform-suspect-charged", "inform-suspect-charged-by-other-body", "inform-suspect-interviewed-under-caution",
        "inform-suspect-released-under-investigation", "inform-suspect-released-without-charge",
        "inform-suspect-reported-for-summons", "inform-witness-attendance-required", "interpret-and-translate",
        "interpret-by-other-body", "interview-without-delay", "keep-support-open", "make-vcs-contact",
        "meet-before-court", "minimise-medical-examinations", "offer-business-impact-statement",
        "offer-choice-of-interviewer", "offer-meeting-after-acquittal", "offer-meeting-after-charge",
        "offer-meeting-on-charge-substantially-altered", "offer-meeting-on-decision-not-to-charge",
        "offer-meeting-on-leave-to-appeal", "offer-meeting-on-proceedings-stopped", "offer-meetings-on-outcome",
        "offer-pre-trial-meeting", "offer-reassessment", "offer-recorded-cross-examination",
        "offer-referral-after-case", "offer-specialist-support", "offer-statement-for-appeal", "offer-vps",
        "offer-vps-flexibly", "pass-appeal-decided-to-witness-care", "pass-arrest-warrant-issued-to-witness-care",
        "pass-bail-hearing-decided-to-witness-care", "pass-case-outcome-to-witness-care",
        "pass-details-for-restorative-justice", "pass-hearing-listed-to-witness-care",
        "pass-leave-to-appeal-granted-to-witness-care", "pass-on-eligibility",
        "pass-rearrest-hearing-decided-to-witness-care", "pass-sentence-passed-to-witness-care",
        "pass-witness-attendance-required-to-witness-care", "pay-expenses", "put-the-childs-interests-first",
        "read-business-impact-statement", "record-crime", "record-interview-on-video",
        "record-why-victim-not-told-of-review", "refer-to-support", "refer-to-support-by-other-body", "refer-to-vcs",
        "refresh-memory", "return-property", "say-whether-the-case-will-be-reviewed", "seek-special-measures",
        "seek-views-on-out-of-court-disposal", "separate-area-at-appeal", "separate-entrance-and-waiting-area",
        "serve-victims-of-young-offenders", "signpost-safeguarding", "stop-unwanted-contact", "take-licence-requests",
        "take-vps-to-parole-board", "translate-by-other-body", "translate-documents", "translate-notices",
        "translate-orally-by-other-body", "update-monthly",
    ]
    EventId: TypeAlias = Literal[
        "appeal-decided", "appeal-to-crown-court-lodged", "appellant-bail-decided", "arrest-warrant-issued",
        "bail-conditions-changed", "bail-hearing-decided", "case-outcome", "charge-substantially-altered",
        "compensation-applied-for", "complaint-acknowledged", "complaint-received", "conviction-review-started",
        "crime-acknowledged", "crime-reported", "crown-court-appeal-decided", "decision-not-to-charge",
        "decision-not-to-investigate", "evidence-given", "expenses-claimed", "expenses-paid", "good-reason",
        "hearing-listed", "investigation-ended", "leave-to-appeal-granted", "needs-assessed",
        "out-of-court-disposal-considered", "out-of-court-disposal-given", "parole-decision-issued",
        "parole-hearing-listed", "prisoner-released", "proceedings-stopped", "property-no-longer-needed",
        "property-returned", "rearrest-hearing-decided", "referred-to-support", "referred-to-vcs",
        "review-acknowledged", "review-decided", "review-requested", "review-resolved-locally", "sentence-ended",
        "sentence-passed", "service-declined", "service-failure-noticed", "service-resumed", "special-measures-decided",
        "suspect-arrested", "suspect-bailed", "suspect-bailed-to-court", "suspect-charged",
        "suspect-interviewed-under-caution", "suspect-released-under-investigation", "suspect-released-without-charge",
        "suspect-reported-for-summons", "updates-agreed", "updates-declined", "updates-resumed", "vcs-contact-made",
        "victim-died", "victim-informed", "victim-views-sought", "vps-made", "vps-offered",
        "witness-attendance-required",
    ]
    FactId: TypeAlias = Literal[
        "a-body-can-be-a-victim", "against-the-childs-interests", "all-proceedings-ended", "arson-endangering-life",
        "attempted-murder", "believed-under-18", "bereaved-close-family", "bereaved-close-relative",
        "born-of-the-offence", "capacity", "child-abuse", "child-under-17", "child-under-18",
        "child-victim-of-domestic-abuse", "crime-under-recording-standard", "crown-court-sentence", "crown-court-trial",
        "custody-of-12-months-or-more", "death-caused-by-offence", "decided-by-police", "declined-enhanced-rights",
        "declined-special-measures", "domestic-abuse", "enhanced-at-discretion", "evidence-quality-affected",
        "false-imprisonment", "family-member-of-the-victim", "fear-or-distress-about-testifying",
        "foreign-national-offender", "gives-evidence", "harmed-through-the-victim", "hate-crime",
        "health-and-safety-executive-investigation", "hospital-order", "human-trafficking",
        "impaired-intelligence-and-social-functioning", "injured-by-violent-crime", "intimidation-by-others",
        "investigated-by-other-body", "iopc-investigation", "kidnap", "mental-disorder", "modern-slavery",
        "named-contact", "natural-resources-wales-investigation", "needs-interpreter", "notification-scheme-runs",
        "offender-under-18", "out-of-court-disposal", "parole-decision-on-release", "persistently-targeted",
        "physical-disability-or-disorder", "public-body", "recordable-crime", "recorded-cross-examination-at-court",
        "recorded-evidence-at-court", "recorded-interview-under-18", "reported-before-18", "saw-or-heard-the-conduct",
        "sentence-open-to-reconsideration", "sentenced-to-custody", "serious-fraud-office-investigation",
        "serious-further-offence", "sexual-offence", "someone-charged", "specified-offence",
        "stalking-harassment-or-control", "subjected-to-the-conduct", "suffered-harm", "suspect-interviewed",
        "suspected-in-the-case", "terrorism", "unable-to-communicate", "under-16-at-hearing", "under-17",
        "under-17-at-hearing", "under-18", "under-18-at-hearing", "victim-supports-again", "victim-withdrew-support",
        "vulnerable-or-intimidated", "weapons-offence", "within-lenient-sentence-scheme", "wounding-or-gbh-with-intent",
        "written-representations-taken",
    ]
    TopicId: TypeAlias = Literal[
        "compensation", "criminal-justice-process", "escalation", "expenses", "progress", "restorative-justice",
        "right-to-review", "special-measures", "unduly-lenient-sentence-scheme", "victim-personal-statement",
        "witness-statement",
    ]
    # fmt: on
else:
    BodyId = CategoryId = DutyId = EventId = FactId = TopicId = str
