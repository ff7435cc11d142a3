"""The jobs of the command line, a module per noun. A new job is a function and a line in its module's ``COMMANDS``."""

from ocop_desktop.commands import (
    certificates,
    exchange,
    files,
    keys,
    office_papers,
    packages,
    papers,
    programme,
    record,
    results,
    rulebook,
    sheets,
    signatures,
    verify,
)
from ocop_desktop.text import N_

COMMANDS = (*results.COMMANDS, *certificates.COMMANDS, *record.COMMANDS, *papers.COMMANDS, *packages.COMMANDS,
            *rulebook.COMMANDS, *files.COMMANDS, *sheets.COMMANDS, *programme.COMMANDS, *exchange.COMMANDS, *signatures.COMMANDS,
            *keys.COMMANDS, *verify.COMMANDS, *office_papers.COMMANDS)
GROUPS = {"certificate": N_("Cấp lại giấy chứng nhận, mang mẫu giấy sang tệp khác"),
          "key": N_("Khóa ký giấy chứng nhận: tạo, thay, xuất, sao lưu, danh sách thu hồi"),
          "rulebook": N_("Xem, liệt kê, xuất, nhập bộ tiêu chí, gắn lời văn của luật"),
          "paper-text": N_("Mẫu Word riêng của cơ quan cho giấy tờ"), "number": N_("Sổ số văn bản"),
          "signatory": N_("Người ký theo cơ quan và thời gian")}
