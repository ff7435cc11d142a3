"""What a person signs PDFs with: a certificate file (PKCS#12) or a USB token (PKCS#11), opened with its secret for a while.

The secret is held only as long as the key is open; it is never written anywhere, and no message repeats it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ocop_desktop.errors import UserError, missing_file, why

USES = ("digital_signature", "non_repudiation")  # key usages, one of which a certificate must allow
HEAVIEST = 1 << 20  # bytes of a certificate file


@dataclass(frozen=True)
class KeyFile:
    """A certificate file and its passphrase."""

    path: Path
    passphrase: str = field(repr=False)


@dataclass(frozen=True)
class Token:
    """A USB token: the library its maker gives, its PIN, and its label where several are plugged in."""

    library: Path
    pin: str = field(repr=False)
    label: str = ""


@dataclass(frozen=True)
class Holder:
    """Whose certificate it is."""

    name: str
    body: str
    issuer: str
    serial: str
    begins: dt.datetime
    ends: dt.datetime


@dataclass(frozen=True)
class SigningKey:
    """An open key: whose it is, and what pyHanko signs with."""

    holder: Holder
    signer: Any


@contextlib.contextmanager
def opened(source: KeyFile | Token, now: dt.datetime | None = None) -> Iterator[SigningKey]:
    """Open a key for signing any number of papers.

    Args:
        now: the moment the certificate must be valid at.

    Raises:
        UserError: file or token is missing, the secret is wrong, there is no key, or the certificate is not for signing now.
    """
    if isinstance(source, KeyFile):
        signer = _of_file(source)
        yield SigningKey(_checked(signer.signing_cert, now), signer)
        return
    import pkcs11

    session = _session(source)
    try:
        signer = _of_token(session)
        yield SigningKey(_checked(signer.signing_cert, now), signer)
    except pkcs11.exceptions.PKCS11Error as error:
        raise _removed() from error
    finally:
        with contextlib.suppress(pkcs11.exceptions.PKCS11Error):
            session.close()


def tokens(library: Path) -> tuple[str, ...]:
    """Labels of the tokens plugged in, as a maker's library sees them.

    Raises:
        UserError: the library cannot be used.
    """
    return tuple(_label(token) for token in _tokens(library))


def holder_of(certificate: Any) -> Holder:
    """Whose certificate it is; ``certificate`` as asn1crypto reads it."""
    subject = certificate.subject.native
    name, body = (_one(subject.get(key)) for key in ("common_name", "organization_name"))
    issuer = certificate.issuer.native
    validity = certificate["tbs_certificate"]["validity"]
    return Holder(name or body, body if name else "", _one(issuer.get("common_name")) or _one(issuer.get("organization_name")),
                  f"{certificate.serial_number:x}", validity["not_before"].native, validity["not_after"].native)


def _one(value: Any) -> str:
    return str(value[0] if isinstance(value, list) else value or "")


def _checked(certificate: Any, now: dt.datetime | None) -> Holder:
    holder, moment = holder_of(certificate), now or dt.datetime.now(dt.UTC)
    if moment > holder.ends:
        raise UserError("Chứng thư số của {name} đã hết hạn ngày {date}; hãy gia hạn chứng thư rồi ký lại.", name=holder.name,
                        date=f"{holder.ends:%d/%m/%Y}")
    if moment < holder.begins:
        raise UserError("Chứng thư số của {name} đến ngày {date} mới có hiệu lực; hãy xem lại ngày giờ của máy.",
                        name=holder.name, date=f"{holder.begins:%d/%m/%Y}")
    uses = certificate.key_usage_value
    if uses is not None and not uses.native & set(USES):
        raise UserError("Chứng thư số của {name} không dùng để ký được; hãy chọn chứng thư ký số.", name=holder.name)
    return holder


# -- a certificate file ---------------------------------------------------------------------------------------------------


def _of_file(source: KeyFile) -> Any:
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    content = _read(source.path)
    try:
        found = pkcs12.load_pkcs12(content, source.passphrase.encode() or None)
    except ValueError as error:
        raise UserError("Mật khẩu của tệp chứng thư {file} chưa đúng. Hãy gõ lại.", file=source.path.name) from error
    if found.key is None or found.cert is None:
        raise UserError("Tệp {file} không có khóa để ký; hãy chọn tệp chứng thư có khóa riêng.", file=source.path.name)
    if not isinstance(found.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise UserError("Chứng thư trong {file} dùng loại khóa không ký PDF được; hãy dùng chứng thư RSA hoặc ECDSA.",
                        file=source.path.name)
    store = SimpleCertificateStore()
    store.register_multiple(x509.Certificate.load(one.certificate.public_bytes(Encoding.DER)) for one in found.additional_certs)
    key: Any = found.key
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(found.cert.certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        cert_registry=store)


def _read(path: Path) -> bytes:
    from asn1crypto import pkcs12

    try:
        content = path.read_bytes() if path.stat().st_size <= HEAVIEST else b""
    except FileNotFoundError as error:
        raise missing_file(path) from error
    except OSError as error:
        raise UserError("Không đọc được {file}: {reason}. Hãy cắm lại USB rồi thử lại.", file=str(path),
                        reason=why(error)) from error
    try:
        pkcs12.Pfx.load(content, strict=True).native  # noqa: B018 - reading it all shows whether it is one
    except (ValueError, TypeError) as error:
        raise UserError("{file} không phải tệp chứng thư số (.p12, .pfx); hãy chọn tệp khác.", file=path.name) from error
    return content


# -- a token --------------------------------------------------------------------------------------------------------------


def _tokens(library: Path) -> list[Any]:
    import pkcs11

    if not library.is_file():
        raise missing_file(library)
    try:
        return [slot.get_token() for slot in pkcs11.lib(str(library)).get_slots(token_present=True) if _ready(slot)]
    except (pkcs11.exceptions.PKCS11Error, RuntimeError, OSError, ValueError) as error:
        raise UserError("Không dùng được thư viện {file} của thiết bị ký; hãy chọn đúng tệp thư viện của nhà cung cấp.",
                        file=library.name) from error


def _ready(slot: Any) -> bool:
    from pkcs11 import TokenFlag

    return bool(slot.get_token().flags & TokenFlag.TOKEN_INITIALIZED)


def _label(token: Any) -> str:
    return str(token.label).strip().rstrip("\x00")


def _session(source: Token) -> Any:
    from pkcs11 import exceptions

    found = [t for t in _tokens(source.library) if not source.label or _label(t) == source.label]
    if not found and source.label:
        raise UserError("Không thấy thiết bị ký “{label}”. Hãy cắm thiết bị rồi thử lại.", label=source.label)
    if not found:
        raise UserError("Chưa cắm thiết bị ký nào. Hãy cắm thiết bị rồi thử lại.")
    if len(found) > 1:
        raise UserError("Đang cắm nhiều thiết bị ký: {labels}. Hãy ghi tên thiết bị muốn dùng.",
                        labels=", ".join(map(_label, found)))
    try:
        return found[0].open(user_pin=source.pin)
    except exceptions.PinLocked as error:
        raise UserError("Thiết bị ký đã bị khóa vì gõ sai mã PIN nhiều lần; hãy liên hệ nơi cấp thiết bị.") from error
    except (exceptions.PinIncorrect, exceptions.PinLenRange, exceptions.PinInvalid, exceptions.ArgumentsBad) as error:
        raise UserError("Mã PIN của thiết bị ký chưa đúng. Hãy gõ lại; gõ sai nhiều lần thiết bị sẽ bị khóa.") from error
    except exceptions.PKCS11Error as error:
        raise _removed() from error


def _removed() -> UserError:
    return UserError("Thiết bị ký không trả lời; có thể đã bị rút ra. Hãy cắm lại rồi ký lại.")


def _of_token(session: Any) -> Any:
    """The certificate on the token that has its key there; of several the one that ends last."""
    from asn1crypto import x509
    from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
    from pyhanko.sign.pkcs11 import PKCS11Signer

    private = {bytes(key[Attribute.ID]): key for key in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})}
    found = [(x509.Certificate.load(one[Attribute.VALUE]), bytes(one[Attribute.ID]))
             for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})]
    usable = [(certificate, id) for certificate, id in found if id in private]
    if not usable:
        raise UserError("Thiết bị ký không có chứng thư số nào kèm khóa để ký.")
    certificate, id = max(usable, key=lambda pair: pair[0]["tbs_certificate"]["validity"]["not_after"].native)
    direct = Mechanism.ECDSA_SHA256 if private[id].key_type == KeyType.EC else Mechanism.SHA256_RSA_PKCS
    raw = direct not in session.token.slot.get_mechanisms()  # then the hash is made here, and only signed there
    return PKCS11Signer(session, signing_cert=certificate, ca_chain=[c for c, _id in found], key_id=id, use_raw_mechanism=raw)
