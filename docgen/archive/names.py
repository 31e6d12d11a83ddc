"""What the files of a bag are called, and what they are to their documents."""

from __future__ import annotations

from typing import Final

DOCUMENTS: Final = "文件"
LISTS: Final = "目录"
RECORD: Final = "登记"
CHAIN: Final = "登记链.jsonl"
HEAD: Final = "链末端.json"
CHECKER: Final = "核对.py"
READ_ME: Final = "说明.txt"
REPORT: Final = "归档核对表"

ORIGINAL: Final = "正本"
PDF: Final = "PDF"
OFD: Final = "OFD"
COPY: Final = "PDF副本"
"""The PDF/A of a file in a format that does not last."""
METADATA: Final = "元数据"
LIFE_ROLE: Final = "办理经过"
