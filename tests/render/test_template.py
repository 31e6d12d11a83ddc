"""The template object: cached, shared, sent to workers; its fields and their check without rendering."""

import hashlib
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from docgen.render.template import compile as compile_template

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
    code = "import sys, docgen.render.template; print([m for m in ('docx', 'docxtpl', 'openpyxl') if m in sys.modules])"
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
    "words",
    [
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
