"""The jobs of the command line, a module per noun. A new job is a function and a line in its module's ``COMMANDS``."""

from ocop_desktop.commands import (
    certificates,
    exchange,
    files,
    packages,
    papers,
    programme,
    record,
    results,
    rulebook,
    sheets,
    signatures,
)
from ocop_desktop.text import N_

COMMANDS = (*results.COMMANDS, *certificates.COMMANDS, *record.COMMANDS, *papers.COMMANDS, *packages.COMMANDS,
            *rulebook.COMMANDS, *files.COMMANDS, *sheets.COMMANDS, *programme.COMMANDS, *exchange.COMMANDS, *signatures.COMMANDS)
GROUPS = {"certificate": N_("Cấp lại giấy chứng nhận, mang mẫu giấy sang tệp khác"),
          "rulebook": N_("Xem, liệt kê, xuất, nhập bộ tiêu chí, gắn lời văn của luật")}
