"""The template object: cached, shared, sent to workers; its fields and their check without rendering."""

import hashlib
import os
import pickle
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from jinja2 import Environment

from docgen.errors import Problems
from docgen.template.faults import MissingValue, UnknownField
from docgen.template.template import compile as compile_template

SPEC = {"项目": {"名称": None, "单位": [{"名称": None, "电话": None}]}, "文号": None}


def test_the_digest_is_the_bytes_own(make):
    data = make("{{ 甲 }}")
    assert compile_template(data, "a.docx").digest == hashlib.sha256(data).hexdigest()


def test_compiling_the_same_bytes_twice_gives_the_same_template(make):
    data = make("{{ 甲 }}")
    assert compile_template(data, "a.docx") is compile_template(bytes(bytearray(data)), "a.docx")
    assert compile_template(data, "b.docx").name == "b.docx"


def test_a_template_cannot_be_changed(make):
    with pytest.raises(AttributeError):
        compile_template(make("{{ 甲 }}"), "a.docx").name = "b"


def test_a_template_goes_to_another_process_and_renders_the_same(make):
    template = compile_template(make("{{ 甲 }}"), "a.docx")
    code = "import pickle, sys; sys.stdout.buffer.write(pickle.load(sys.stdin.buffer).render({'甲': '1'}))"
    done = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps(template), capture_output=True, check=True
    )
    assert done.stdout == template.render({"甲": "1"})


def test_a_template_takes_its_filters_along_to_another_process(make, read):
    template = compile_template(make("{{ 甲|quoted }}"), "a.docx", {"quoted": shlex.quote})
    code = "import pickle, sys; sys.stdout.buffer.write(pickle.load(sys.stdin.buffer).render({'甲': 'a b'}))"
    done = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps(template), capture_output=True, check=True
    )
    assert read.text(done.stdout) == "'a b'"


def test_processes_whose_sets_have_another_order_make_the_same_bytes(make):
    data = make(
        "{% for x in 集 %}{{ x }}、{% endfor %}{{ 集|join }}{{ 集|first }}{{ 集|list|join }}",
        header="{{ 甲 }}",
    )
    code = (
        "import sys, hashlib; from docgen.template.template import compile; "
        "context = {'甲': 1, '集': set('一二三四五六七八')}; "
        "print(hashlib.sha256(compile(sys.stdin.buffer.read(), 'a').render(context)).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], input=data, capture_output=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(digests) == 1


def test_filters_are_given_values_as_they_are_and_what_they_return_is_escaped(make, read):
    filters = {
        "typed": lambda value: f"<{type(value).__name__}>",
        "upper": lambda value: value * 2,
        "blank": lambda _: None,
    }
    template = compile_template(make("{{ 甲|typed }}{{ 无|typed }}{{ 甲|upper }}"), "a.docx", filters)
    assert read.text(template.render({"甲": 1, "无": None})) == "<int><NoneType>2"
    with pytest.raises(MissingValue):
        compile_template(make("{{ 甲|blank }}"), "a.docx", filters).render({"甲": 1})
    with pytest.raises(UnknownField):
        compile_template(make("{{ 没有|typed }}"), "a.docx", filters).render({})


def test_jinja_s_own_filters_handed_over_with_an_environment_s_are_passed_over(make):
    with pytest.raises(Problems, match="safe"):
        compile_template(make("{{ 甲|safe }}"), "a.docx", dict(Environment(autoescape=True).filters))


def test_templates_with_other_filters_are_other_templates(make, read):
    data = make("{{ 甲|f }}")
    one, two = (compile_template(data, "a.docx", {"f": str(each).__add__}) for each in (1, 2))
    assert [read.text(each.render({"甲": "0"})) for each in (one, two)] == ["10", "20"]


def test_a_table_of_ten_thousand_rows(make, read):
    rows = [["{%tr for x in 清单 %}", ""], ["{{ x.名 }}", "{{ x.数 }}"], ["{%tr endfor %}", ""]]
    context = {"清单": [{"名": f"项目{number} & <子>", "数": number} for number in range(10_000)]}
    texts = read.texts(compile_template(make(rows=rows), "a.docx").render(context))
    assert texts == [words for each in context["清单"] for words in (each["名"], str(each["数"]))]


def test_threads_share_a_template(make, read):
    template = compile_template(make("{% for x in 清单 %}{{ x }}{% endfor %}"), "a.docx")
    with ThreadPoolExecutor(8) as pool:
        outs = list(pool.map(lambda number: template.render({"清单": [number] * 20}), range(100)))
    assert [read.text(out) for out in outs] == [str(number) * 20 for number in range(100)]


def test_rendering_leaves_the_context_as_it_was(make):
    context = {"甲": {"乙": ["1"]}}
    compile_template(make("{% set 甲 = 1 %}{{ 甲 }}"), "a.docx").render(context)
    assert context == {"甲": {"乙": ["1"]}}


def test_a_template_cannot_change_the_context(make):
    template = compile_template(make("{{ 甲.append(1) }}"), "a.docx")
    with pytest.raises(Exception, match="append"):
        template.render({"甲": []})


def test_importing_the_engine_imports_no_slow_library():
    slow = ("docx", "docxtpl", "openpyxl")
    code = f"import sys, docgen.template.template; print([m for m in {slow} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_fields_used_are_named_from_the_context_on(make):
    data = make(
        "{{ 文号 }}{% for 家 in 项目.单位 %}{{ 家.名称 }}{{ loop.index }}{% endfor %}",
        "{% set p = 项目 %}{{ p.名称|upper }}{{ 项目.单位[0].电话 }}{{ range(3)|join }}",
    )
    assert compile_template(data, "a.docx").fields() == (
        "文号",
        "项目.单位[].名称",
        "项目.单位[].电话",
        "项目.名称",
    )


@pytest.mark.parametrize(
    ("words", "field", "nearest"),
    [
        ("{{ 文好 }}", "文好", "文号"),
        ("{{ 项目.名陈 }}", "项目.名陈", "项目.名称"),
        ("{{ 项目.名称.字 }}", "项目.名称.字", ""),
        ("{{ 项目.单位.名称 }}", "项目.单位.名称", ""),
        ("{% for 家 in 项目.单位 %}{{ 家.名陈 }}{% endfor %}", "家.名陈", "家.名称"),
        ("{% for 家 in 项目.单位|sort(attribute='名称') %}{{ 家.名陈 }}{% endfor %}", "家.名陈", "家.名称"),
        ("{% set 第一 = 项目.单位|first %}{{ 第一.电花 }}", "第一.电花", "第一.电话"),
        ("{% if 项目.没有 %}{% endif %}", "项目.没有", ""),
        ("{% if 1 %}{% else %}{{ 没有 }}{% endif %}", "没有", ""),
        ("{{ 项目.没有.upper() }}", "项目.没有", ""),
        ("{% with q = 项目 %}{{ q.名陈 }}{% endwith %}", "q.名陈", "q.名称"),
        ("{% for 家 in 项目.单位 if 家.没有 %}{% endfor %}", "家.没有", ""),
    ],
)
def test_an_unknown_field_is_found_without_rendering(make, words, field, nearest):
    (fault,) = compile_template(make("甲", words), "a.docx").check(SPEC)
    assert (fault.field, fault.nearest, fault.paragraph) == (field, nearest, 2)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("{% if 项目.单位 > 3 %}{% endif %}", "项目.单位"),
        ("{% if 3 <= 项目.单位 %}{% endif %}", "项目.单位"),
        ("{{ 项目.单位 + 1 }}", "项目.单位"),
        ("{{ 10 - 项目.单位 }}", "项目.单位"),
        ("{% set 各家 = 项目.单位|sort(attribute='名称') %}{{ 各家 // 2 }}", "各家"),
    ],
)
def test_a_list_that_is_taken_for_a_number_is_found_without_rendering(make, words, field):
    (fault,) = compile_template(make("甲", words), "a.docx").check(SPEC)
    assert (fault.code, fault.field) == ("template-list-reckoned", field)


@pytest.mark.parametrize(
    "words",
    [
        "{% if 项目.单位|length > 3 and 项目.名称 > '甲' and 项目.单位 == [] %}{% endif %}",
        "{% for 家 in 项目.单位 + 项目.单位 %}{{ 家.名称 }}{% endfor %}{{ '%s' % 项目.名称 }}",
        "{{ 项目.单位[0].名称 }}{{ 项目['名称'] }}",
        "{% for k, v in 项目.items() %}{{ k }}{{ v.任意 }}{% endfor %}",
        "{% macro m(a) %}{{ a.任意 }}{% endmacro %}{{ m(项目) }}",
        "{% set n = namespace(x=0) %}{{ n.x }}{{ loop_ or '' }}",
        "{% for 家 in 项目.单位 %}{{ loop.index }}{{ loop.last }}{{ 家.名称 }}{% endfor %}",
    ],
)
def test_known_fields_and_names_bound_in_the_template_are_no_faults(make, words):
    faults = compile_template(make(words), "a.docx").check({**SPEC, "loop_": None})
    assert faults == ()


def test_every_part_is_checked_and_every_use_reported(make):
    template = compile_template(make("{{ 文好 }}", "{{ 文好 }}", header="{{ 文好 }}"), "a.docx")
    assert [(fault.part, fault.paragraph) for fault in template.check(SPEC)] == [
        ("正文", 1),
        ("正文", 2),
        ("页眉", 1),
    ]
