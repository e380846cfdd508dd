# A commissioner's year, from the empty folder to the board's page. Every step is a command.
#
# Run it in the folder that holds `examples`: sh examples/commissioner/year.sh
# It makes the folder `year`, and the pages in `pages`. The office, the providers and the figures are made up.
# `|| true` follows a command that is to find something wrong.

# March: lay out the folder, and check the law behind the draft decision before anyone signs it.
victims-code commissioning init year --area west-mercia
victims-code commissioning citations examples/commissioner/draft-decision.md || true

# Over the year the office fills in its files. Here they are copied as they are at the end.
cp examples/commissioner/area/*.yaml year/
victims-code commissioning citations year/decisions.yaml --on 2025-03-24

# What do victims need, and where is it not met? Where would you point someone in Ludlow to?
victims-code commissioning directory gaps year --as-at 2026-05-05
victims-code commissioning directory find year --on 2026-05-05 --place 'Ludlow, Shropshire' --group sexual-violence
victims-code commissioning directory check year --as-at 2026-05-05 || true

# April: the decision is checked, and its public part published.
mkdir -p pages
victims-code commissioning decision check year --as-at 2025-04-02
victims-code commissioning decision publish year --output pages/decisions

# A return comes in that does not hold together, and goes back. The corrected ones are put into the folder.
victims-code returns check --register year/register.yaml examples/commissioner/harbour-2025-26-q2-as-first-sent.csv || true
cp examples/commissioner/harbour-2025-26-q1.csv examples/commissioner/harbour-2025-26-q2.csv year/returns/
cp examples/commissioner/harbour-2025-26-q3.csv examples/commissioner/harbour-2025-26-q4.csv year/returns/
cp examples/commissioner/lantern-2025-26-q*.csv examples/commissioner/beacon-2025-26-*.csv year/returns/

# Everything is read and checked together. Who was late, and what do the figures come to?
victims-code commissioning check year
victims-code returns remind year/register.yaml --on 2026-05-05
victims-code returns performance year/returns/*.csv --register year/register.yaml --period 2025-26 --format html --output pages/performance.html
victims-code commissioning money year --as-at 2026-05-05
victims-code commissioning registers due year --as-at 2026-05-05

# May: what the board works with.
victims-code commissioning board year --as-at 2026-05-05
victims-code commissioning risks year --as-at 2026-05-05
victims-code commissioning objectives year --as-at 2026-05-05
victims-code commissioning forward-plan year --as-at 2026-05-05 --until 2026-07-31
victims-code commissioning forward-plan year --as-at 2026-05-05 --format ics > pages/forward-plan.ics

# The pages: one to read on the screen or print for each, and the highlight report for the meeting of 12 May.
victims-code commissioning board year --as-at 2026-05-05 --format html > pages/board.html
victims-code commissioning risks year --as-at 2026-05-05 --format html > pages/risks.html
victims-code commissioning forward-plan year --as-at 2026-05-05 --format html > pages/forward-plan.html
victims-code commissioning highlight year --from-returns --format html > pages/highlight.html
