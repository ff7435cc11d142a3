"""A file with 100,000 products, 100,000 dossiers and 40,000 producers across the country, made through the real migration."""

from __future__ import annotations

import random
from pathlib import Path

from ocop_desktop.actions.opening import open_or_create
from ocop_desktop.data.engine import Database
from ocop_desktop.rules.names import fold

GOODS = (
    "Chè Shan tuyết", "Chè xanh", "Mật ong hoa nhãn", "Mật ong rừng", "Gạo nếp cái hoa vàng", "Gạo tám", "Rượu men lá",
    "Rượu ngô", "Miến dong", "Bún khô", "Bưởi da xanh", "Cam sành", "Quýt hồng", "Na dai", "Vải thiều", "Nhãn lồng",
    "Hoa hồi khô", "Quế vỏ", "Thịt trâu gác bếp", "Lạp sườn hun khói", "Cà phê rang xay", "Cà phê nhân", "Tinh dầu sả",
    "Tinh dầu tràm", "Nước mắm nhĩ", "Mắm tôm", "Hồ tiêu", "Tiêu sọ", "Trà hoa vàng", "Trà atiso", "Nấm hương khô",
    "Mộc nhĩ", "Măng khô", "Thổ cẩm", "Khăn dệt", "Làng du lịch cộng đồng", "Điểm du lịch sinh thái", "Bánh tráng",
    "Bánh phồng tôm", "Kẹo dừa", "Dầu dừa", "Đường thốt nốt", "Hạt điều", "Hạt mắc ca", "Sầu riêng", "Thanh long ruột đỏ",
    "Xoài cát", "Khô cá dứa", "Chả mực", "Tôm khô", "Yến sào", "Đông trùng hạ thảo", "Cao cà gai leo", "Nước khoáng",
    "Gốm gia dụng", "Chiếu cói", "Tranh thêu", "Hoa lan hồ điệp", "Cây mai vàng", "Chim cảnh",
)
MANNERS = (
    "", "đặc sản", "hữu cơ", "sấy lạnh", "cao cấp", "truyền thống", "loại một", "hộp quà", "nguyên chất", "gia truyền",
    "OCOP",
)
FORMS = (("cooperative", "HTX"), ("company", "Công ty TNHH"), ("household", "Hộ kinh doanh"), ("farm", "Trang trại"),
         ("cooperative_group", "Tổ hợp tác"))
NAMES = (
    "Lan", "Hoa", "Hùng", "Sơn", "Minh", "Thành", "Phúc", "Vinh", "Hạnh", "Tâm", "An", "Bình", "Cường", "Dũng", "Xuân",
    "Thu", "Đông", "Hạ", "Thắng", "Lợi", "Kiên", "Trung", "Nghĩa", "Hiếu", "Đức", "Quang", "Huy", "Tuấn", "Khánh", "Ngọc",
    "Mai", "Cúc", "Trúc", "Thảo", "Loan", "Phượng", "Yến", "Oanh", "Hải", "Long", "Giang", "Hà",
)
STATES = ("draft", "ready", "in_session", "closed", "recognised", "history")
SHARES = (10, 5, 2, 3, 30, 50)


def make(path: Path, products: int = 100_000, producers: int = 40_000) -> Database:
    """Make the file and give it open; the same every time."""
    db = open_or_create(path)
    draw = random.Random(26)
    with db.alone() as raw:
        communes = raw.execute("SELECT id, code, name, kind, province_code, folded FROM commune").fetchall()
        makers = [_producer(draw, number, communes) for number in range(1, producers + 1)]
        rows = [_product(draw, number, makers, communes) for number in range(1, products + 1)]
        raw.execute("BEGIN")
        raw.executemany("INSERT INTO producer(id, name, folded, kind, commune_id, tax_code, registration_number, representative,"
                        " position, sex, ethnicity, address, phone, email, note)"
                        " VALUES (?, ?, ?, ?, ?, '', '', '', '', '', '', '', '', '', '')", makers)
        raw.executemany("INSERT INTO product(id, producer_id, name, folded, set_no, category, description)"
                        " VALUES (?, ?, ?, ?, ?, '', '')",
                        [row[0] for row in rows])
        raw.executemany("INSERT INTO dossier(id, product_id, code, rulebook, kind, round, status, stars, filed_on, note, search)"
                        " VALUES (?, ?, ?, '26/2026/QĐ-TTg', ?, ?, ?, ?, ?, '', ?)", [row[1] for row in rows])
        raw.execute("COMMIT")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return db


def _producer(draw: random.Random, number: int, communes: list[tuple]) -> tuple:
    kind, form = draw.choice(FORMS)
    name = f"{form} {draw.choice(NAMES)} {draw.choice(NAMES)}"
    return number, name, fold(name), kind, draw.choice(communes)[0] if draw.random() > 0.01 else None


def _product(draw: random.Random, number: int, makers: list[tuple], communes: list[tuple]) -> tuple[tuple, tuple]:
    maker = draw.choice(makers)
    commune = communes[maker[4] - 1] if maker[4] else None
    place = commune[2] if commune and draw.random() < 0.5 else f"{draw.choice(NAMES)} {draw.choice(NAMES)}"
    name = " ".join(f"{draw.choice(GOODS)} {draw.choice(MANNERS)} {place}".split())
    year = draw.randrange(2019, 2027)
    state = draw.choices(STATES, SHARES)[0]
    code = f"{commune[4]}-{commune[1]}-{number:02d}-{year}" if commune else None
    stars = draw.choices((3, 4, 5), (75, 23, 2))[0] if state in ("closed", "recognised", "history") else None
    search = fold(" ".join((name, maker[1], f"{commune[3]} {commune[2]}" if commune else "", code or "")))
    kind = draw.choices(("first", "upgrade", "reevaluation"), (80, 8, 12))[0]
    return ((number, maker[0], name, fold(name), draw.randrange(1, 27)),
            (number, number, code, kind, f"Đợt {draw.randrange(1, 3)} - {year}", state, stars, f"{year}-05-01", search))
