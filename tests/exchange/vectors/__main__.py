"""Write the test vectors: ``python -m tests.exchange.vectors``. Only when a format gets a new version number."""

from __future__ import annotations

import json

from ocop_desktop.exchange.ballot_file import sealing_key, sign_ballots, signing_key, write_ballots
from ocop_desktop.exchange.codes import short_code
from ocop_desktop.exchange.package_file import write_package
from tests.exchange.vectors import BALLOTS, FOLDER, MEMBER, OFFICE, PACKAGE, SESSION, SESSION_MARK, qr

package = write_package(PACKAGE, OFFICE)
line, inner = sign_ballots(BALLOTS, MEMBER, sealing_key(SESSION))
(FOLDER / "goi.ocopgoi").write_bytes(package)
(FOLDER / "phieu.ocopphieu").write_bytes(write_ballots(BALLOTS, MEMBER, sealing_key(SESSION)))
(FOLDER / "phieu-truoc-khi-niem-phong.bin").write_bytes(line + inner)
(FOLDER / "khoa.json").write_text(json.dumps({
    "office": {"seed": OFFICE.hex(), "public": signing_key(OFFICE)},
    "member": {"seed": MEMBER.hex(), "public": signing_key(MEMBER)},
    "session": {"mark": SESSION_MARK, "seed": SESSION.hex(), "public": sealing_key(SESSION)},
    "code": short_code(signing_key(OFFICE), sealing_key(SESSION), SESSION_MARK, 2, signing_key(MEMBER)),
}, indent=1) + "\n")
for name, content in qr.made().items():
    (FOLDER / name).write_bytes(content)
