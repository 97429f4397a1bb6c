"""What a room's roles, parties, states and levers are called, in one place, to be translated."""

from __future__ import annotations

from sim.words.language import translate

ROLES = {
    "facilitator": "facilitator",
    "player": "player",
    "evaluator": "evaluator",
    "projector": "projector",
}
PARTIES = {
    "police": "Police",
    "army": "Army",
    "commission": "Election commission",
    "supervisor": "Election supervisor",
    "wardens": "Civil protection",
    "disaster_agency": "Disaster agency",
    "health": "Health",
    "local_government": "Local government",
}
"""Who sits at the table."""
TYPES = {
    "information": "information",
    "event": "event",
    "media": "media",
    "social": "social media",
    "contingency": "contingency",
    "admin": "admin",
}
STATUSES = {
    "draft": "draft",
    "approved": "approved",
    "scheduled": "scheduled",
    "due": "due",
    "held": "held",
    "skipped": "skipped",
    "delivered": "delivered",
    "acknowledged": "acknowledged",
    "decided": "decided",
    "answered": "answered",
    "scored": "scored",
    "closed": "closed",
}
RATINGS = {
    "P": "performed without challenges",
    "S": "performed with some challenges",
    "M": "performed with major challenges",
    "U": "unable to be performed",
}
LEVERS = {
    "send": "Send a unit",
    "hold": "Hold a unit back",
    "withdraw": "Withdraw a unit",
    "ask_for_army": "Ask for the army",
    "close_station": "Close a station",
    "open_station": "Open a station again",
    "evacuate_station": "Evacuate a station",
    "close_road": "Close a road",
    "open_road": "Open a road",
    "move_unit": "Move a unit",
}
ORDERS = {
    "send": "Send {unit} to {incident}",
    "hold": "Hold {unit} back",
    "let_go": "Let {unit} go",
    "withdraw": "Withdraw {unit}",
    "ask_for_army": "Ask for the army",
    "close_station": "Close {station}",
    "open_station": "Open {station} again",
    "evacuate_station": "Evacuate {station}",
    "close_road": "Close the road {road}",
    "open_road": "Open the road {road}",
    "move_unit": "Move {unit} to {place}",
}
"""A decision that moves the model, as a sentence."""

translate(__name__)
