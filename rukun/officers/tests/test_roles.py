"""Who gives which role to whom, and where it can be held."""

def test_cast(world):
    assert world.sari.account.nrp == "02051101"
