"""Two services of West Mercia with all that can be said of one, as directories and folders of the tests hold them."""

WORDS = """
groups: [{id: local-farmers, title: Farming families}]
kinds: [{id: local-helpdesk, title: Help desk in a library}]
"""

ORGANISATIONS = "organisations: [{name: WMRSASC, description: Support, website: 'https://example.org/'}]\n"

SERVICES = """
services:
  - reference: WMRSASC
    name: Support after sexual violence
    provider: WMRSASC
    kind: one-to-one-support
    tier: specialist
    arrangement: grant
    commissioner: PCC for West Mercia
    areas: [west-mercia]
    within: [Worcestershire, Herefordshire]
    groups: [sexual-violence]
    needs: [mental-and-physical-health]
    languages: [en, Polish]
    access: [by-telephone]
    phones: [{number: 0300 123 4567, note: Ask for the adviser on duty}]
    openings: [{days: [monday, tuesday, friday], opens: '09:00', closes: '17:30'}]
    open_to_unreported: false
    assured_on: 2026-10-01
    equality_assessed_on: 2026-03-10
    locations:
      - {name: The hub, district: E07000237, access: [step-free-access]}
      - {name: Refuge, address: 7 Quiet Lane, confidential: true}
  - reference: farmers
    name: Farm watch
    provider: A charity
    kind: local-helpdesk
    tier: general
    arrangement: not-commissioned
    areas: [west-mercia]
    within: ["Ludlow, Shropshire"]
    groups: [local-farmers]
    needs: [finance-and-benefits]
"""
