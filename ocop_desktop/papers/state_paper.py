"""Habits of state papers (Decree 30/2020/NĐ-CP, annex I), in Vietnamese whatever the window speaks."""

from __future__ import annotations

import datetime as dt


def long_date(day: dt.date) -> str:
    """``ngày 05 tháng 02 năm 2026``: zero before days 1-9 and months 1-2."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: dt.date) -> str:
    """``05/02/2026``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def basis_in_law(law: str) -> str:
    """The basis of every paper on the assessment; ``law``: number of the decision, or empty."""
    return (f"Căn cứ Quyết định số {law or '……/QĐ-TTg'} của Thủ tướng Chính phủ ban hành Bộ tiêu chí và quy trình đánh giá, "
            "phân hạng sản phẩm Chương trình mỗi xã một sản phẩm")
