"""Why numbers are not given, reserved, voided or taken back now."""

from __future__ import annotations

from docgen.errors import NOT_ALLOWED, WRONG_USE, DocgenError


class NumberTaken(DocgenError):
    """A series of numbers cannot begin or go on where asked."""

    code = "number-taken"
    exit_code = NOT_ALLOWED
    says = "{series} 已经给到{last}号，不能{deed}{asked}号"
    advises = "号码只能往后给；不用的号码用 docgen doc number void 登记作废。"

    series: str
    last: int
    deed: str
    asked: int


class WrongCount(DocgenError):
    """More or fewer numbers were asked for at once than a series can sensibly give."""

    code = "number-count"
    exit_code = WRONG_USE
    says = "{series} 不能{deed}{count}个号（可以是1至{most}个）"
    advises = "请核对个数。"

    series: str
    deed: str
    count: int
    most: int


class NumberNotReserved(DocgenError):
    """A number that is not reserved was to be voided or used as a reserved one."""

    code = "number-not-reserved"
    exit_code = NOT_ALLOWED
    says = "{number} 不是预留的号码（现在是“{state}”），不能{deed}"
    advises = (
        "已用的号码随公文作废（docgen doc void）；没有给出的号码不需要作废；收回的只能是末尾没有用过的。"
    )

    number: str
    state: str
    deed: str


class NoneReserved(DocgenError):
    """Reserved numbers were to be used and none is left."""

    code = "number-none-reserved"
    exit_code = NOT_ALLOWED
    says = "{series} 没有预留的号码了"
    advises = "请用 docgen doc number reserve 预留，或直接签发，由程序顺次给号。"

    series: str
