"""A commissioner's year: returns from CSV, checked, added up, set against the money, and a highlight report.

Run it with ``python examples/commissioner.py``. The commissioner, the providers and the figures are made up.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from victims_code.commissioning.governance import AspectStanding, HighlightReport, key_figures
from victims_code.commissioning.money import (
    Award,
    AwardCondition,
    RingFence,
    Spending,
    allocate,
    position_of,
    unit_cost,
)
from victims_code.commissioning.outcomes import OutcomeFramework
from victims_code.commissioning.returns import Register, add_up, check_returns
from victims_code.figures import ReportingPeriod, publication_defaults
from victims_code.money import in_pounds

FOLDER = Path(__file__).parent / "commissioner"
YEAR = ReportingPeriod.year(2025)
FIRST, LAST = YEAR.first, YEAR.last

# --- What is agreed ---------------------------------------------------------------------------------------------
register = Register.from_file(FOLDER / "register.yaml")
print(f"{register.commissioner}, {YEAR}")
print("\nReturns due:")
for owed in register.due(YEAR):
    print(f"  {owed.provider:8} {owed.period.label:24} {owed.due}")

ministry = Award(
    reference="MoJ 2025-26",
    kind="grant",
    funder="Ministry of Justice",
    recipient=register.commissioner,
    amount="460,000",
    first=FIRST,
    last=LAST,
    conditions=[
        AwardCondition(id="victims-only", text="Spent on support for victims and on nothing else.", passed_on=True)
    ],
    ring_fences=[RingFence(purpose="sexual violence", amount="176,000")],
    streams=["moj-core", "moj-domestic-abuse-and-sexual-violence-merged"],
)

# --- What came in -----------------------------------------------------------------------------------------------
first_sent = check_returns([FOLDER / "harbour-2025-26-q2-as-first-sent.csv"], register=register)
print("\nHarbour's second quarter, as first sent, goes back with:")
for finding in first_sent.faults:
    print(f"  {finding}")

files = sorted(path for path in FOLDER.glob("*.csv") if "as-first-sent" not in path.name)
checked = check_returns(files, register=register)
print(f"\n{len(checked.lines)} lines in {len(files)} files: {len(checked.faults)} faults. To ask the providers:")
for question in checked.questions:
    print(f"  {question}")

# --- What it adds up to -----------------------------------------------------------------------------------------
year = add_up(checked.accepted(), period=YEAR, register=register)
to_ministry = year.for_ministry(OutcomeFramework.load("victims-funding-strategy-2022"))
print(f"\nTo the ministry: {len(to_ministry.sums)} figures, {len(to_ministry.adjustments)} adjustments.")

# --- What it cost -----------------------------------------------------------------------------------------------
purposes = {"lantern": "sexual violence"}
(spent,) = year.find("spending")
spending = [
    Spending(on=part.period.last, amount=part.amount, purpose=purposes.get(part.provider))
    for part in spent.contributions
    if part.amount is not None
]
position = position_of(ministry, spending, as_at=date(2026, 4, 1))
print(
    f"\nOf {in_pounds(ministry.amount)}, {in_pounds(position.spent)} was spent and {in_pounds(position.left)} is left."
)
for fault in position.findings:
    print(f"  {fault}")

print("\nCost of one person supported:")
(supported,) = year.find("supported")
for provider in supported.providers:
    people = sum(part.value or 0 for part in supported.contributions if part.provider == provider)
    money = sum((part.amount or Decimal() for part in spent.contributions if part.provider == provider), Decimal())
    print(f"  {provider:8} {unit_cost(money, people, counted='people supported, quarter by quarter')}")

print("\nNext year's grant of £450,000.01 by population:")
for area, share in allocate("450,000.01", {"North": 212_400, "South": 187_350, "Coast": 93_117}).items():
    print(f"  {area:8} {in_pounds(share)}")

# --- What is published ------------------------------------------------------------------------------------------
published = publication_defaults().small_numbers
print()
print(year.to_markdown(small_numbers=published))

# --- What the board sees ----------------------------------------------------------------------------------------
report = HighlightReport(
    board="Victims' Board",
    area="Borsetshire",
    period_from=FIRST,
    period_to=LAST,
    standings=[
        AspectStanding(
            aspect="cost", now="green", last="amber", note=f"{in_pounds(position.left)} of the grant is left"
        ),
        AspectStanding(aspect="quality", now="amber", last="amber", note="Half of those who left support were asked"),
    ],
    figures=key_figures(
        year,
        {"referrals": None, "supported": None, "better-able-to-cope-or-recover": 85, "waiting": 10, "spending": None},
        small_numbers=published,
    ),
    achieved=["All ten returns of the year received and without a fault"],
    next_period=["Ask Beacon to keep the number of people it surveys"],
    decisions_asked=["Whether the money left for sexual violence goes back to the Ministry"],
)
print(report.to_markdown())
