"""The loops that numbers go through: arrays in, arrays out, nothing checked. Whoever calls has checked."""
