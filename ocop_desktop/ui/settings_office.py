"""Settings of the office: who it is, how certificates are numbered, how councils work. Every field keeps itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ocop_desktop import text
from ocop_desktop.errors import ProblemsFound, UserError
from ocop_desktop.text import _
from ocop_desktop.ui.form import CheckField, ChoiceField, Field, Form, TextField
from ocop_desktop.ui.settings_fields import FolderField, PatternField, PointsField
from ocop_desktop.ui.widgets import button

if TYPE_CHECKING:
    from ocop_desktop.actions.office import Office
    from ocop_desktop.actions.office_settings import SettingsView
    from ocop_desktop.ui.shell import Shell
    from ocop_desktop.ui.work import Work

QUORUMS = (Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(4, 5), Fraction(1))
TEXTS = ("body", "agency", "place", "certificate_number_pattern", "output_folder")


class OfficeForms(QObject):
    """The forms about the office, and how they are kept.

    Args:
        parent: the page they stand on.
    """

    def __init__(self, parent: QObject, work: Work, shell: Shell) -> None:
        super().__init__(parent)
        self._work, self._shell = work, shell
        self.office, self.certificate, self.rules = Form(), Form(), Form()
        self._add_office()
        self._add_certificate()
        self._add_rules()
        for form in (self.office, self.certificate):
            form.on_edited(self._keep_office)
        self.rules.on_edited(self._keep_rule)

    def _add_office(self) -> None:
        self.province = ChoiceField(_("Tỉnh, thành phố"), hint=_("Chọn tỉnh thì các mục còn trống được điền gợi ý"))
        self.office.add("province_code", self.province)
        self.office.add("body", TextField(_("Cơ quan cấp giấy chứng nhận"), _("Ví dụ: Ủy ban nhân dân tỉnh Lạng Sơn"),
                                          longest=300))
        self.office.add("agency", TextField(_("Cơ quan tham mưu"), _("Ví dụ: Sở Nông nghiệp và Môi trường"), longest=300))
        self.office.add("place", TextField(_("Địa danh"), _("Đứng trước ngày tháng trên giấy tờ: Lạng Sơn, ngày …"), longest=300))

    def _add_certificate(self) -> None:
        self.pattern = PatternField(_("Mẫu số giấy chứng nhận"), dt.date.today().year)
        self.certificate.add("certificate_number_pattern", self.pattern)
        self.folder = FolderField(_("Thư mục lưu giấy tờ"), _("Để trống thì chương trình hỏi mỗi lần lưu"))
        self.certificate.add("output_folder", self.folder)
        self.certificate.add_part(button(_("Thiết kế mẫu giấy…"), lambda: self._shell.go("certificates", page="design")))

    def _add_rules(self) -> None:
        rules = self.rules
        rules.add("quorum", ChoiceField(_("Số thành viên phải có mặt"), hint=_("Mặc định: từ 3/4; quy chế một số tỉnh ghi 2/3"),
                                        empty=False))
        rules.add("spread", PointsField(_("Hai phiếu được chênh nhau nhiều nhất"), _("Mặc định: 10 điểm; hơn thế thì chấm lại"),
                                        highest=100))
        rules.add("gate_rule", ChoiceField(_("Điều kiện sao được coi là đạt"), (
            ("majority", _("khi hơn nửa số phiếu đạt")), ("every", _("khi mọi phiếu đạt")),
            ("chair", _("do chủ tịch kết luận khi các phiếu khác nhau"))), _("Mặc định: khi hơn nửa số phiếu đạt"), empty=False))
        rules.add("near_line", PointsField(_("Đánh dấu điểm gần mốc xếp hạng trong vòng"), _("Mặc định: 0,5 điểm"), highest=100))
        rules.add("digits", ChoiceField(_("Số chữ số thập phân khi ghi điểm"), [(n, str(n)) for n in range(7)],
                                        _("Mặc định: 2; xếp hạng luôn theo điểm chính xác"), empty=False))
        rules.add("source", TextField(_("Quy chế áp dụng"), _("Số, ngày văn bản; được ghi vào biên bản"), longest=300))
        rules.add("drop_extremes", CheckField(_("Bỏ phiếu cao nhất và thấp nhất"), _("Mặc định: không bỏ; cần ít nhất ba phiếu")))
        rules.add("secretary_scores", CheckField(_("Thư ký cũng chấm điểm"), _("Mặc định: thư ký không chấm")))
        rules.add("advisory_shown", CheckField(_("Cho xem ý kiến Tổ tư vấn"),
                                               _("Mặc định: thành viên được xem khi chấm; không tính vào điểm")))

    def show(self, seen: SettingsView) -> None:
        """Show what is kept; fields being typed in keep their words."""
        self.province.set_choices([(p.code, p.name) for p in seen.provinces])
        self._show_office(seen.office)

    def _show_office(self, office: Office) -> None:
        values: dict[str, Any] = {key: getattr(office, key) for key in TEXTS}
        values["province_code"] = office.province_code or None
        for form in (self.office, self.certificate):
            form.set_values(values)
        quorum: Any = self.rules.field("quorum")
        known = sorted({*QUORUMS, office.working_rules.quorum})
        quorum.set_choices([(q, _share(q)) for q in known])
        self.rules.set_values(vars(office.working_rules))

    def fields(self) -> Iterator[tuple[str, Field]]:
        """Every field with its key."""
        for form in (self.office, self.certificate, self.rules):
            yield from ((key, form.field(key)) for key in form.values())

    def _keep_office(self, key: str, value: Any) -> None:
        self._save(key, lambda actions, session: actions.change_office(session, key, value))

    def _keep_rule(self, key: str, value: Any) -> None:
        self._save(key, lambda actions, session: actions.change_rule(session, key, value))

    def _save(self, key: str, change: Callable[[Any, Any], Office]) -> None:
        def action(session: Any) -> Office:
            from ocop_desktop.actions import office_settings

            return change(office_settings, session)

        self._work.save(self, action, self._kept, lambda error: self._refused(key, error), quiet=True)

    def _kept(self, office: Office) -> None:
        self._shell.set_place(office.province_name)
        self._show_office(office)

    def _refused(self, key: str, error: UserError) -> None:
        """Show each problem under its field; the field just left says that it waits for the others."""
        fields = dict(self.fields())
        found = {key: text.say(error)}
        if isinstance(error, ProblemsFound):
            found = {p.place.column: text.say(p) for p in error.problems}
        for column, words in found.items():
            fields.get(column, fields[key]).set_error(words)
        if key not in found:
            fields[key].set_error(_("Chưa lưu được: hãy sửa trước mục đang báo lỗi trên trang này"))


def _share(share: Fraction) -> str:
    if share == 1:
        return _("tất cả thành viên")
    return _("từ {share} số thành viên", share=str(share))
