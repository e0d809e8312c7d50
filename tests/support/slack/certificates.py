"""An authority that nobody knows, and a certificate that it gives."""

import datetime
import os
import ssl

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = datetime.timedelta(days=1)


def name(word):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, word)])


def signed(subject, key, issuer, issuer_key, **extensions):
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (x509.CertificateBuilder().subject_name(name(subject))
            .issuer_name(name(issuer)).public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - DAY).not_valid_after(now + DAY)
            .add_extension(x509.BasicConstraints(
                ca=subject == issuer, path_length=None), critical=True))
    if "host" in extensions:
        made = made.add_extension(x509.SubjectAlternativeName(
            [x509.DNSName(extensions["host"])]), critical=False)
    return made.sign(issuer_key, hashes.SHA256())


def write(place, file, *parts):
    path = os.path.join(place, file)
    with open(path, "wb") as out:
        out.write(b"".join(parts))
    return path


def pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


def make(place, host):
    """The authority's file, and what a server for this host speaks with."""
    authority_key = ec.generate_private_key(ec.SECP256R1())
    key = ec.generate_private_key(ec.SECP256R1())
    authority = signed("made-up authority", authority_key,
                       "made-up authority", authority_key)
    given = signed(host, key, "made-up authority", authority_key, host=host)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(write(place, "server.pem", pem(given), private))
    return write(place, "authority.pem", pem(authority)), context
