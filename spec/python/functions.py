"""tanh and gelu with their derivatives, as ../functions.md has them, one operation a line; and the shuffle of ../runs.md."""
from floats import NAN, add, bits, div, fma, mul, of_bits, sub

ROUNDER = of_bits(0x4B400000)
LIFTED = of_bits(0x4B40009F)
HIGHER = of_bits(0x4F800000)
LOWER = of_bits(0x2F800000)
LOG2_E = of_bits(0x3FB8AA3B)
MINUS_LN2_HI = of_bits(0xBF317218)
MINUS_LN2_LO = of_bits(0x3102E308)
Q = [of_bits(p) for p in (0x3EFFFFFE, 0x3E2AAA49, 0x3D2AAC5C, 0x3C091CD5, 0x3AB52296)]
TWICE = of_bits(0x4B400080)
TANH = [of_bits(p) for p in (0xBEAAAAA3, 0x3E0885E9, 0xBD5C7739, 0x3CABA87B, 0xBBC80A64)]
GELU_N = [of_bits(p) for p in (0xBFE42EE7, 0xBF874E7D, 0xBE9481C5, 0xBD0C1F0A)]
GELU_M = [of_bits(p) for p in (0x3FFA83B1, 0x3FDFB208, 0x3F3D5FB6, 0x3E2A4DC6, 0x3C8C26E4)]


def horner(x, coefficients):
    y = fma(x, coefficients[-1], coefficients[-2])
    for c in reversed(coefficients[:-2]):
        y = fma(x, y, c)
    return y


def growth(r):
    return fma(r, horner(r, Q), 1.0)


def power(l):
    return NAN if l != l else of_bits(bits(l) << 23)


def lifted(x):
    l = fma(x, LOG2_E, LIFTED)
    n = sub(l, LIFTED)
    exact = fma(n, MINUS_LN2_HI, x)
    r = fma(n, MINUS_LN2_LO, exact)
    m = fma(r, growth(r), 1.0)
    return mul(m, power(l))


def logistic_derivative(x):
    a = abs(x)
    a = 104.0 if a > 104.0 else a
    e = lifted(-a)
    total = add(HIGHER, e)
    q = div(e, total)
    s = fma(-e, q, e)
    t = mul(-s, LOWER)
    y = fma(t, s, s)
    return mul(y, LOWER)


def tanh(x):
    s = mul(x, x)
    if s >= of_bits(0x3EA66666):
        a = abs(x)
        a = of_bits(0x4111999A) if a > of_bits(0x4111999A) else a
        c = mul(-2.0, a)
        l = fma(c, LOG2_E, TWICE)
        n = sub(l, TWICE)
        r = fma(n, MINUS_LN2_HI, c)
        m = fma(r, growth(r), 1.0)
        twice = mul(m, power(l))
        d = fma(0.5, twice, 1.0)
        q = div(twice, d)
        y = sub(1.0, q)
        return -y if x < 0 else y
    p = horner(s, TANH)
    g = fma(s, p, 1.0)
    return mul(x, g)


def tanh_derivative(x):
    return mul(4.0, logistic_derivative(mul(2.0, x)))


def gelu_parts(x):
    a = abs(x)
    c = of_bits(0x4169999A) if a > of_bits(0x4169999A) else a
    h = mul(-0.5, c)
    s = mul(h, c)
    l = fma(s, LOG2_E, LIFTED)
    n = sub(l, LIFTED)
    exact = fma(n, MINUS_LN2_HI, s)
    lost = fma(h, c, -s)
    r = add(exact, lost)
    q = div(horner(c, GELU_N), horner(c, GELU_M))
    q = add(of_bits(0x40206C99), q)
    return c, r, l, fma(c, q, 2.0)


def gelu(x):
    c, r, l, divisor = gelu_parts(x)
    cr = mul(c, r)
    t = fma(cr, growth(r), c)
    t = mul(t, of_bits(0x5F800000))
    t = div(t, divisor)
    t = mul(t, power(l))
    z = -0.0 if x < 0 else x
    return fma(-t, of_bits(0x0F800000), z)


def gelu_derivative(x):
    c, r, l, divisor = gelu_parts(x)
    part = div(1.0, divisor)
    left = fma(of_bits(0xBECC422A), c, part)
    left = mul(left, of_bits(0x5F800000))
    left = mul(left, fma(r, growth(r), 1.0))
    left = mul(left, power(l))
    below = mul(left, of_bits(0x0F800000))
    above = fma(-left, of_bits(0x0F800000), 1.0)
    return below if x < 0 else above


class Generator:
    def __init__(self, seed):
        self.state = seed

    def next_long(self):
        mask = 2 ** 64 - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & mask
        z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
        return z ^ z >> 31

    def next_int(self, bound):
        limit = 2 ** 32 // bound * bound
        draw = self.next_long() >> 32
        while draw >= limit:
            draw = self.next_long() >> 32
        return draw % bound

    def shuffle(self, values):
        for i in range(len(values) - 1, 0, -1):
            j = self.next_int(i + 1)
            values[i], values[j] = values[j], values[i]
