"""The real server behind a misbehaving network, killed at random, while phones hand in their work: what is lost, what is doubled?

python -m rukun.phone.tests.faults --items 10000 --kills 25
"""
