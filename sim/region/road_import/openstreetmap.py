"""Lines from an extract of OpenStreetMap: ``.osm`` (XML), the same compressed, or ``.osm.pbf``.

XML is read as a stream by expat, and only what roads need of it is kept. A document type is refused: OpenStreetMap has
none, and entities can make gigabytes of a small file.
"""

from __future__ import annotations

import bz2
import gzip
import zlib
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast
from xml.parsers import expat

import numpy as np

from sim.errors import UserError, quoted
from sim.files import open_regular
from sim.region.road_import.drawn import NO_POINT, Drawing, Drawn, Floats, Ints
from sim.words.language import gettext as _
from sim.words.language import marked

MOST_BYTES = 2 * 1024**3
"""Bytes of a file, unpacked; an assumption of what one waits for. A regency has some fifty million."""
MOST_NODES = 20_000_000
"""Points of a file, whether roads pass them or not; half a gigabyte of memory."""
_CHUNK = 1024 * 1024


def read_osm_xml(file: Path, key: str) -> Drawn:
    """Read an extract in XML; one whose name ends in ``.gz`` or ``.bz2`` is unpacked on the way.

    Args:
        file: The file.
        key: The tag that says what a way is.

    Raises:
        UserError: When it is no such extract, is damaged or too large, or has a coordinate that is none.
        OSError: Where the system does not let it be read.
    """
    reader = _Reader(file, key)
    for chunk in _chunks(file):
        reader.feed(chunk)
    return reader.drawn()


def _chunks(file: Path) -> Iterator[bytes]:
    """Return the content of a file, unpacked, piece by piece."""
    total = 0
    with open_regular(file) as packed, _unpacked(packed, file.suffix) as stream:
        while True:
            try:
                chunk = stream.read(_CHUNK)
            except (EOFError, zlib.error, OSError) as error:
                if isinstance(error, OSError) and error.errno is not None:
                    raise
                raise UserError(
                    _("{file}: cannot be read (it is damaged, or not packed as its name says)").format(file=file)
                ) from None
            if not chunk:
                return
            total += len(chunk)
            if total > MOST_BYTES:
                raise UserError(
                    _(
                        "{file}: cannot be read (it has more than {most_bytes:,} bytes, unpacked; cut out the "
                        "surroundings of the region)"
                    ).format(file=file, most_bytes=MOST_BYTES)
                )
            yield chunk


def _unpacked(packed: IO[bytes], suffix: str) -> IO[bytes]:
    """Return what a file holds, as the end of its name says that it is packed."""
    if suffix == ".gz":
        return cast(IO[bytes], gzip.open(packed))
    return cast(IO[bytes], bz2.open(packed)) if suffix == ".bz2" else packed


class _Nodes:
    """Points of an extract, by their numbers."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.ids, self.lat, self.lon = array("q"), array("d"), array("d")

    def add(self, number: int, lat: float, lon: float) -> None:
        """Add one.

        Raises:
            UserError: When its place is none, or there are too many.
        """
        for value, most, name in ((lat, 90, marked("latitude")), (lon, 180, marked("longitude"))):
            if not -most <= value <= most:  # NaN too
                raise UserError(
                    _("{file}, node {number}: {name} {value} is outside -{most} to {most} degrees").format(
                        file=self.file, number=number, name=_(name), value=f"{value:g}", most=most
                    )
                )
        self.ids.append(number)
        self.lat.append(lat)
        self.lon.append(lon)
        if len(self.ids) > MOST_NODES:
            raise UserError(
                _(
                    "{file}: cannot be read (it has more than {most_nodes:,} nodes; cut out the "
                    "surroundings of the region)"
                ).format(file=self.file, most_nodes=MOST_NODES)
            )

    def drawn(self, drawing: Drawing) -> Drawn:
        """Put the points into the lines that refer to them; what no line refers to is left out."""
        ids: Ints = np.array(self.ids, dtype=np.int64)
        order = np.argsort(ids, kind="stable")
        wanted, which = np.unique(drawing.points(), return_inverse=True)
        at = np.searchsorted(ids[order], wanted)
        there = at < len(ids)
        there[there] = ids[order[at[there]]] == wanted[there]
        number = np.where(there, np.cumsum(there) - 1, NO_POINT)
        found = order[at[there]]
        lat: Floats = np.array(self.lat, dtype=np.float64)[found]
        lon: Floats = np.array(self.lon, dtype=np.float64)[found]
        return drawing.drawn(lat, lon, number[which].astype(np.int64))


class _Reader:
    """Takes the elements of an extract as they come."""

    def __init__(self, file: Path, key: str) -> None:
        self._file = file
        self._drawing = Drawing(file, key)
        self._nodes = _Nodes(file)
        self._depth = 0
        self._refs: list[int] | None = None  # of the way that is being read
        self._tags: dict[str, str] = {}
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._document_type

    def feed(self, chunk: bytes, last: bool = False) -> None:
        """Read on.

        Raises:
            UserError: When it is no XML, or no extract.
        """
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise UserError(
                _("{file}, line {line}: cannot be read (it is no XML: {why})").format(
                    file=self._file, line=error.lineno, why=expat.ErrorString(error.code)
                )
            ) from None
        except (LookupError, ValueError, OverflowError) as error:
            what = _("{key} is missing").format(key=error) if isinstance(error, KeyError) else str(error)
            raise self._wrong(_("an element cannot be read ({what})").format(what=what)) from None

    def drawn(self) -> Drawn:
        """End, and return all lines."""
        self.feed(b"", last=True)
        return self._nodes.drawn(self._drawing)

    def _wrong(self, what: str) -> UserError:
        return UserError(
            _("{file}, line {line}: {what}").format(file=self._file, line=self._parser.CurrentLineNumber, what=what)
        )

    def _document_type(self, *_what: object) -> None:
        raise self._wrong(_("it has a document type; an extract of OpenStreetMap has none"))

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name != "osm":
            said = _("it is no extract of OpenStreetMap; its first element is {name}, not 'osm'")
            raise self._wrong(said.format(name=quoted(name)))
        if self._depth == 2 and not _is_deleted(attributes):
            if name == "node":
                self._nodes.add(int(attributes["id"]), float(attributes["lat"]), float(attributes["lon"]))
            elif name == "way":
                self._refs, self._tags = [], {}
        elif self._depth == 3 and self._refs is not None:
            if name == "nd":
                self._refs.append(int(attributes["ref"]))
            elif name == "tag":
                self._tags[attributes["k"]] = attributes["v"]

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._depth == 1 and self._refs is not None:
            if self._drawing.wants(self._tags):
                self._drawing.line(self._refs, self._tags)
            self._refs = None


def _is_deleted(attributes: dict[str, str]) -> bool:
    """Return whether an editor or the map's history says that something is no more."""
    return attributes.get("action") == "delete" or attributes.get("visible") == "false"


def read_osm_pbf(file: Path, key: str) -> Drawn:
    """Read an extract in the binary format, by the library osmium.

    Args:
        file: The file.
        key: The tag that says what a way is.

    Raises:
        UserError: When osmium is not installed, or cannot read the file.
        OSError: Where the system does not let it be read.
    """
    try:
        import osmium
    except ImportError:
        raise UserError(
            _(
                "{file}: .osm.pbf needs the library osmium: pip install 'siaga[osm]', or turn it into .osm.bz2 first"
            ).format(file=file)
        ) from None
    open_regular(file).close()
    drawing, nodes = Drawing(file, key), _Nodes(file)

    class Handler(osmium.SimpleHandler):  # type: ignore[misc]  # the library has no types where it is not installed
        def way(self, way: Any) -> None:
            tags = {tag.k: tag.v for tag in way.tags}
            if drawing.wants(tags):
                for node in way.nodes:
                    if node.location.valid():
                        nodes.add(node.ref, node.location.lat, node.location.lon)
                drawing.line([node.ref for node in way.nodes], tags)

    try:
        Handler().apply_file(str(file), locations=True)
    except RuntimeError as error:
        raise UserError(_("{file}: cannot be read ({why})").format(file=file, why=error)) from None
    return nodes.drawn(drawing)
