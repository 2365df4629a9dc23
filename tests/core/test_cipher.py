"""Personal data is sealed at rest, opens with the right key only, and survives a change of keys."""

import pytest

from wenxi_portal.core import cipher

NUMBER = "13900000000"


def test_a_sealed_text_opens_and_hides_what_it_holds():
    sealed = cipher.seal(NUMBER, context="a.b")
    assert NUMBER not in sealed
    assert cipher.unseal(sealed, context="a.b") == NUMBER


def test_equal_texts_look_different_but_share_their_index():
    assert cipher.seal(NUMBER, context="a.b") != cipher.seal(NUMBER, context="a.b")
    assert cipher.keyed_index(NUMBER, context="a.b") == cipher.keyed_index(NUMBER, context="a.b")
    assert cipher.keyed_index(NUMBER, context="a.b") != cipher.keyed_index(NUMBER, context="a.c")


def test_a_text_moved_to_another_column_does_not_open():
    with pytest.raises(cipher.CipherError):
        cipher.unseal(cipher.seal(NUMBER, context="a.b"), context="a.c")


@pytest.mark.parametrize("damaged", ["aes:1:AAAA", "aes:9:AAAA", "sm4:1:AAAA", "nonsense", "aes:x:AAAA"])
def test_what_cannot_be_opened_says_so(damaged):
    with pytest.raises(cipher.CipherError):
        cipher.unseal(damaged, context="a.b")


def test_a_new_key_seals_and_the_old_one_still_opens(settings):
    before = cipher.seal(NUMBER, context="a.b")
    settings.FIELD_KEYS = {**settings.FIELD_KEYS, 2: b"2" * 32}
    after = cipher.seal(NUMBER, context="a.b")
    assert (cipher.key_version(before), cipher.key_version(after)) == (1, 2)
    assert cipher.unseal(before, context="a.b") == cipher.unseal(after, context="a.b") == NUMBER
