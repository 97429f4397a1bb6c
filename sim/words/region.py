"""The words of `simulate region`: a region of one's own, from empty tables to one that can be played."""

from __future__ import annotations

from sim.words.language import translate

THERE = "{file}: is there already; nothing is overwritten"
NO_FOLDER = "{folder}: is a file, and a folder is needed"
NOT_WRITTEN = "{file}: cannot be written ({why})"
NO_SUCH = "'{path}': there is no such folder or workbook"
NO_REGION = "'{path}': a folder with tables of a region is needed, or a workbook (.xlsx)"
NO_BOOK = "'{path}': a workbook is needed, and its name must end in .xlsx"
BESIDE = "{folder}: there is no region.yaml beside the workbook; forces, units and care of the hurt are not checked"
NO_SETTINGS_FORM = "the folder had no region.yaml: one to fill in was written; forces are needed before it is played"

NEW_FOLDER = "{folder}: a region to fill in. {files}"
NEXT_NEW_CSV = (
    "Replace the row of each table by your own, and fill in the forces in region.yaml; COLUMNS.md says what each "
    "column means. Then: simulate region check {folder}"
)
NEXT_NEW_BOOK = (
    "Replace the row of each sheet by your own, and fill in the forces in region.yaml; the sheet 'columns' says what "
    "each column means. Then: simulate region check {book}, and: simulate region import {book} {folder}"
)
IMPORTED = "{folder}: {files}. Next: simulate region check {folder}"

TITLE = "{title}: {districts}, {villages}, {stations}, {voters}"
COUNTS = {
    "districts": ("{n} district", "{n} districts"),
    "villages": ("{n} village", "{n} villages"),
    "stations": ("{n} station", "{n} stations"),
    "voters": ("{n} registered voter", "{n} registered voters"),
}
HEADS = ("district", "villages", "stations", "voters", "bases of\npolice", "other\nbases", "roads", "minutes\nfrom HQ")
ALL = "all"
ROADS_NOTE = (
    "A road between two districts counts in both, once in all. Minutes: by car by day in dry weather from the police "
    "headquarters to the farthest village."
)
FORCES = (
    "Forces: {police} officers, {wardens} wardens. Attached units: {attached}. Ambulances: {ambulances}. Beds: {beds}."
)
FIT = "Packaged strategies that fit: {names}."
NO_FIT = "No packaged strategy fits; docs/strategies.md says how to write one."
PLAY = "Fine. To play it: simulate scenario=calm_day region.path={folder}"
FINE = "Fine."
MADE_UP = "The stations are made up by a rule from the villages' numbers; the table of stations is empty."
MAP = "Map: {file}"

NO_ATTACHED = "response.attached: nobody helps the police: no unit of mobile brigade, army or disaster agency is there"
NO_AMBULANCES = "evacuation.care.ambulances: there are none: nobody who is hurt is brought away"
NO_FACILITIES = "evacuation.care.facilities: there are none: who is hurt is brought nowhere"
MAP_LABELS = {
    "police": "police",
    "army": "army, mobile brigade",
    "health": "health",
    "other": "others",
    "station": "villages, by registered voters",
    "road": "roads; the thicker, the faster",
    "post": "stations with a guard post",
    "incident": "disturbance of the scenario",
    "incident_drawn": "disturbance of the scenario, its place drawn anew each day",
    "closed": "road closed in the scenario",
    "cells": "outlines: cells round the villages, not official borders",
    "outside": "places outside",
}
TABLES = {
    "districts": "A district (kecamatan).",
    "villages": "A village or ward.",
    "outside_nodes": "A place outside the region that its roads lead to.",
    "roads": "A road between two neighbouring places, both ways.",
    "bases": "Where units wait, people are cared for, or an office stands.",
    "borders": "Two districts that share a border.",
    "special_stations": "A special station: a prison, a hospital.",
    "stations": "A polling station (TPS). Where the table is missing, stations are made by a rule from the villages' "
    "numbers.",
}
"""What a row of each table is."""
COLUMNS = """# The tables of a region

One line for each thing. Numbers may have a decimal dot (`3.5`) or, throughout a table, a decimal comma (`3,5`;
`1.234,5`); values are parted by commas or, throughout a table, by semicolons. Codes are yours: any text that is the
same wherever the thing is named. What belongs to the region and is no table stands in `region.yaml`."""
"""The head of the page that says what every column means."""
NEEDED = "needed"
MAY_BE_EMPTY = "may be left empty, or out"
LEFT_OUT = "{meaning} (the column may be left out)"
GUIDE_HEADS = {"column": "column", "meaning": "meaning", "unit": "unit", "allowed": "allowed"}
MEANING = "{meaning} Allowed: {allowed}."
MEANING_WITH_UNIT = "{meaning} Unit: {unit}. Allowed: {allowed}."
MAP_SUFFIX = "--map {file}: its name must end in .png, .svg or .pdf"

translate(__name__)
