"""No template keeps docgen busy without an end or takes its memory, and honest large documents are made."""

import os
import subprocess
import sys
from itertools import count
from pathlib import Path
from time import thread_time

import pytest

from docgen.errors import DocgenError, Problems
from docgen.template import rendering
from docgen.template.faults import BadSyntax, Forbidden, NotText, TooMuchWork
from docgen.template.line import compile_expression
from docgen.template.template import compile as compile_template

SECONDS = 20.0  # of the processor, a tenth of it on a machine that does nothing else
MEMORY = 1_500_000_000  # bytes of a process, with all that it has loaded
LONG = "{% set 长 = '啊' * 1000000 %}"
LIST = "{% set 表 = range(99999)|list %}"
NESTED = (
    "{% set n = namespace(a=['x'], b=['x']) %}"
    "{% for i in range(60) %}{% set n.a = [n.a, n.a] %}{% set n.b = [n.b, n.b] %}{% endfor %}"
)
TUPLES = "{% set n = namespace(a=('x',)) %}{% for i in range(60) %}{% set n.a = (n.a, n.a) %}{% endfor %}"


def grown(by):
    """Return a template that applies something to its own result again and again."""
    return (
        f"{{% set n = namespace(x='ab') %}}{{% for i in range(99) %}}{{% set n.x = {by} %}}{{% endfor %}}完"
    )


def each_time(condition, before=LONG):
    """Return a template that does something long in each round of a loop."""
    return f"{before}{{% for a in range(99999) %}}{{% if {condition} %}}{{% endif %}}{{% endfor %}}完"


MADE = {
    "loops within loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}完",
    "long output in loops": "{% for a in range(99999) %}{{ '啊' * 9000 }}{% endfor %}",
    "words in loops within loops": "{% for a in range(9999) %}{% for b in range(9999) %}啊{% endfor %}{% endfor %}",
    "a text times a number": "{{ 'x' * 10 ** 9 }}",
    "a list times a number": "{{ ([1] * 10 ** 9)|length }}",
    "a power": "{{ 10 ** (10 ** 9) }}",
    "powers of powers": grown("9 ** (i * i * i * i)"),
    "joined to itself": grown("n.x ~ n.x"),
    "added to itself": grown("n.x + n.x"),
    "lists added to themselves": grown("[n.x] + [n.x] if i == 0 else n.x + n.x"),
    "replaced by more": grown("n.x|replace('a', n.x)"),
    "replaced, as a method": LONG + "{{ 长.replace('', 长) }}",
    "joined with long texts between": "{{ range(99999)|join('啊' * 9000) }}",
    "joined, as a method": "{{ ('啊' * 90000).join(['a'] * 9999) }}",
    "padded": "{{ 'x'|center(10 ** 9) }}",
    "padded, as a method": "{{ 'x'.ljust(10 ** 9) }}{{ 'x'.zfill(10 ** 9) }}",
    "padded, as an item": "{{ 'x'['rjust'](10 ** 9) }}",
    "padded, by way of an attribute": "{{ (['x']|map(attribute='center')|first)(10 ** 9) }}",
    "padded, by way of a name": "{{ ['x']|map('center', 10 ** 9)|first }}",
    "tabs": "{{ ('\\t' * 99999).expandtabs(99999) }}",
    "a width": "{{ '%999999999d' % 1 }}",
    "a width of its own": "{{ '%*d' % (10 ** 9, 1) }}",
    "digits": "{{ '%.999999999f'|format(1) }}",
    "a width between braces": "{{ '{:999999999}'.format(1) }}",
    "a width given apart": "{{ '{:{}}'.format(1, 10 ** 9) }}",
    "one value, many places": "{{ ('{0}' * 99999).format('啊' * 99999) }}",
    "one name, many places": "{{ ('%(a)s' * 99999) % {'a': '啊' * 99999} }}",
    "batches that are filled up": "{{ [1]|batch(10 ** 9, 'x')|list|length }}",
    "slices": "{{ [1]|slice(10 ** 9)|list|length }}",
    "lists added up": "{{ ([range(99999)|list] * 9999)|sum(start=[])|length }}",
    "wrapped": LONG + "{{ 长|wordwrap(1) }}",
    "wrapped with long texts": "{{ ('啊 ' * 9999)|wordwrap(1, wrapstring='啊' * 9999) }}",
    "indented": "{{ ('\\n' * 99999)|indent('啊' * 99999) }}",
    "rounded": "{{ 2|round(10 ** 9, 'ceil') }}",
    "numbers of millions of digits": "{% set a = ('f' * 900000)|int(0, 16) %}{{ (a // 7) % 3 }}",
    "stripped of many characters": "{{ ('a' * 2000000).strip('b' * 1000000 ~ 'a') }}",
    "sought from the end": "{{ ('a' * 2000000).rfind('ab' ~ 'a' * 1000000) }}",
    "a macro that calls itself twice":
        "{% macro f(n) %}{% if n > 0 %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(90) }}",
    "a loop within itself":
        "{% for x in [1] recursive %}{{ loop([1, 2]) if loop.depth < 90 }}{% endfor %}",
    "a block that writes itself twice": (
        "{% set n = namespace(x='啊') %}"
        "{% for i in range(99) %}{% set b %}{{ n.x }}{{ n.x }}{% endset %}{% set n.x = b %}{% endfor %}"
    ),
    "a block of many words": (
        "{% set b %}{% for i in range(9999) %}{% for j in range(9999) %}啊{% endfor %}{% endfor %}{% endset %}{{ b }}"
    ),
    "paragraphs": "{{ '\\a' * 2000000 }}",
    "pages": "{{ '\\f' * 1000000 }}",
    "signs that are written longer": "{{ '&' * 9000000 }}",
    "long texts compared": each_time("长 == 短", LONG + LONG.replace("长", "短")),
    "long texts cut": each_time("长[:-1]"),
    "long texts searched": each_time("'不' in 长"),
    "long texts changed": each_time("长|lower"),
    "long texts asked": each_time("长 is upper"),
    "long texts counted": each_time("长.count('不')"),
    "characters of a long text": LONG.replace("1000000", "9000000") + "{{ 长|list|length }}",
    "long lists searched": each_time("'不' in 表", LIST),
    "long lists copied": each_time("表.copy()", LIST),
    "long lists sorted": each_time("表|sort", LIST),
    "lists in lists compared": NESTED + "{{ n.a == n.b }}",
    "lists in lists as a key": TUPLES + "{{ {n.a: 1}|length }}",
    "lists in lists as an index": TUPLES + "{{ {}[n.a] }}",
    "lists in lists told apart": TUPLES + "{{ [n.a]|unique|length }}",
}  # fmt: skip


def ended(template, context=None):
    """Render what ends with a fault; return the fault."""
    begun = thread_time()
    with pytest.raises(DocgenError) as caught:
        template.render({} if context is None else context)
    assert thread_time() - begun < SECONDS
    return caught.value


@pytest.mark.parametrize("words", MADE.values(), ids=MADE)
def test_what_would_not_end_or_fit_in_memory_ends_soon_with_its_place(make, words):
    fault = ended(compile_template(make("甲", words), "样张.docx"))
    assert isinstance(fault, TooMuchWork)
    assert (fault.exit_code, fault.paragraph) == (1, 2)
    assert str(fault).startswith("模板 样张.docx 第2段“")
    assert "要做的太多，超过一份文件的上限" in str(fault)


def test_memory_stays_within_bounds(make, tmp_path):
    """All that is made, one after the other, in a process that is given little memory."""
    chosen = ("words in loops", "joined to", "lists added up", "one value", "batches", "a block of", "pages")
    files = [words for name, words in MADE.items() if name.startswith(chosen)]
    for number, words in enumerate(files):
        (tmp_path / f"{number}.docx").write_bytes(make("甲", words))
    ran = subprocess.run(
        [sys.executable, "-c", WITHIN_BOUNDS, str(MEMORY), *sorted(map(str, tmp_path.glob("*.docx")))],
        check=False, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert ran.stdout.split() == ["TooMuchWork"] * len(files), ran.stderr


WITHIN_BOUNDS = """
import sys
from pathlib import Path
from resource import RLIMIT_AS, setrlimit
from docgen.errors import DocgenError
from docgen.template.template import compile
setrlimit(RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
for file in sys.argv[2:]:
    try:
        compile(Path(file).read_bytes(), file).render({})
    except DocgenError as fault:
        print(type(fault).__name__)
"""


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("{{ ('a' * 9999).translate({97: 'x' * 9999}) }}", Forbidden),
        ("{{ (1).to_bytes(10 ** 9, 'big') }}", Forbidden),
        ("{{ ''.encode() * 10 ** 9 }}", Forbidden),
        ("{{ {}.fromkeys(range(9)) }}", Forbidden),
        (NESTED + "{{ n.a|string }}", NotText),
        (NESTED + "{{ n.a ~ '' }}", NotText),
        (NESTED + "{{ n.a|join }}", NotText),
        (NESTED + "{{ '%s' % n.a }}", NotText),
        (NESTED + "{{ '{!r}'.format(n.a) }}", NotText),
        (NESTED + "{{ 'a'|replace('a', n.a) }}", NotText),
    ],
)
def test_what_no_document_needs_is_refused_by_name(make, words, kind):
    assert isinstance(ended(compile_template(make(words), "a.docx")), kind)


@pytest.mark.parametrize(
    "step",
    ["a.b or a.c", "a.b if a else a.c", "[a.b, a.c][0]", "(a|map(attribute='b')|list) + (a|list)", "a.b"],
)
def test_names_that_lead_from_one_to_another_without_an_end_are_refused_when_compiled(make, step):
    begun = thread_time()
    words = "{% set a = 项 %}" + f"{{% set a = {step} %}}" * 120
    with pytest.raises(Problems) as caught:
        compile_template(make(words), "a.docx")
    assert [type(each) for each in caught.value.faults] == [BadSyntax]
    assert thread_time() - begun < SECONDS


def test_a_list_of_five_thousand_rows_is_made(make, read):
    """The texts have the length that cells have, and signs that are written longer."""
    cells = ["{{ loop.index }}", *(f"{{{{ 行.{name} }}}}" for name in "甲乙丙丁戊")]
    rows = [["{%tr for 行 in 清单 %}"], cells, ["{%tr endfor %}"]]
    template = compile_template(
        make("{{ 清单|map(attribute='甲')|join('、')|length }}", rows=rows), "清单.docx"
    )
    kept = dict.fromkeys("甲乙丙丁戊", "县发展和改革局<&>" * 4)
    out = template.render({"清单": [{**kept, "甲": f"第{number}项"} for number in range(5000)]})
    words = read.xml(out).decode()
    assert words.count("<w:tr>") + words.count("<w:tr ") == 5000
    assert "第4999项" in words


def test_a_thousand_pages_are_made(make, read):
    """A loop of chapters with loops of paragraphs, counted headings, macros and filters in each."""
    template = compile_template(
        make(
            "{% macro 句(x) %}{{ x.词|upper }}，{{ x.词|replace('甲', '乙') }}。{% endmacro %}",
            "{%p for 章 in 各章 %}", "{{ 章.名 }}", "{%p for x in 章.段|sort(attribute='号') %}",
            "{{ 句(x) * 3 }}{% if x.号 in [1, 2, 3] %}{{ '%03d' % x.号 }}{% endif %}", "{%p endfor %}", "{%p endfor %}",
        ),
        "长.docx",
    )  # fmt: skip
    paragraphs = [{"词": "甲" * 120, "号": number} for number in range(100)]
    out = template.render({"各章": [{"名": f"第{each}章", "段": paragraphs} for each in range(20)]})
    assert len(read.texts(out)) > 2000


def test_work_within_work_is_paid_out_of_the_same_purse(make):
    """A context that computes its values by expressions has no more than the document that asks for them."""
    costly = compile_expression("range(99999)|list|length", "算式")

    class Computing(dict):
        def __missing__(self, name):
            return costly.value({})

    template = compile_template(make("甲", "{% for a in range(9999) %}{{ 值.数 }}{% endfor %}"), "a.docx")
    fault = ended(template, {"值": Computing()})
    assert isinstance(fault, TooMuchWork)


def test_what_takes_longer_than_was_paid_for_is_ended_by_the_clock(make, monkeypatch):
    monkeypatch.setattr(rendering, "_SECONDS", 0.2)
    monkeypatch.setattr(rendering, "_LOOK", 100)
    numbers = count()
    words = "{% for a in range(99999) %}{% if 1|慢 %}{% for b in [1] %}{% endfor %}{% endif %}{% endfor %}"
    slow = {"慢": lambda value: sum(range(99_999)) + value + next(numbers)}
    template = compile_template(make("甲", words), "a.docx", slow)
    fault = ended(template)
    assert (type(fault), fault.paragraph) == (TooMuchWork, 2)
    assert next(numbers) < 99_999
