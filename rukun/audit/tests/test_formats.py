"""What is hashed and what is signed is defined once, and read by tools that are not ours."""

from base64 import b64decode
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from nacl.signing import SigningKey

from rukun.audit import keys
from rukun.audit.held import read_held
from rukun.audit.leaf import canonical, moment
from rukun.audit.seal import BadCheckpoint, Checkpoint, Signer, Verifier, read

NOTE = 'Rumah "gadang"\\ \u007f é € \U0001f600 \u2028 \x0f\n\r\t\b\f /'


def test_the_canonical_form_is_that_of_rfc_8785():
    body = {"b": NOTE, "a": "1", "z_9": "", "Z": "x", "n": 7, "simulated": False}
    assert canonical(body) == rfc8785.dumps(body)


def test_a_moment_is_hashed_alike_whichever_way_a_database_hands_it_out():
    at = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
    jakarta = at.astimezone(timezone(timedelta(hours=7)))
    assert {moment(at), moment(jakarta), moment("2026-11-25 06:30:00"), moment("2026-11-25 06:30:00+00:00")} == {
        "2026-11-25T06:30:00.000000Z"
    }


def test_a_verifier_key_is_read_as_go_writes_it():
    text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert str(Verifier.parse(text)) == text


def test_a_note_that_go_has_signed_is_verified():
    verifier = Verifier.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    signature = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    raw = b64decode(signature)
    assert raw[:4] == verifier.mark
    assert verifier.signed(text, raw[4:])
    assert not verifier.signed(text + " ", raw[4:])


def test_a_checkpoint_is_read_back_only_as_it_was_signed():
    signer = Signer.new("rukun.latihan")
    point = Checkpoint("rukun.latihan", 20_852_163, bytes(range(32)))
    note = signer.sign(point)
    assert note.startswith("rukun.latihan\n20852163\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n— rukun.latihan ")
    assert read(note, [signer.verifier]) == point
    for at in range(len(note)):
        for letter in ("A", "\n", "0"):
            forged = note[:at] + letter + note[at + 1 :]
            if forged != note:
                try:
                    assert read(forged, [signer.verifier]) == point  # only what lies outside of the signed text may differ
                except BadCheckpoint:
                    continue
                assert forged.partition("\n\n")[0] == note.partition("\n\n")[0]


def test_a_checkpoint_of_another_key_or_another_book_is_refused():
    signer = Signer.new("rukun.latihan")
    note = signer.sign(Checkpoint("rukun.latihan", 5, bytes(32)))
    with pytest.raises(BadCheckpoint, match="no signature of a known key"):
        read(note, [Signer("rukun.latihan", SigningKey.generate()).verifier])
    with pytest.raises(BadCheckpoint, match="for a book called"):
        read(signer.sign(Checkpoint("rukun.nyata", 5, bytes(32))), [signer.verifier])


@pytest.mark.parametrize("text", ["", "x", "a\nb\nc\n\n", "a\n1\n!!\n\n— a AA==\n", "{", '{"checkpoint": 3}', "[]"])
def test_a_broken_checkpoint_is_refused_in_words(text):
    with pytest.raises(BadCheckpoint):
        read_held(text, [Signer.new("a").verifier])


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path):
    signer, again = keys.signer(tmp_path, "rukun.latihan"), keys.signer(tmp_path, "another name")
    assert signer == again
    assert keys.verifiers(tmp_path) == [signer.verifier]
    keys.tagging(tmp_path)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in (keys.SIGNING, keys.TAGGING)] == [0o600, 0o600]


def test_a_book_cannot_be_called_what_its_seals_could_not_carry():
    for name in ("", "dua kata", "a+b", "a\nb"):
        with pytest.raises(ValueError, match="can't be called"):
            Signer.new(name)
