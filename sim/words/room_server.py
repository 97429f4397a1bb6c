"""What the room's server says: at its doors, and of what it was sent."""

from __future__ import annotations

from sim.words.language import translate

WAIT = "too many wrong PINs: wait {seconds:,} seconds and try again"
WRONG_PIN = "this PIN is not right; it stands on the facilitator's screen"
NOT_JOINED = "this device is not in the room; join with the PIN"
NOT_YOURS = "this is not for your role"
NO_SUCH_PAGE = "there is no such page here"
NO_SUCH_ACTION = "there is no such action"
NOT_A_FORM = "what was sent is no form that this program knows"
TOO_LARGE = "what was sent is too large"
WRONG_METHOD = "this cannot be asked in this way"
WRONG_HOST = "this address is not the room's; use the one that the program has printed"
WRONG_ORIGIN = "this was sent from another page than the room's; open the room's page again"
FAULT = "something went wrong in the program; the room's log is kept"
TOO_MANY_STREAMS = "this device has too many of the room's pages open; close one of them"
SENT_OUT = "this device was taken out of the room"
TAKEN_OVER = "the console was taken over by another device"
IN_USE = "Another device has the console."
IN_USE_EXPLAINED = "If you take it over, that device loses it, and is told so."
TAKE_OVER = "Take the console over"
CONSOLE_CLOSED = "The console opens by the address that the program printed when it started."
CLOSING = "the program is being ended; this page goes on when it is started again"
LOST = "The connection to the room is lost. This page goes on by itself when it is back; what you typed is kept."
NOT_SENT = "Not sent yet: the room does not answer. It is tried again by itself."
NO_ADDRESS = "--address={address}: is not an address of a machine, such as 192.168.1.20"
NO_NETWORK = (
    "this machine is in no network that others could join by; connect it, give its address by --address, or leave "
    "--network away"
)
PORT_IN_USE = "--port={port}: another program has it; choose another, such as --port={other}"
CANNOT_LISTEN = "the server cannot be opened at {host}, port {port} ({why})"
CONSOLE_AT = "Facilitator's console: {address}"
JOIN_AT = "Players, evaluators and the projector join at {address}"
JOIN_HERE = "Players, evaluators and the projector join at {address} on this machine only; --network lets others in."
PINS = "PIN of players and the projector: {players}; of evaluators: {evaluators}"
HOW_TO_END = "Ctrl-C ends the server; nothing is lost, and the same command goes on."
STOPPED = "The room is closed; all of it is in {folder}. The same command goes on with it."
NO_WORKERS = "no question can be answered: the program was started with --workers 0"
PAGE_TITLE = "Exercise"
NEEDED = "{field}: is needed"
UNKNOWN_FIELD = "{field}: there is no such field here"
NOT_A_NUMBER = "{field}: '{value}' is not a number that can stand here"
NOT_A_TIME = "{field}: '{value}' is not a time of the day; write it as 10:45"
TOO_LONG = "{field}: is too long"
NOT_ALLOWED = "{field}: '{value}' is not one of those that there are; {hint}"
CANNOT_BE = "{field}: '{value}' cannot stand here"
ROWS_DIFFER = "the decisions cannot be read: their fields do not match in number"
FIELDS = {
    "action": "what is to be done",
    "group": "for whom",
    "held": "hold back",
    "incident": "incident",
    "inject": "inject",
    "kind": "kind",
    "label": "function",
    "lever": "decision",
    "lines": "lines",
    "longest_minutes": "longest minutes",
    "name": "name",
    "options": "options",
    "place": "place",
    "proposal": "request",
    "question": "question",
    "rating": "rating",
    "road": "road",
    "seq": "number",
    "speed": "speed",
    "station": "polling station",
    "status": "status",
    "text": "text",
    "time": "time",
    "title": "title",
    "to": "time",
    "type": "type",
    "unit": "unit",
    "who": "who decides",
    "why": "why",
}
"""What the fields of forms are called."""
READ_ONLY = "the room is read-only: the facilitator's computer cannot write its log any more"
"""What all but the facilitator are told when the disk is full."""

translate(__name__)
