"""PERFORM SECURITY OPERATION of the card: RSA-2048 signatures of the kinds that P1 names (domain/cards.md 1.3)."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from tests.virtual_card.apdu import StatusWord, answer

DIGEST_INFO_SHA256 = bytes.fromhex('3031300D060960864801650304020105000420')
_MODULUS_BYTES = 256
_LONGEST_VERBATIM = 245
_PSS = padding.PSS(padding.MGF1(hashes.SHA256()), hashes.SHA256.digest_size)


def sign(key: rsa.RSAPrivateKey, kind: int, data: bytes) -> bytes:
    """The response APDU with a signature of 256 bytes, or the status word that refuses."""
    if not data:
        return answer(StatusWord.WRONG_LENGTH)
    match kind:
        case 0x00:
            return _pkcs1(key, data)
        case 0x01:
            return _pkcs1(key, _sha256(data))
        case 0x02:
            return _pkcs1(key, DIGEST_INFO_SHA256 + data) if _is_digest(data) else answer(StatusWord.WRONG_DATA)
        case 0x03:
            return _pkcs1(key, DIGEST_INFO_SHA256 + _sha256(data))
        case 0x04:
            return _pss(key, data) if _is_digest(data) else answer(StatusWord.WRONG_DATA)
        case 0x05:
            return _pss(key, _sha256(data))
    return answer(StatusWord.WRONG_PARAMETERS)


def _pkcs1(key: rsa.RSAPrivateKey, message: bytes) -> bytes:
    if len(message) > _LONGEST_VERBATIM:
        return answer(StatusWord.WRONG_LENGTH)
    filler = b'\xff' * (_MODULUS_BYTES - len(message) - 3)
    block = int.from_bytes(b'\x00\x01' + filler + b'\x00' + message, 'big')
    return answer(StatusWord.SUCCESS, _private_power(key, block).to_bytes(_MODULUS_BYTES, 'big'))


def _private_power(key: rsa.RSAPrivateKey, block: int) -> int:
    numbers = key.private_numbers()
    by_p = pow(block, numbers.dmp1, numbers.p)
    by_q = pow(block, numbers.dmq1, numbers.q)
    return by_q + numbers.q * ((by_p - by_q) * numbers.iqmp % numbers.p)


def _pss(key: rsa.RSAPrivateKey, digest: bytes) -> bytes:
    return answer(StatusWord.SUCCESS, key.sign(digest, _PSS, Prehashed(hashes.SHA256())))


def _sha256(data: bytes) -> bytes:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(data)
    return digest.finalize()


def _is_digest(data: bytes) -> bool:
    return len(data) == hashes.SHA256.digest_size
