"""Where disturbances come from: the scenario's script and conditions, hazards, the spread of others.

Each source is a process that calls ``begin`` with a :class:`sim.disturbance.incident.Start` when one starts.
"""
