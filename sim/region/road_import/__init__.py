"""Road networks from files: from the lines of a map to the roads of a region's table.

``read`` reads a file of lines (``geojson``, ``openstreetmap``) into a :class:`~sim.region.road_import.drawn.Drawn`;
``classes`` says what road each line is; ``graph`` makes a graph of them and puts the places of the region onto it;
``simplify`` takes out of it what no way between places needs; ``direct`` finds the roads that join two places without
passing a third; ``importing`` does all of it, and ``telling`` says what became of the file.
"""
