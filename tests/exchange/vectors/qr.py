"""Fixed keys and certificates, and the codes and files they give; described in ``resources/help/ma-qr.md``."""

from __future__ import annotations

import datetime as dt
import json

from ocop_desktop.exchange.certificate_signature import PREFIX, Signer, fingerprint, key_id
from ocop_desktop.exchange.key_files import Key, Keyring, RevokedList, write_keys, write_list
from ocop_desktop.rules.certificate_code import CertificateCode, pack

EARLIER, SIGNER = Signer(bytes([7]) * 32), Signer(bytes(range(32)))
OFFICE = "Ủy ban nhân dân tỉnh Lạng Sơn"
CODE = CertificateCode("03-2026/GCN-OCOP", "20-05980-03-2026", "Chè Shan tuyết Mẫu Sơn “Đặc sản”",
                       "HTX Nông nghiệp Mẫu Sơn Xanh Ω", 4, "3981/QĐ-UBND",
                       dt.date(2026, 1, 9), dt.date(2026, 2, 5), dt.date(2029, 2, 5))
RING = Keyring(OFFICE, dt.datetime(2026, 2, 1, 8), (
    Key(EARLIER.key, dt.date(2025, 7, 1), dt.date(2026, 2, 1)), Key(SIGNER.key, dt.date(2026, 2, 1))))
LIST = RevokedList(OFFICE, dt.datetime(2026, 10, 1, 9), SIGNER.key, {"01-2026/GCN-OCOP": dt.date(2026, 9, 15)},
                   {"02-2026/GCN-OCOP": dt.date(2029, 8, 1)})


def made() -> dict[str, bytes]:
    """The kept files by name."""
    values = {
        "seed": bytes(range(32)).hex(), "key": SIGNER.key, "fingerprint": fingerprint(SIGNER.key),
        "key_id": key_id(SIGNER.key).hex(),
        "certificate": {k: str(v) for k, v in vars(CODE).items()}, "packed": pack(CODE, key_id(SIGNER.key)).hex(),
        "prefix": PREFIX, "text": SIGNER(CODE)}
    return {"ma-qr.json": json.dumps(values, ensure_ascii=False, indent=1).encode(), "khoa.ocopkhoa": write_keys(RING, SIGNER),
            "thu-hoi.ocopthuhoi": write_list(LIST, SIGNER)}
