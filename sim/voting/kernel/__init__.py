"""The compiled station: every voter's day, exactly, as a pure function of the draws and of the station's conditions.

**Stages.** Each stage is a queue with several servers and two classes. Its decisions are taken in order of time, as in
the recursion of Kiefer and Wolfowitz (1955): the next service begins when somebody waits and a server may begin; of
those who have come by then, whoever goes first is taken, else the one who came first. Nothing else happens in
between, so a stage costs one pass over its voters; one who finds nobody waiting and a server free never queues.

**Conditions.** A server may begin while the station is neither stopped nor short of servers; work under way goes on at
the station's speed. Where the station runs at full speed, the arithmetic is that of an undisturbed day, so what
happens before a condition changes is bit for bit what would have happened without it.

**Rounds.** An evacuation empties the station, so the day is cut into rounds between evacuations; each begins empty.

**How it is written.** The loops over voters hold their arrays and numbers in local variables: counting the references
to arrays that are passed on would cost several times the work itself.
"""
