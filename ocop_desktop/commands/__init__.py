"""The jobs of the command line, a module per noun. A new job is a function and a line in its module's ``COMMANDS``."""

from ocop_desktop.commands import (
    exchange,
    files,
    keys,
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

COMMANDS = (*results.COMMANDS, *record.COMMANDS, *papers.COMMANDS, *packages.COMMANDS, *rulebook.COMMANDS, *files.COMMANDS,
            *sheets.COMMANDS, *programme.COMMANDS, *exchange.COMMANDS, *signatures.COMMANDS, *keys.COMMANDS, *verify.COMMANDS)
GROUPS = {"key": N_("Khóa ký giấy chứng nhận: tạo, thay, xuất, sao lưu, danh sách thu hồi"),
          "rulebook": N_("Xem, liệt kê, xuất, nhập bộ tiêu chí, gắn lời văn của luật")}
