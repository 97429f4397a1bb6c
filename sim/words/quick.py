"""Every word of quick mode that a person reads, in one place, to be translated."""

from __future__ import annotations

from sim.words.language import translate

REPORT = "It is {time}. The operations centre hears from {place}:"
"""How a card begins, which is read aloud."""
IN_DISTRICT = "{place}, {district} district"
SEEN = {
    "Ballot-box interception": "people stop the crew that brings ballot boxes in, and want the boxes.",
    "Ballot-box seizure": "people have pushed into the station and are at the ballot boxes.",
    "Blackout": "the light has gone out.",
    "Blockade of officials": "people stand on the road and let no official and no vehicle with boxes pass.",
    "Bomb threat": "somebody has called and said that there is a bomb.",
    "Brawl": "people are beating each other.",
    "Clash between supporters": "two groups of supporters face each other and are shouting.",
    "Earthquake": "the ground has shaken; people have run out of the houses, and some may be hurt.",
    "Flood": "water is coming into the village and rises.",
    "Hoax": "word goes round that voting there is over, or not right; voters turn back.",
    "Intimidation of voters": "people at the way to the station talk to voters, and voters turn back.",
    "Landslide": "earth has come down on the road; nobody gets through.",
    "Mobile outage": "nobody there can be reached by telephone any more.",
    "Protest at an election office": "a crowd gathers before the office, with banners and loudspeakers.",
    "Riot": "a crowd is shouting and throwing things, and voters keep away.",
    "Storming of a count": "people have pushed in where the votes are being counted.",
    "Station vandalism": "things at the station have been destroyed.",
    "Volcanic alert": "the volcano smokes, and ash is falling; the alert has been raised.",
}
"""What a caller sees of a kind, by the title of its record; of a user's own kind, its title."""
SEEN_OTHER = "{title}."
CROWDS = {
    "few": "A handful of people are there.",
    "some": "More than ten people are there.",
    "dozens": "Some dozens of people are there.",
    "many": "A big crowd is there.",
}
"""How many people a caller sees."""
MODULE, DELIVERY, SENDER, RECIPIENT = "Quick mode", "read aloud", "caller", "operations centre"
TITLE = "Card {number}: {title}, {place}"
DECISION = "What is decided now?"

PLAN = "Plan in force: {plan}"
CARD = "Card {number}"
ANSWER_OF = "Card {number}: {title}, {place}"
READY = "Press Enter for the model's answer."
PLAYING = "Card {number}: futures played"
PAGE_PLAYING = "{cards:,} cards: futures played"
HEADINGS = {
    "measure": "from {time} on",
    "plan": "the plan goes on",
    "other": "the alternative",
    "change": "better / worse, of {futures:,}",
}
"""Heads of the table of the answer."""
MEASURES = {
    "first_officers": "first officers there",
    "green_force": "force for green there",
    "yellow_force": "force for yellow there",
    "red_force": "force for red there",
    "peak_crowd": "largest crowd",
    "over": "over",
    "votes_lost": "votes lost",
    "people_hurt": "people hurt",
    "officers_hurt": "officers hurt",
}
RANGES = {
    "minutes": "{middle:,.0f} min ({low:,.0f}–{high:,.0f})",
    "people": "{middle:,.0f} ({low:,.0f}–{high:,.0f})",
    "votes": "{middle:,.0f} ({low:,.0f}–{high:,.0f})",
    "stations": "{middle:,.0f} ({low:,.0f}–{high:,.0f})",
}
"""A range by its unit: the middle value, and the span that holds eight futures in ten."""
ONE_VALUE = {
    "minutes": "{middle:,.0f} min",
    "people": "{middle:,.0f}",
    "votes": "{middle:,.0f}",
    "stations": "{middle:,.0f}",
}
ALREADY, NEVER, NOT_ASKED = "there already", "never", "not needed"
ALREADY_IN = "there already in {count:,}"
NEVER_IN = "never in {count:,}"
NOT_ASKED_IN = "not needed in {count:,}"
"""In how many of the futures."""
CHANGE = "{better:,} / {worse:,}"
"""In how many futures the alternative is better than the plan, and in how many worse."""
NO_CHANGE = "the same"
WHO = {
    "guard": "{agency} guard of {people:,}",
    "patrol": "{agency} patrol of {people:,}",
    "reserve": "{agency} reserve of {people:,}",
    "attached": "{agency} team of {people:,}",
    "ambulance": "ambulance",
}
"""A team by what it is there for."""
ALTERNATIVES = {
    "evacuate": "evacuate at once ({stations:,} stations)",
    "evacuate_one": "evacuate the station at once",
    "send": "besides whom the plan sends, send at once the {who} from {start} ({km:,.1f} km, {minutes:,.0f} min)",
    "sooner": "send at once whom the plan sends a little later, also the {who} from {start} ({km:,.1f} km, "
    "{minutes:,.0f} min)",
    "move": "let the {who} from {start} wait there ({km:,.1f} km, {minutes:,.0f} min)",
    "close": "close the station now",
}
"""What else could be done."""
ALTERNATIVE = "The alternative: {what}."
NO_ALTERNATIVE = "No alternative: no team is free to be sent besides whom the plan sends."
SENT = "Whom the plan sends on this day"
SENT_NOBODY = "nobody"
SENT_THERE = "{who}: there from the beginning"
SENT_TEAM = "{who} from {start}: {km:,.1f} km, {minutes:,.0f} min ({ordered} to {arrived})"
SENT_MORE = "… and {count:,} more"
SENT_BACK = "ordered, and turned back or not there before it was over: {count:,}"
WORST = "The likely worst"
WORST_SAID = "Each of these is so bad or worse in one future of ten: {parts}."
WORST_PARTS = {
    "first_officers": "no officer there for {value:,.0f} minutes",
    "peak_crowd": "a crowd of {value:,.0f}",
    "over": "{value:,.0f} minutes until it is over",
    "votes_lost": "votes lost: {value:,.0f}",
    "people_hurt": "people hurt: {value:,.0f}",
    "officers_hurt": "officers hurt: {value:,.0f}",
}
WORST_NEVER = "No officer ever comes in {count:,} of {futures:,}."
WORST_RED = "It turns red in {count:,} of {futures:,}."
LEFT_OUT = "In {count:,} futures it could not be done: {why}"
LIMITS = (
    "The ranges are of {futures:,} futures of one made-up day; how a crowd grows and most delays are assumptions, and "
    "the room may overrule the model."
)
"""What the model knows, and what not."""
AGAIN = "The same card again: {command}"
PAGE_TITLE = "Cards for a quick exercise, {region}"
FRONT_FOOT = "Read aloud, then the five questions. The model's answer is on the back."
HOW_TO = "Print on both sides, flip on the long edge, cut along the lines."

translate(__name__)
