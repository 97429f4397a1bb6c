"""The five measures that a plan is chosen by."""

FIVE = ("within_standard", "red_force", "votes_lost", "waiting_long", "untreated_minutes")
"""How soon help is there, whether it is enough, who could not vote, who waited long, who was hurt and waited for care."""
