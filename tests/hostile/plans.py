"""Cases of plans: a stranger's strategy by list, with its tables spoiled, or tables that are no business of his."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.hostile.nasty import texts
from tests.hostile.settings_files import ELSEWHERE, FILE, SCENARIO, Case
from tests.hostile.tables import spoiled_table
from tests.hostile.trees import Draw, mutated, spoiled, written

PLAN = {
    "defaults": ["even_spread", "_self_"],
    "title": "By list",
    "guards": {"rule": "list", "table": "posts.csv"},
    "patrols": [{"table": "patrols.csv"}, {"route": ["T1.1", "Pasar Tengah", "POLRES"], "size": 2, "vehicle": "car"}],
    "reserves": [{"table": "reserves.csv"}, {"base": "POLRES", "teams": 1, "size": 2, "vehicle": "car"}],
    "standing_guards": [{"table": "offices.csv"}],
}
TABLES = {
    "posts.csv": "post,stations,officers,wardens,team\nA,T1.1;TPS 1 Air Jernih,2,8,1\nB,Pasar Tengah,2,6,2\nC,kecamatan 3,0,12,\n",
    "patrols.csv": "patrol,route,officers,vehicle,team\n1,T1.1;T2.1;Hulu Sungai,4,car,3\n2,T3.1;T3.2,2,motorcycle,\n",
    "reserves.csv": "reserve,base,officers,vehicle,team\n1,POLRES,4,car,4\n2,SEK-PUT,2,truck,\n",
    "offices.csv": "place,officers\nKPU,4\n",
}
OF_PLANS = [name.replace("times.csv", "posts.csv") for name in ELSEWHERE]


NAMED = [
    "T1.1",
    "T2",
    "Muara Baru; Pasar Lama",
    "kecamatan 3",
    "TPS 1 Pasar Timur",
    "POLRES",
    "KPU",
    "T2.1;T3.1;T1.1",
    "0",
    "1",
    "2",
    "7",
    "car",
    "A",
    "B; C",
]
"""Cells that may well be good ones: what passes one check meets the next."""


def _other_table(draw: Draw, text: str) -> str | bytes:
    """Return a table with something else in one of its cells, or spoiled altogether."""
    if draw(st.integers(0, 2)) == 0:
        return spoiled(draw, spoiled_table(draw, text))
    rows = [line.split(",") for line in text.splitlines()]
    row = rows[draw(st.integers(1, len(rows) - 1))]
    row[draw(st.integers(0, len(row) - 1))] = draw(st.sampled_from(NAMED))
    return "\n".join(",".join(row) for row in rows)


@st.composite
def plans(draw: Draw) -> Case:
    """A strategy by list: its tables spoiled, its settings too, or a table named that lies elsewhere."""
    tree = mutated(draw, PLAN) if draw(st.integers(0, 2)) == 0 else dict(PLAN)
    if draw(st.integers(0, 3)) == 0:
        tree["guards"] = {"rule": "list", "table": draw(st.sampled_from(OF_PLANS) | texts)}
    tables: dict[str, str | bytes] = dict(TABLES)
    for name in draw(st.lists(st.sampled_from(sorted(TABLES)), max_size=2, unique=True)):
        tables[name] = _other_table(draw, TABLES[name])
    if draw(st.integers(0, 9)) == 0:
        del tables[draw(st.sampled_from(sorted(tables)))]
    scenario = SCENARIO | {"strategies": ["evil"]}
    files = {f"strategy/{name}": text for name, text in tables.items()}
    return Case(
        ("check", FILE),
        {"mine.yaml": written(scenario), "strategy/evil.yaml": written(tree), **files},
        ("evil", "strategy"),
    )
