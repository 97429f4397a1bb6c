"""The five measures that a plan is chosen by."""

FIVE = ("within_standard", "red_force", "votes_lost", "waiting_long", "untreated_minutes")
"""Whether help is there in time, whether it suffices, who could not vote, who waited, who was hurt without care."""
