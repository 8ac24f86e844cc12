"""The operations of ../rules.md, exactly: numbers are rationals, and each result is rounded once to a binary32.

A float is a Python float whose value is a binary32. Infinities, NaN and the signs of zeros are left to Python's own doubles, in
which they follow the same rules; all other results come from whole numbers alone.
"""
import struct
from fractions import Fraction
from math import copysign, isfinite

INFINITY = float("inf")
NAN = float("nan")


def of_bits(pattern):
    return struct.unpack(">f", struct.pack(">I", pattern & 0xFFFFFFFF))[0]


def bits(x):
    return 0x7FC00000 if x != x else struct.unpack(">I", struct.pack(">f", x))[0]


def rounded(exact):
    """The binary32 nearest to a rational that is not zero, ties to even."""
    size = abs(exact)
    exponent = size.numerator.bit_length() - size.denominator.bit_length()
    if Fraction(2) ** exponent > size:
        exponent -= 1
    unit = Fraction(2) ** (max(exponent, -126) - 23)
    quotient, rest = divmod(size, unit)
    if 2 * rest > unit or 2 * rest == unit and quotient % 2 == 1:
        quotient += 1
    value = quotient * unit
    return copysign(INFINITY if value >= Fraction(2) ** 128 else float(value), exact)


def add(a, b):
    if not (isfinite(a) and isfinite(b)):
        return a + b
    exact = Fraction(a) + Fraction(b)
    return rounded(exact) if exact != 0 else a + b


def sub(a, b):
    return add(a, -b)


def mul(a, b):
    if not (isfinite(a) and isfinite(b)):
        return a * b
    exact = Fraction(a) * Fraction(b)
    return rounded(exact) if exact != 0 else copysign(0.0, copysign(1.0, a) * copysign(1.0, b))


def div(a, b):
    """A quotient whose divisor is not zero: no function here has another."""
    if not (isfinite(a) and isfinite(b)):
        return a / b
    exact = Fraction(a) / Fraction(b)
    return rounded(exact) if exact != 0 else copysign(0.0, copysign(1.0, a) * copysign(1.0, b))


def fma(a, b, c):
    if not (isfinite(a) and isfinite(b) and isfinite(c)):
        return a * b + c
    exact = Fraction(a) * Fraction(b) + Fraction(c)
    if exact != 0:
        return rounded(exact)
    if a == 0 or b == 0:
        return copysign(0.0, copysign(1.0, a) * copysign(1.0, b)) + c
    return 0.0
