"""Who answers a disturbance: units, where they stand, who is sent, how they travel and work."""
