"""Evacuation of an area: villages leave by own transport and by bus, over roads that fill and close, for shelters.

An evacuation is prepared from a plan (:mod:`sim.evacuation.area.plan`) and advanced in steps on anybody's clock
(:mod:`sim.evacuation.area.engine`); :mod:`sim.evacuation.area.alone` plays one by itself.
"""
