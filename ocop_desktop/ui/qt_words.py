"""What Qt says by itself - in its file and print dialogs, in the menus of text fields - in Vietnamese; Qt ships none."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

from ocop_desktop import text

WORDS = {  # without the marks of their keys
    # buttons
    "OK": "Đồng ý", "Cancel": "Thôi", "Close": "Đóng", "Yes": "Có", "No": "Không", "Open": "Mở", "Save": "Lưu",
    "Choose": "Chọn", "Apply": "Áp dụng", "Help": "Trợ giúp",
    # choosing a file
    "Look in:": "Thư mục:", "Back": "Lùi", "Go back": "Lùi", "Forward": "Tới", "Go forward": "Tới",
    "Parent Directory": "Thư mục trên", "Go to the parent directory": "Lên thư mục trên",
    "Create New Folder": "Tạo thư mục mới", "Create a New Folder": "Tạo thư mục mới", "New Folder": "Thư mục mới",
    "List View": "Dạng danh sách", "Change to list view mode": "Xem dạng danh sách", "Detail View": "Dạng chi tiết",
    "Change to detail view mode": "Xem dạng chi tiết", "Sidebar": "Các nơi hay dùng",
    "List of places and bookmarks": "Các nơi hay dùng", "Files": "Tệp", "File name:": "Tên tệp:",
    "Files of type:": "Loại tệp:", "Directory:": "Thư mục:", "Directories": "Thư mục", "Rename": "Đổi tên", "Delete": "Xóa",
    "Remove": "Bỏ", "Show hidden files": "Hiện tệp ẩn", "All Files (*)": "Mọi tệp (*)", "All files (*)": "Mọi tệp (*)",
    "Find Directory": "Chọn thư mục", "Save As": "Lưu thành", "Recent Places": "Nơi mới dùng", "My Computer": "Máy này",
    "Computer": "Máy này", "Drive": "Ổ đĩa", "File": "Tệp", "%1 File": "Tệp %1", "File Folder": "Thư mục",
    "Folder": "Thư mục", "Name": "Tên", "Size": "Cỡ", "Type": "Loại", "Kind": "Loại", "Date Modified": "Ngày sửa",
    "Unknown": "Không rõ", "%1 already exists.\nDo you want to replace it?": "%1 đã có rồi.\nThay tệp ấy bằng tệp mới?",
    "%1\nFile not found.\nPlease verify the correct file name was given.": "%1\nKhông có tệp này; hãy xem lại tên tệp.",
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.":
        "%1\nKhông có thư mục này; hãy xem lại tên.",
    "Are you sure you want to delete '%1'?": "Xóa “%1”?", "Could not delete directory.": "Không xóa được thư mục.",
    "'%1' is write protected.\nDo you want to delete it anyway?": "“%1” đang cấm ghi.\nVẫn xóa?",
    # printing
    "Print": "In", "Printer": "Máy in", "Name:": "Tên:", "Properties": "Thuộc tính", "Location:": "Nơi đặt:",
    "Preview": "Xem trước", "Type:": "Loại:", "Output file:": "In vào tệp:", "Print to File (PDF)": "In vào tệp (PDF)",
    "Print To File ...": "In vào tệp…", "Write PDF file": "Ghi tệp PDF", "Local file": "Tệp trên máy này",
    "Options": "Tùy chọn", "Options >>": "Thêm tùy chọn", "Options <<": "Bớt tùy chọn", "Copies": "Bản in",
    "Copies:": "Số bản:", "Collate": "Xếp theo bộ", "Print range": "Phần in", "Print all": "In tất cả",
    "Pages from": "Từ trang", "to": "đến", "Pages": "Các trang", "Current Page": "Trang đang xem",
    "Selection": "Phần đã chọn", "Page Set:": "Trang:", "All Pages": "Mọi trang", "Odd Pages": "Trang lẻ",
    "Even Pages": "Trang chẵn", "Output Settings": "Cách in", "Reverse": "In ngược từ cuối", "Color Mode": "Màu",
    "Color": "Màu", "Grayscale": "Đen trắng", "Duplex Printing": "In hai mặt", "None": "Không", "Long side": "Lật cạnh dài",
    "Short side": "Lật cạnh ngắn", "Job Options": "Tùy chọn lần in", "Advanced": "Nâng cao", "Paper": "Giấy",
    "Page size:": "Khổ giấy:", "Width:": "Rộng:", "Height:": "Cao:", "Paper source:": "Khay giấy:",
    "Orientation": "Chiều giấy", "Portrait": "Dọc", "Landscape": "Ngang", "Reverse landscape": "Ngang, ngược",
    "Reverse portrait": "Dọc, ngược", "Margins": "Lề", "top margin": "lề trên", "left margin": "lề trái",
    "right margin": "lề phải", "bottom margin": "lề dưới", "Page Layout": "Bố trí trang", "Page order:": "Thứ tự trang:",
    "Pages per sheet:": "Số trang mỗi tờ:", "Automatic": "Tự động",
    "%1 already exists.\nDo you want to overwrite it?": "%1 đã có rồi.\nGhi đè lên tệp ấy?",
    "%1 is a directory.\nPlease choose a different file name.": "%1 là thư mục; hãy đặt tên tệp khác.",
    "File %1 is not writable.\nPlease choose a different file name.": "Không ghi được vào %1; hãy chọn tên tệp khác.",
    "Off": "Không", "Double Sided Printing": "In hai mặt", "Long side binding": "Lật cạnh dài",
    "Short side binding": "Lật cạnh ngắn",
    "Specify pages or ranges separated by commas. Ranges are specified by two numbers separated by a hyphen. "
    "E.g: 3,5-7,9 prints pages 3, 5, 6, 7 and 9.":
        "Các trang cách nhau bằng dấu phẩy, khoảng trang bằng gạch nối; ví dụ 3,5-7,9 in trang 3, 5, 6, 7 và 9.",
    # text fields
    "Undo": "Hoàn tác", "Redo": "Làm lại", "Cut": "Cắt", "Copy": "Chép", "Paste": "Dán", "Select All": "Chọn tất cả",
    "Clear": "Xóa chữ",
}


class QtWords(QTranslator):
    """Asked by Qt for every sentence of its own; in English, and for what is not known here, Qt speaks for itself."""

    def translate(self, _context: str, said: str, _note: str | None = None, _count: int = -1) -> str:
        return WORDS.get(said.replace("&", ""), said) if text.language() == "vi" else said

    def isEmpty(self) -> bool:
        return False
