"""The five measures that a plan is chosen by."""

FIVE = ("within_standard_common", "red_per_day", "votes_lost", "waiting_long", "untreated_minutes")
"""Whether help is there in time (at incidents that every plan has), how much becomes violent, who could not vote, who
waited, who was hurt without care.

How often the red force was there is not among them: a plan that keeps the easier incidents from turning red is left
with the harder ones. That share falls where response gets better (reports at once), and rises with slow desks.
"""
