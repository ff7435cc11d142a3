"""The layout a new office starts from; its lines follow the habits of Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from ocop_desktop.rules.certificate_design import DEFAULT_NOTE, Design, Field

GREEN, BRONZE, QUIET = "#1b6b4a", "#6b4a0c", "#45504a"

DEFAULT = Design(fields=(
    Field("body", x=220, y=162, width=912, height=134, words="*{cơ quan cấp}*", size=125, rule="short", stand="top"),
    Field("number", x=220, y=300, width=912, height=60, words="Số: {số giấy}", size=120),
    Field("nation", x=1565, y=162, width=1250, height=62, words="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", style="bold", size=125),
    Field("motto", x=1790, y=224, width=800, height=80, words="Độc lập - Tự do - Hạnh phúc", style="bold", size=130, rule="full",
          stand="top"),
    Field("title", x=485, y=366, width=2000, height=170, words="GIẤY CHỨNG NHẬN", style="bold", size=360, colour=GREEN,
          spacing=20),
    Field("subtitle", x=785, y=533, width=1400, height=74, words="SẢN PHẨM OCOP", size=155, colour=BRONZE, spacing=26),
    Field("stars", "stars", x=885, y=617, width=1200, height=128),
    DEFAULT_NOTE,
    Field("intro", x=985, y=760, width=1000, height=64, words="Chứng nhận sản phẩm", size=140),
    Field("product", x=268, y=824, width=2434, height=180, words="{sản phẩm}", style="bold", size=310),
    Field("code", x=268, y=1004, width=2434, height=68, words="[Mã số *{mã số}*][  ·  Bộ sản phẩm: {bộ sản phẩm}]", size=135),
    Field("producer", x=268, y=1074, width=2434, height=100, words="của chủ thể *{chủ thể}*", size=140, stand="bottom"),
    Field("address", x=268, y=1174, width=2434, height=66, words="{địa chỉ}", size=135, stand="top"),
    Field("rank", x=985, y=1250, width=1000, height=82, words="đạt *hạng {hạng sao} sao*", size=170, strong=GREEN),
    Field("decision", x=268, y=1336, width=2434, height=62, style="italic", size=125, colour=QUIET,
          words="Theo Quyết định số {số quyết định} {ngày quyết định}[ của {cơ quan quyết định}]"),
    Field("date", x=1690, y=1408, width=1000, height=60, words="[{địa danh}, ]{ngày cấp}", style="italic", size=125),
    Field("signature", "signature", x=1690, y=1468, width=1000, height=482, style="bold", size=125),
    Field("qr", "code", x=228, y=1612, width=310, height=310),
    Field("validity", x=556, y=1714, width=760, height=60, words="Có giá trị đến *{có giá trị đến}*", size=115, align="left"),
    Field("check", x=556, y=1776, width=760, height=110, size=105, colour=QUIET, align="left", stand="top",
          words="{cách kiểm tra}"),
))
