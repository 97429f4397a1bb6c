"""The facilitator's console: what is next, what the model did, what was asked for, and what can be done about it."""
