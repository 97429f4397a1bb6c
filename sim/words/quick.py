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
    "few": "The caller sees a handful of people.",
    "some": "The caller sees more than ten people.",
    "dozens": "The caller sees some dozens of people.",
    "many": "The caller sees a big crowd.",
}
"""How many people a caller sees."""
MODULE, DELIVERY, SENDER, RECIPIENT = "Quick mode", "read aloud", "caller", "operations centre"
TITLE = "Card {number}: {title}, {place}"
DECISION = "What is decided now?"

translate(__name__)
