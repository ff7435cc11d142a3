#!/usr/bin/env python3
"""Mọi việc với mã nguồn này: python3 build_spec/dev.py VIỆC [...]

  setup [run|dev|package]   tạo .venv và cài các phần đã khóa (mặc định: run)
  run [tham số]             chuẩn bị rồi mở chương trình
  test [tham số pytest]     chuẩn bị (cài cả LibreOffice nếu được) rồi chạy ruff, mypy và pytest trên mọi lõi;
                            có tham số thì chỉ pytest
  check [tham số ruff]      chuẩn bị rồi chạy ruff và mypy (--fix: ruff tự sửa chỗ sửa được)
  bench [tên]               chuẩn bị rồi đo tốc độ bằng tests/benchmarks
  words                     chuẩn bị rồi gom các câu trong mã vào resources/locale/en.po
  lock [tham số uv]         ghi lại các tệp khóa từ pyproject.toml (--upgrade: lấy bản mới hơn)
  package                   chuẩn bị rồi đóng gói chương trình vào thư mục dist/

Everything a developer does with this checkout: python3 build_spec/dev.py VERB [...]

  setup [run|dev|package]   make .venv and install the locked parts (default: run)
  run [arguments]           set up, then open the program
  test [pytest arguments]   set up (LibreOffice too, where that is allowed), then ruff, mypy and pytest on every core;
                            with arguments only pytest
  check [ruff arguments]    set up, then ruff and mypy (--fix: ruff mends what it can)
  bench [names]             set up, then the scripts of tests/benchmarks
  words                     set up, then gather the sentences of the code into resources/locale/en.po
  lock [uv arguments]       write the lock files anew from pyproject.toml (--upgrade: take newer versions)
  package                   set up, then build the one-folder program into dist/
"""

# Plain standard library, Linux and Windows. A set-up that is already right costs a few milliseconds: `.venv/ocop-setup.txt`
# holds the hash of each lock that was installed, and nothing is looked at while it agrees.

from __future__ import annotations

import codecs
import hashlib
import os
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "ocop-setup.txt")
INSTALLING = "installing"  # the whole stamp while pip works: still there afterwards, pip was killed half-way
WINDOWS = os.name == "nt"
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")
PIP = [PYTHON, "-m", "pip", "-qq", "--no-input", "--disable-pip-version-check", "install"]
# Each list holds everything in the list before it, in the same versions.
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock", "package": "requirements-package.lock"}

# What PySide6 asks of a Linux system (ldd over QtWidgets, QtNetwork and libqoffscreen.so), each with its Debian package.
# Libraries that one of these packages always brings along are not named.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libdbus-1.so.3": "libdbus-1-3", "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0", "libgssapi_krb5.so.2": "libgssapi-krb5-2", "libxkbcommon.so.0": "libxkbcommon0",
}  # fmt: skip
# The same for a window on a screen (libqxcb.so, its GLX part, libqwayland.so).
SCREEN_LIBRARIES = {
    "libwayland-cursor.so.0": "libwayland-cursor0", "libX11-xcb.so.1": "libx11-xcb1", "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0", "libxcb-icccm.so.4": "libxcb-icccm4", "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1", "libxcb-randr.so.0": "libxcb-randr0", "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-render-util.so.0": "libxcb-render-util0", "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}  # fmt: skip
# What the tests sign with, a software token, and read certificates' codes with, beside the reader of the program itself.
TEST_LIBRARIES = {os.environ.get("SOFTHSM2_LIB") or "/usr/lib/softhsm/libsofthsm2.so": "softhsm2", "libzbar.so.0": "libzbar0"}
TEST_PROGRAMS = {"softhsm2-util": "softhsm2"}
# What the tests convert every Word and Excel file with: its parts (in the folder of the program), each with its Debian package.
OFFICE_PARTS = {"libswlo.so": "libreoffice-writer-nogui", "libsclo.so": "libreoffice-calc-nogui"}


class Stop(Exception):
    """Something a person can mend, said in Vietnamese and English; the command ends with code 1."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(f"{vietnamese}\n{english}")


def say(vietnamese: str, english: str = "") -> None:
    """Tell the person what happens, at once even when the output goes to a file."""
    print("\n        ".join(filter(None, (f"dev.py: {vietnamese}", english))), flush=True)


def plain_letters(error: UnicodeError) -> tuple[str, int]:
    """Write letters that a console or file cannot hold without their marks: "Đang tạo" as "Dang tao", never as "?ang t?o"."""
    import unicodedata

    assert isinstance(error, UnicodeEncodeError)
    letters = unicodedata.normalize("NFD", error.object[error.start : error.end].replace("đ", "d").replace("Đ", "D"))
    return letters.encode("ascii", "ignore").decode() or "?", error.end


def call(*command: str, **environment: str) -> int:
    """Run a command from the repository's top folder and give its exit code."""
    return subprocess.call(command, cwd=ROOT, env={**os.environ, **environment})


def works(*command: str) -> bool:
    """Run a command without showing what it says; tell whether it went well."""
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def wanted(name: str) -> str:
    """Give the stamp's line for a lock file as it is now."""
    try:
        with open(os.path.join(ROOT, "build_spec", LOCKS[name]), "rb") as file:
            text = file.read().replace(b"\r\n", b"\n")
    except FileNotFoundError:
        raise Stop(f"Thiếu build_spec/{LOCKS[name]}; lệnh “dev.py lock” ghi lại tệp này.",
                   f"build_spec/{LOCKS[name]} is missing; `dev.py lock` writes it.") from None
    return f"{name} {hashlib.sha256(text).hexdigest()} {os.path.realpath(PYTHON)}"


def stamped() -> list[str]:
    """Give the stamp's lines; none for a .venv that is missing, half made or made by hand."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            return file.read().splitlines()
    except OSError:
        return []


def is_set_up(name: str) -> bool:
    """Tell whether .venv holds what this lock lists, for the interpreter it has now."""
    return wanted(name) in stamped() and os.path.exists(PYTHON)


def write_stamp(lines: list[str]) -> None:
    """Replace the stamp."""
    with open(STAMP, "w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def set_up(name: str) -> None:
    """Bring .venv to what the lock `name` lists; return at once when it is there already."""
    if is_set_up(name):
        return
    with open(__file__, encoding="utf-8") as turn:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(turn, fcntl.LOCK_EX)  # two terminals at once: the second waits, then finds the work done
        if not is_set_up(name):
            check_libraries()
            make_venv()
            install(name)
            say("Đã chuẩn bị xong.", "The set-up is complete.")


def make_venv() -> None:
    """Make .venv, or mend it where its interpreter or its pip does not start. One that works is kept, whoever made it."""
    killed = stamped() == [INSTALLING]
    if venv_works() and not killed:
        return
    check_venv_module()
    say("Đang tạo .venv ...", "Making .venv ...")
    if not killed and call(sys.executable, "-m", "venv", VENV) == 0 and venv_works():
        return
    say("Thư mục .venv đang có không sửa được; đang tạo lại ...", "The .venv that is there cannot be mended; making it anew ...")
    if call(sys.executable, "-m", "venv", "--clear", VENV) != 0 or not venv_works():
        raise Stop(f"Không tạo được thư mục {VENV}; các dòng trên cho biết lý do. Ổ đĩa còn chỗ và cho ghi không?",
                   f"Could not make the folder {VENV}; the lines above say why. Is the disk full, or the folder read-only?")


def venv_works() -> bool:
    """Tell whether .venv has an interpreter that is new enough and has pip."""
    return works(PYTHON, "-c", f"import sys, pip; sys.exit(sys.version_info < {OLDEST} or sys.prefix == sys.base_prefix)")


def check_venv_module() -> None:
    """Make sure that this Python can make virtual environments: Debian keeps that in a package of its own."""
    test = (sys.executable, "-c", "import venv, ensurepip")
    packages = [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]
    if not works(*test) and not (apt_install(packages) and works(*test)):
        raise Stop(f"Bản Python này không tạo được môi trường riêng. Trên Debian hoặc Ubuntu: {apt_line(packages)}",
                   f"This Python cannot make a virtual environment. On Debian or Ubuntu: {apt_line(packages)}")


def install(name: str) -> None:
    """Install a lock with pip, every file checked against its hash."""
    write_stamp([INSTALLING])
    lock = os.path.join(ROOT, "build_spec", LOCKS[name])
    say(f"Đang cài các phần ghi trong build_spec/{LOCKS[name]} (lần đầu tải khoảng 100 MB) ...",
        f"Installing the parts listed in build_spec/{LOCKS[name]} (the first time some 100 MB are fetched) ...")
    code = call(*PIP, "--require-hashes", "--no-deps", "-r", lock)
    names = list(LOCKS)
    write_stamp([] if code else [wanted(other) for other in names[: names.index(name) + 1]])
    if code != 0:
        raise Stop(
            "pip không cài được mọi thứ; các dòng trên của pip cho biết lý do. "
            "Máy có mạng không, mạng có cho pip tải gói không? Sau đó chạy lại đúng lệnh này.",
            "pip could not install everything; its own lines above say what failed. "
            "Is there a network, and does it let pip reach a package index? Then start the same command again.",
        )


def check_libraries() -> None:
    """On Linux: see that Qt's system libraries are there, and install them where that is allowed."""
    if not sys.platform.startswith("linux"):
        return
    everything = {**QT_LIBRARIES, **SCREEN_LIBRARIES}
    packages = missing_packages(everything)
    if not packages or (apt_install(packages) and not missing_packages(everything)):
        return
    libraries = ", ".join(name for name in everything if everything[name] in packages)
    line = apt_line(packages)
    vietnamese = f"Qt cần những thư viện hệ thống chưa có: {libraries}.\nTrên Debian hoặc Ubuntu: {line}"
    english = f"Qt needs system libraries that are not here: {libraries}.\nOn Debian or Ubuntu: {line}"
    if missing_packages(QT_LIBRARIES):
        raise Stop(vietnamese, english)
    say(f"{vietnamese}\nThiếu chúng, cửa sổ có thể không mở được.", f"{english}\nWithout them the window may not open.")


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """Give the Debian packages of those libraries that the system cannot load."""
    import ctypes

    missing = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def apt_line(packages: list[str]) -> str:
    """Give the one line a person types to install packages."""
    return f"sudo apt-get update && sudo apt-get install {' '.join(packages)}"


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages without questions; False where this is not Debian, not root, or it failed."""
    import shutil

    if sys.platform == "win32" or not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    say(f"Đang cài gói hệ thống: {' '.join(packages)} ...", f"Installing system packages: {' '.join(packages)} ...")
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        code = subprocess.call(apt + command, env=environment, stdout=subprocess.DEVNULL)
    return code == 0  # where only the update failed, the packages may have been known already


def missing_office() -> list[str]:
    """Give the Debian packages of the parts of LibreOffice that are not here."""
    import shutil

    program = shutil.which("soffice")
    if not program:
        return list(OFFICE_PARTS.values())
    folder = os.path.dirname(os.path.realpath(program))
    return [package for part, package in OFFICE_PARTS.items() if not os.path.exists(os.path.join(folder, part))]


def install_for_tests() -> None:
    """On Debian as root: install what tests need and is missing; elsewhere the tests that need it fail."""
    import shutil

    if not sys.platform.startswith("linux"):
        return
    programs = [package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)]
    packages = list(dict.fromkeys([*missing_office(), *missing_packages(TEST_LIBRARIES), *programs]))
    if packages and not apt_install(packages):
        say(f"Thiếu những phần bài kiểm tra cần nên vài bài sẽ không đạt: {apt_line(packages)}",
            f"Parts that tests need are not here, so some will fail: {apt_line(packages)}")


def setup(arguments: list[str]) -> int:
    """Set up only."""
    name = arguments[0] if arguments else "run"
    if name not in LOCKS:
        raise Stop(f"Không có cách chuẩn bị “{name}”; có: {', '.join(LOCKS)}.",
                   f"There is no set-up called {name!r}; there are: {', '.join(LOCKS)}.")
    set_up(name)
    return 0


def run(arguments: list[str]) -> int:
    """Open the program; on Linux this process becomes it. Relative paths among the arguments stay the person's own."""
    set_up("run")
    command = [PYTHON, "-m", "ocop_desktop", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [ROOT, os.environ.get("PYTHONPATH")]))}
    if WINDOWS:
        return subprocess.call(command, env=environment)
    os.execve(PYTHON, command, environment)


def check(arguments: list[str]) -> int:
    """Run ruff and mypy; both, so that one visit shows everything."""
    set_up("dev")
    say("ruff ...")
    ruff = call(PYTHON, "-m", "ruff", "check", *arguments, ".")
    say("mypy ...")
    return call(PYTHON, "-m", "mypy") or ruff


def test(arguments: list[str]) -> int:
    """Run the checks and all tests, or with arguments only the tests they name; no window is opened."""
    import threading

    set_up("dev")
    parts = threading.Thread(target=install_for_tests)  # beside the checks: half a minute where they are missing
    parts.start()
    checks = 0 if arguments else check([])
    parts.join()
    # The whole suite on every core, and one more: tests also wait, for LibreOffice, for programs they start, for the disk.
    options = arguments or ["-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal"]
    say(" ".join(["pytest", *options, "..."]))
    tests = call(PYTHON, "-m", "pytest", *options, QT_QPA_PLATFORM="offscreen")
    if checks and not tests:
        say("Các bài kiểm tra đạt, nhưng ruff hoặc mypy thấy lỗi: xem ở trên.",
            "The tests passed, but ruff or mypy found something: see above.")
    return tests or checks


def bench(arguments: list[str]) -> int:
    """Run the measurements, with everything compiled first and on no screen unless one is named."""
    set_up("dev")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    call(PYTHON, "-m", "compileall", "-q", "ocop_desktop", "tests")
    return call(PYTHON, "-m", "tests.benchmarks", *arguments, QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))


def lock(arguments: list[str]) -> int:
    """Write the lock files anew: each holds the one before it, with the same versions."""
    make_venv()
    if not works(PYTHON, "-m", "uv", "--version") and call(*PIP, "uv") != 0:
        raise Stop("pip không cài được uv, phần ghi các tệp khóa. Máy có mạng không?",
                   "pip could not install uv, which writes the lock files. Is there a network?")
    uv = [PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes", "--universal", "--no-header"]
    options: list[str] = []
    for name, file in LOCKS.items():
        options += [] if name == "run" else ["--extra", name]
        say(f"Đang ghi build_spec/{file} ...", f"Writing build_spec/{file} ...")
        if call(*uv, "--python-version", "3.11", *arguments, *options, "pyproject.toml", "-o", f"build_spec/{file}") != 0:
            return 1
        options += ["--constraint", f"build_spec/{file}"]
    return 0


def package(arguments: list[str]) -> int:
    """Build the program as one folder, dist/ocop-desktop, that starts without Python."""
    set_up("package")
    return call(PYTHON, "-m", "PyInstaller", "--noconfirm", *arguments, os.path.join("build_spec", "ocop_desktop.spec"))


def words(arguments: list[str]) -> int:
    """Bring the English catalogue up to date with the sentences in the code."""
    set_up("dev")
    return call(PYTHON, os.path.join("build_spec", "words.py"), *arguments)


VERBS = {
    "setup": setup,
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "words": words,
    "lock": lock,
    "package": package,
}


def main() -> int:
    """Carry out the verb of the command line and give the exit code."""
    if sys.version_info < OLDEST:
        raise Stop(f"OCOP Desktop cần Python 3.11 trở lên; đây là {sys.version.split()[0]}.",
                   f"OCOP Desktop needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if len(sys.argv) < 2 or sys.argv[1] not in VERBS:
        print(__doc__)
        return 0 if sys.argv[1:2] in (["-h"], ["--help"], ["help"]) else 2
    return VERBS[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    codecs.register_error("plain letters", plain_letters)
    for stream in (sys.stdout, sys.stderr):  # Windows hands a file or pipe an encoding without Vietnamese letters
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="plain letters")
    try:
        sys.exit(main())
    except Stop as stop:
        sys.exit(f"dev.py: {stop}")
    except KeyboardInterrupt:
        sys.exit(130)
