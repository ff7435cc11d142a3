"""Made-up certificates for tests of signing: an office, a clerk, a time server; and a time server at this address."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

PASSPHRASE = "mật khẩu 1"
NAME, BODY = "Nguyễn Thị Hồng Nhung", "Ủy ban nhân dân tỉnh Lạng Sơn"


@dataclass(frozen=True)
class Made:
    """A key with its certificate."""

    key: Any
    certificate: x509.Certificate

    def p12(self, passphrase: str = PASSPHRASE) -> bytes:
        return pkcs12.serialize_key_and_certificates(b"ky", self.key, self.certificate, None,
                                                     BestAvailableEncryption(passphrase.encode()))

    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def key_pem(self) -> bytes:
        return bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


@lru_cache
def _key(kind: str, _number: int = 0) -> Any:
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    return rsa.generate_private_key(65537, 2048) if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())


@lru_cache
def made(kind: str = "ec", name: str = NAME, days: tuple[int, int] = (-30, 365), signs: bool = True,
         stamps: bool = False) -> Made:
    """A certificate signed by itself.

    Args:
        kind: "ec", "rsa" or "ed25519"; days: valid from and to, counted from today; signs: whether its key usage allows signing;
        stamps: for a time server.
    """
    key, now = _key(kind), dt.datetime.now(dt.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.ORGANIZATION_NAME, BODY)])
    use = dict.fromkeys(("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
                         "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False)
    use |= {"digital_signature": signs, "content_commitment": signs, "key_agreement": not signs}
    builder = (x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
               .serial_number(x509.random_serial_number()).not_valid_before(now + dt.timedelta(days=days[0]))
               .not_valid_after(now + dt.timedelta(days=days[1]))
               .add_extension(x509.KeyUsage(**use), critical=True))
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Made(key, builder.sign(key, None if kind == "ed25519" else hashes.SHA256()))


@contextmanager
def time_server(answers: bool = True) -> Iterator[str]:
    """An RFC 3161 time server on this machine; its address. Without ``answers`` it says something else."""
    clock = made("rsa", "Máy chủ thời gian thử", stamps=True)
    key = keys.PrivateKeyInfo.load(clock.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    stamper = DummyTimeStamper(asn1.Certificate.load(clock.der()), key)

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            words = stamper.request_tsa_response(asked).dump() if answers else b"bao tri"
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Desk)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
