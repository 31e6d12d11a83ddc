"""The line under a handed-out sheet, for signatures on paper; when the sheet comes back it is no record."""

from __future__ import annotations

from typing import Final

FOOT_BEGINS: Final = "单位负责人（签字）："
FOOT: Final = f"{FOOT_BEGINS}　　　　　　　　分管领导：　　　　　　　　填表人：　　　　　　　　联系电话："
