"""Values that break careless programs: as YAML, as text, as cells, as JSON."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.hostile.trial import CANARY

VARIABLE = "SIAGA_CANARY"
TEXTS = [
    "", " ", "\t", "\n", "a\nb", "\x00", "a\x00b", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x9b2J", "\r\nError: x", "\x7f",
    "\ud800", "\udcff", "\u202egnp.exe", "\u2066x\u2069", "\u200b", "\ufeff", "\ufffe", "é", "é", "İ", "ß", "🗳️", "٣", "１２",
    "[/]", "[bold]x", "[link=file:///etc/passwd]x[/link]", "$\\frac{1$", "$x$", "\\", "%s", "{0}", "{x!r}", "{{ 7*7 }}",
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "<script>alert(1)</script>", "&amp;", "\"><img src=x onerror=1>", "' OR 1=1",
    "../../etc/passwd", "/etc/passwd", "/proc/self/environ", "/dev/zero", "/dev/stdin", "~/x", "..", ".", "/", "own", "CON", "a/b",
    "${oc.env:" + VARIABLE + "}", "${hydra:runtime.cwd}", "${region.path}", "$" + VARIABLE, "${" + VARIABLE + "}", "%" + VARIABLE + "%",
    "_target_", "__class__", "nan", "inf", "-inf", "1e999", "1:30", "09:60", "24:00", "36:59", "99:99", "010", "0x10", "1_000", "1e3",
    "null", "~", "true", "no", "on", "2024-11-27", "T1.1", "kecamatan 1", "kecamatan 999999999", "x" * 64, "x" * 65, "x" * 100_000,
    "(" * 2_000, "a" * 300 + "/" + "b" * 300, "../outside/secret.csv", "../../outside/secret.csv", "../../outside/secret.yaml", "../outside",
]  # fmt: skip
RAW = [
    "1:30", "010", "0o10", "0x1F", "1_000", "1e3", ".inf", "-.inf", ".nan", "1e400", "-0.0", "9" * 400, "-" + "9" * 30, "1." + "0" * 400,
    "~", "null", "yes", "off", "2024-11-27", "2024-11-27 10:00:00", "!!binary aGVsbG8=", "!!set {a, b}", "!!omap [a: 1]", "!!str 3",
    "!!float x", "!!int x", "!!bool maybe", "!!timestamp x", "!!null x", "!!map []", "!!seq {}",
    "!!python/object/apply:os.system ['touch hacked']", "!!python/name:os.system", "!!python/object/apply:pathlib.Path [/etc/passwd]",
    "!!python/object/apply:pathlib.PosixPath [a, b]", "!!python/tuple [1, 2]", "!x y", "!", "&a {b: *a}", "&a [*a]", "*nothing",
    "{<<: {a: 1}, b: 2}", "{<<: 3}", "{<<: [1]}", "{a: 1, a: 2}", "{1: 2}", "{1.5: x}", "{true: x}", "{null: x}", "{[a]: b}", "{? {a: b} : c}",
    "{'': 1}", "{'a.b': 1}", "{'a b': 1}", "{_target_: os.system, _args_: ['touch hacked']}", "{hydra: {run: {dir: /tmp/x}}}",
    "${oc.env:" + VARIABLE + "}", "'${oc.env:" + VARIABLE + "}'", "\"${oc.env:" + VARIABLE + "}\"", "${.x}", "'$ {x}'", "???", "'???'",
    "[]", "{}", "[[]]", "[{}]", "[null]", "[1, [2, [3]]]", "{a: {b: {c: 1}}}", "{" * 40, "[" * 40 + "]" * 40, "{a: " * 31 + "1" + "}" * 31,
    "'", '"', "|", ">", "|\n  text", "- x", "? x", "%YAML 9.9", "@x", "`x", "# only a comment", "---", "...", "a: b: c", "\"\\ud800\"",
    "\"\\x00\"", "\"\\e[31m\"", "\"\\u202e\"", "'[/]'", "\"\\uFEFF\"", "{distribution: constant, mean_seconds: 1e308}",
    "{distribution: empirical, file: ../../outside/secret.csv, column: x}", "{distribution: empirical, file: /proc/self/environ, column: x}",
    "{distribution: empirical, file: times.csv, column: seconds}", "{distribution: empirical, values: [1e308, 1e308]}",
    "{distribution: empirical, values: [0]}", "{distribution: empirical, values: " + str(["1"] * 3_000).replace("'", "") + "}",
    "{distribution: exponential, mean_minutes: 5e-324}", "{distribution: lognormal, mean_minutes: 1e300, cv: 1e300}",
    "{distribution: gamma, mean_seconds: 1e-300, cv: 1e-300}", "{distribution: triangular, low_people: 0, mode_people: 0, high_people: 1e9}",
]  # fmt: skip
NUMBERS = [0, 1, -1, 2, 3.5, -0.0, 1e-300, 5e-324, 1e300, 1.7976931348623157e308, 2**31, 2**31 - 1, 2**32, 2**53 + 1, 2**63, 2**64, 10**12,
           10**30, -(10**30), 0.1, 0.5, 0.9999999, 1.0000001, 1440, 100_000, 1_000_000]  # fmt: skip

texts = st.sampled_from(TEXTS) | st.text(max_size=12)
numbers = st.sampled_from(NUMBERS) | st.integers(-(10**6), 10**6) | st.floats(allow_nan=True)
raws = st.sampled_from(RAW)
noise = st.binary(max_size=200) | st.sampled_from(
    [b"\xff\xfe", b"\xef\xbb\xbf", b"\x00" * 50, b"\x80\x81", b"title: x\n\x00", b"\xef\xbb\xbftitle: x\n", b"PK\x03\x04", b"%PDF-",
     "title: x\n".encode("utf-16"), b"\r\n\r\n", b"a: 1\r\nb: 2\r", b"\x1f\x8b\x08", f"title: {CANARY[:3]}\n".encode()]
)  # fmt: skip
