"""Cases of command lines: overrides of every shape, with ``--cfg``, which composes and checks and plays nothing."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from sim.config.compose import load
from tests.conftest import SMALL
from tests.hostile.nasty import RAW, texts
from tests.hostile.settings_files import PLAIN, Case
from tests.hostile.trees import Draw, paths

SHAPES = [
    "+a=1", "~a", "a={", "a=[", "a=range(1,10**9)", "a=range(1,1000000000)", "a=choice(1,2)", "a=interval(0,1)", "a=glob(*)", "a=shuffle(1,2)",
    "a=sort(3,1)", "a=tag(x,choice(1))", "a=int(3)", "a=float(x)", "a=str(3)", "a=json_str(3)", "a=extend_list(1)", "a=1,2", "a='1,2'", "a=\"x", "a='x",
    "a=\\", "a=", "=1", "=", "a", "a==1", "a.=1", ".a=1", "a..b=1", "a[0]=1", "a@b=1", "a@b:c=1", "a/b=1", "/a=1", "a/=1", "++a.b.c.d.e=1", "~~a", "+~a=1",
    "scenario=calm_day,riot_kecamatan3", "scenario=glob(*)", "scenario=choice(calm_day)", "scenario=[calm_day]", "scenario=null", "scenario=", "scenario={a: 1}",
    "scenario=../own/mine", "scenario=mine", "~scenario", "+scenario=calm_day", "++scenario=calm_day", "scenario@x=calm_day", "scenario=calm_day\n",
    "strategy=", "strategy=,", "strategy=even_spread,even_spread", "strategy=[even_spread]", "strategy=glob(*)", "strategy={a: 1}", "~strategy", "+strategy=x",
    "strategy='even_spread'", "strategy=../x", "strategy=even_spread,", "strategy=null", "weather=dry,heavy_rain", "weather=[dry]", "weather={}", "~weather",
    "hydra.run.dir=hacked", "+hydra.run.dir=hacked", "hydra/launcher=basic", "hydra.sweep.dir=hacked", "hydra.searchpath=[file:///etc]", "hydra=x", "--hydra",
    "run.output=hacked", "run.output=/proc/x", "run.output=null", "run.output=''", "run.output=../outside", "run.workers=-1", "run.seed=-1", "run.seed=1e3",
    "run.executor=dask", "run.executor=x", "run.dask.address=tcp://127.0.0.1:1", "run.replications=0", "run.replications=range(1,40)", "run=x", "run={}", "run=3",
    "run.replications=" + ",".join(map(str, range(1, 40))), "a=" + "[" * 60, "a=" + "[" * 300 + "]" * 300, "a={" + "a:{" * 60, "a=" + "x" * 100_000,
    "x" * 100_000 + "=1", "title=" + "9" * 5_000, "voting.turnout_share=" + "9" * 400, "title='${oc.env:SIAGA_CANARY}'", "title=${oc.env:SIAGA_CANARY}",
    "title=${oc.env:SIAGA_CANARY,x}", "title=\"${oc.decode:${oc.env:SIAGA_CANARY}}\"", "scenario=${oc.env:SIAGA_CANARY}", "weather=${oc.env:SIAGA_CANARY}",
    "${oc.env:SIAGA_CANARY}=1", "strategy=${oc.env:SIAGA_CANARY}", "region.path=${oc.env:SIAGA_CANARY}", "title=${hydra:runtime.cwd}", "kinds=3", "kinds={}",
    "kinds.riot=null", "~kinds", "~kinds.riot", "~incidents", "~title", "~run", "~run.seed", "~run.seed=1", "incidents=[{}]", "incidents.0.place=x", "incidents.9=1",
    "incidents.-1=x", "incidents.x=1", "defaults=[]", "+defaults=[x]", "name=../x", "name=x", "title=???", "region.path=../outside", "region.path=/etc",
    "region.path=/proc/self", "region.path=own", "region.path=''", "voting.open=07:00", "voting.open='07:00'", "voting.open=7", "voting.open=٠٧:٠٠",
    "_target_=os.system", "a={_target_: os.system}", "title=é", "title='é'", "title=🗳", "title='\x1b[31m'", "title='[/]'", "title='\x00'", "title=\udcff",
]  # fmt: skip
OPTIONS = [
    ["--cfg"], ["--cfg"], ["--cfg"], ["--cfg"], ["--cfg", "--scenarios", "own"], ["--cfg", "--scenarios", "nowhere"], ["--cfg", "--scenarios", "own/mine.yaml"],
    ["--cfg", "--scenarios", ""], ["--cfg", "--scenarios", "/proc/self"], ["--cfg", "--out", "out"], ["--cfg", "--out", ""], ["--cfg", "--out", "a'b"],
    ["--cfg", "--out", "a\\"], ["--cfg", "--out", "${oc.env:SIAGA_CANARY}"], ["--cfg", "--out", "x\ny"], ["--cfg", "--json"], ["--cfg", "--quiet"], ["--cfg", "--nothing"],
    ["--cfg", "--out"], ["--cfg", "--cfg=3"],
]  # fmt: skip
OTHERS = [["check", "x"], ["check", "own"], ["check", ""], ["check", "own/mine.yaml", "more"], ["check"], ["places", "x", "y"], ["places", "a=1"], ["places", *SMALL],
          ["places", *SMALL, "\x1b[31m"], ["scenarios", "--scenarios", "own"], ["scenarios", "--scenarios", "nowhere"], ["strategies", "a=1"], ["strategies", *SMALL, "x"],
          ["one-more", "a=1,2"], ["one-more", *SMALL, "--size", "0"], ["one-more", *SMALL, "--vehicle", "\x1b[31m"], ["one-more", *SMALL, "--days", "-1"],
          ["one-more", *SMALL, "--role", "x"], ["best-placement", "a=1,2"], ["best-placement", *SMALL, "--per-site", "-1"], ["best-placement", *SMALL, "--busy", "1e400"],
          ["best-placement", *SMALL, "--candidates", "\x1b[31m"], ["best-placement", *SMALL, "--time-limit", "-1"], ["roads"], ["roads", "x"], ["roads", "x", "--region", "y", "--out", "z"], ["roads", "x.osm", "--region", "rejang_lebong", "--out", "\x1b.csv"], ["roads", "/dev/zero", "--region", "rejang_lebong", "--out", "z.csv"],
          ["roads", "own/mine.yaml", "--region", "rejang_lebong", "--out", "z.csv", "--class", "\x1b[31m"], ["roads", "\udcff.json", "--region", "\udcff", "--out", "z.csv"], ["roads", "x.osm", "--region", "rejang_lebong", "--out", "z.csv", "--snap", "nan"],
          ["compare", "x"], ["compare"], ["compare", ""], ["report", "own"], ["resume", "/"], ["resume", "\x00"], ["report", "x" * 5_000], ["exercise"], ["exercise", "x"],
          ["exercise", "pack", "--run", "x"], ["exercise", "pack", "a=1,2", "scenario=calm_day"], ["completion", "x"], ["nothing"], ["--x"], ["-h", "x"], ["", "x"],
          ["check", "\udcff.yaml"], ["check", "own/\x1b[31m.yaml"], ["report", "\udcff"], ["places", "\udcff"], ["check", "/dev/zero"]]  # fmt: skip


@cache
def _settings() -> list[str]:
    data = load("calm_day", [*SMALL, "strategy=even_spread"]).model_dump(mode="json")
    data["strategy"] = data.pop("strategies")[0]
    return [".".join(map(str, path)) for path in paths(data) if path]


def another(line: list[str]) -> Case:
    """A command line beside the stranger's file that is none of overrides."""
    names = (*line, "Usage", "command", "argument", "folder", "no such file", "no file can be called that")
    return Case(tuple(line), {"mine.yaml": PLAIN}, names)


@st.composite
def overrides(draw: Draw) -> Case:
    """Overrides of settings, groups and nonsense on the small regency."""
    if draw(st.integers(0, 6)) == 0:
        return another(draw(st.sampled_from(OTHERS)))
    given = draw(st.lists(st.sampled_from(SHAPES) | _one(), min_size=1, max_size=2))
    base = (
        ["scenario=calm_day", "strategy=even_spread", *SMALL]
        if draw(st.integers(0, 3))
        else ["scenario=calm_day", *SMALL]
    )
    options = draw(st.sampled_from(OPTIONS))
    keys = [part for text in given for part in (text, text.partition("=")[0].strip("+~")) if part]
    return Case((*base, *given, *options), {"mine.yaml": PLAIN}, (*keys, *options, "override"))


@st.composite
def _one(draw: Draw) -> str:
    sign = draw(st.sampled_from(["", "", "", "+", "++", "~"]))
    value = draw(st.sampled_from(RAW) | texts | st.integers().map(str) | st.floats().map(str))
    return f"{sign}{draw(st.sampled_from(_settings()))}={value}"
