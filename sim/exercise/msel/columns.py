"""The columns of the list: their order in the sheet, their widths, what heads them here and elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum

from sim.exercise.inject import HIDDEN
from sim.words import msel as words
from sim.words.language import Language, spoken


class Column(StrEnum):
    """A column, in the order of the sheet: what is given to the room, what is noted there, and the rest."""

    SEQ = "seq"
    SCENARIO_TIME = "scenario_time"
    EXERCISE_TIME = "exercise_time"
    TYPE = "type"
    GROUP = "group"
    DELIVERY = "delivery"
    SENDER = "sender"
    RECIPIENT = "recipient"
    TITLE = "title"
    TEXT = "text"
    EXPECTED_ACTION = "expected_action"
    DECISION = "decision"
    CONDITION = "condition"
    NOTE = "note"
    CONTROLLER = "controller"
    STATUS = "status"
    ACTUAL_TIME = "actual_time"
    OBSERVATION = "observation"
    MODULE = "module"
    OBJECTIVE = "objective"
    LEARNING_POINT = "learning_point"
    LONGEST_MINUTES = "longest_minutes"
    MODEL_EVENT = "model_event"

    @property
    def heading(self) -> str:
        """What heads it, in the language that is spoken."""
        return words.HEADINGS[self]

    @property
    def is_hidden(self) -> bool:
        """Whether players never see it."""
        return self in HIDDEN


TIMES = (Column.SCENARIO_TIME, Column.EXERCISE_TIME, Column.ACTUAL_TIME)
NUMBERS = (Column.SEQ, Column.LONGEST_MINUTES)
TEXTS = tuple(column for column in Column if column not in (*TIMES, *NUMBERS, Column.TYPE, Column.GROUP, Column.STATUS))
"""Columns of running text."""
SYNONYMS: Mapping[Column, tuple[str, ...]] = {
    Column.SEQ: ("no", "nr", "number", "inject", "inject no", "inject number", "inject id", "id", "nomor", "nomor urut",
                 "no urut", "sequence"),
    Column.SCENARIO_TIME: ("time", "clock", "event time", "planned time", "start time", "waktu", "jam", "pukul",
                           "waktu kejadian", "waktu rencana", "jam skenario"),
    Column.EXERCISE_TIME: ("t+", "t plus", "exercise time t+", "waktu latihan t+", "elapsed", "elapsed time",
                           "relative time", "waktu relatif", "menit ke"),
    Column.TYPE: ("inject type", "kind", "category", "jenis", "tipe", "kategori", "jenis inject"),
    Column.GROUP: ("audience", "target", "target audience", "players", "for", "agency", "sasaran inject", "untuk",
                   "pelaku", "peserta", "instansi", "unsur"),
    Column.DELIVERY: ("method", "means", "mode", "channel", "delivery method", "media", "cara", "sarana",
                      "cara penyampaian", "metode"),
    Column.SENDER: ("sender", "dari", "from", "source", "originator", "from whom", "pengirim", "asal", "sumber"),
    Column.RECIPIENT: ("recipient", "kepada", "to", "receiver", "addressee", "to whom", "penerima", "tujuan",
                       "ditujukan kepada"),
    Column.TITLE: ("event", "subject", "headline", "event title", "nama kejadian", "kejadian", "perihal"),
    Column.TEXT: ("message", "description", "inject text", "event description", "scenario", "pesan", "uraian",
                  "deskripsi", "isi pesan", "persoalan", "narasi"),
    Column.EXPECTED_ACTION: ("expected response", "expected outcome", "expected player action", "response",
                             "tindakan diharapkan", "reaksi yang diharapkan", "tindakan", "respons"),
    Column.DECISION: ("decision asked", "question", "pertanyaan", "keputusan yang diminta"),
    Column.CONDITION: ("trigger", "if", "when", "pemicu", "kondisi", "syarat penyampaian"),
    Column.NOTE: ("notes", "remark", "remarks", "comment", "comments", "controller notes", "keterangan", "ket",
                  "catatan pengendali"),
    Column.CONTROLLER: ("responsible", "owner", "released by", "penanggung jawab", "petugas"),
    Column.STATUS: ("state", "keadaan"),
    Column.ACTUAL_TIME: ("time delivered", "delivered at", "actual", "realisasi", "waktu realisasi",
                         "waktu pelaksanaan"),
    Column.OBSERVATION: ("observations", "evaluator comments", "findings", "hasil pengamatan", "temuan"),
    Column.MODULE: ("phase", "part", "stage", "tahap", "fase", "babak", "modul"),
    Column.OBJECTIVE: ("objectives", "capability", "core capability", "tujuan latihan", "target latihan"),
    Column.LEARNING_POINT: ("learning points", "lesson", "pelajaran", "butir pembelajaran"),
    Column.LONGEST_MINUTES: ("duration", "minutes", "max minutes", "time allowed", "durasi", "menit", "lama",
                             "lama menit", "waktu paling lama"),
    Column.MODEL_EVENT: ("event key", "kunci kejadian"),
}  # fmt: skip
"""Usual names of columns in others' lists, in both languages, as :func:`folded` writes them."""
_OTHER = re.compile(r"[^\w+]+")


def folded(name: str) -> str:
    """Return a name without what people write differently: case, signs, underscores, spaces."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("_", " ")
    return _OTHER.sub(" ", plain).strip()


def in_any_language(names: Callable[[], Mapping[str, str]]) -> dict[str, str]:
    """Return keys by what they are called in each language, and by themselves, as :func:`folded` writes it.

    Args:
        names: Returns names by key, in the language that is spoken.
    """
    found: dict[str, str] = {}
    for language in Language:
        with spoken(language):
            for key, name in names().items():
                found.setdefault(folded(name), key)
    for key in names():
        found.setdefault(folded(key), key)
    return found


def by_heading() -> dict[str, Column]:
    """Return the columns by what heads them in any language, as :func:`folded` writes it."""
    return {heading: Column(key) for heading, key in in_any_language(lambda: words.HEADINGS).items()}


def by_usual_name() -> dict[str, Column]:
    """Return the columns by their usual names in others' lists."""
    return {folded(name): column for column, names in SYNONYMS.items() for name in names}
