"""The lines above and under a handed-out sheet that are for paper; when the sheet comes back they are no records."""

from __future__ import annotations

from typing import Final

FOOT_BEGINS: Final = "单位负责人（签字）："
FOOT: Final = f"{FOOT_BEGINS}　　　　　　　　分管领导：　　　　　　　　填表人：　　　　　　　　联系电话："
UNIT_LINE: Final = "填报单位（盖章）："
