/* Functions of one number: section "Functions" of the text, one operation a line. */
#include "arithmetic.h"

#define ROUNDER 0x1.8p23f
#define ROUNDER_BITS 0x4B400000u
#define LIFTED (ROUNDER + 159.0f)
#define TWICE (ROUNDER + 128.0f)
#define LOG2_E 0x1.715476p0f
#define MINUS_LN2_HI -0x1.62e43p-1f
#define MINUS_LN2_LO 0x1.05c61p-29f
#define P2_32 0x1p32f
#define P2_M32 0x1p-32f
#define P2_64 0x1p64f
#define P2_M96 0x1p-96f

/* exp */

static float q_of(float r) {
    float q = fmaf(r, 0x1.6a452cp-10f, 0x1.1239aap-7f);
    q = fmaf(r, q, 0x1.5558b8p-5f);
    q = fmaf(r, q, 0x1.555492p-3f);
    return fmaf(r, q, 0x1.fffffcp-2f);
}

static float growth(float r) {
    return fmaf(r, q_of(r), 1.0f);
}

static float shifted_of(float x) {
    return fmaf(x, LOG2_E, ROUNDER);
}

static float reduced(float x, float lo, float shifted) {
    float n = shifted - ROUNDER;
    float exact = fmaf(n, MINUS_LN2_HI, x);
    float low = fmaf(n, MINUS_LN2_LO, lo);
    float r = exact + low;
    float rest = exact - r;
    float tail = rest + low;
    float sum = 1.0f + r;
    float taken = sum - 1.0f;
    float lost = r - taken;
    float small = lost + tail;
    float square = r * r;
    float curve = fmaf(square, q_of(r), small);
    return sum + curve;
}

/* 2^half with half = floor(n / 2), and 2^(n - half). The sum is one of whole numbers modulo 2^32: NaN's n means nothing. */
static float first_power(float shifted) {
    uint32_t n = bits_of(shifted) - ROUNDER_BITS;
    uint32_t half = n >> 1 | (n & 0x80000000u);
    return float_of((half + 127u) << 23);
}

static float second_power(float shifted) {
    uint32_t n = bits_of(shifted) - ROUNDER_BITS;
    uint32_t half = n >> 1 | (n & 0x80000000u);
    return float_of((n - half + 127u) << 23);
}

float exp_pair(float hi, float lo) {
    float x = hi > 89.0f ? 89.0f : hi;
    x = x < -104.0f ? -104.0f : x;
    float s = shifted_of(x);
    float m = reduced(x, lo, s);
    float once = m * first_power(s);
    return once * second_power(s);
}

float expm1_(float x) {
    float c = x > 88.0f ? 88.0f : x;
    c = c < -20.0f ? -20.0f : c;
    float s = shifted_of(c);
    float n = s - ROUNDER;
    float exact = fmaf(n, MINUS_LN2_HI, c);
    float r = fmaf(n, MINUS_LN2_LO, exact);
    float rest = exact - r;
    float tail = fmaf(n, MINUS_LN2_LO, rest);
    float square = r * r;
    float curve = fmaf(square, q_of(r), tail);
    float m = r + curve;
    float power = float_of((bits_of(s) - ROUNDER_BITS + 127u) << 23);
    float less = power - 1.0f;
    float y = fmaf(power, m, less);
    return x == 0.0f ? x : y;
}

/* 2^32 e^x for -104 <= x <= 0. */
static float lifted_power(float lifted) {
    return float_of(bits_of(lifted) << 23);
}

static float lifted_exp(float x) {
    float lifted = fmaf(x, LOG2_E, LIFTED);
    float n = lifted - LIFTED;
    float exact = fmaf(n, MINUS_LN2_HI, x);
    float r = fmaf(n, MINUS_LN2_LO, exact);
    float m = fmaf(r, growth(r), 1.0f);
    return m * lifted_power(lifted);
}

/* log1p */

float log1p_unit(float t) {
    float q = fmaf(t, 0x1.113634p-9f, -0x1.c0a2p-7f);
    q = fmaf(t, q, 0x1.58ff44p-5f);
    q = fmaf(t, q, -0x1.54f16cp-4f);
    q = fmaf(t, q, 0x1.ff28d8p-4f);
    q = fmaf(t, q, -0x1.4a72b2p-3f);
    q = fmaf(t, q, 0x1.978b54p-3f);
    q = fmaf(t, q, -0x1.ffc59ep-3f);
    q = fmaf(t, q, 0x1.5553b6p-2f);
    q = fmaf(t, q, -0x1.fffff8p-2f);
    float tq = t * q;
    return fmaf(t, tq, t);
}

float log1p_(float t) {
    static const float BOUNDS[5] = {0x1p16f, 0x1p8f, 0x1p4f, 0x1p2f, 0x1p1f};
    static const float EXPONENTS[5] = {16.0f, 8.0f, 4.0f, 2.0f, 1.0f};
    float sum = 1.0f + t;
    float scale = 1.0f;
    float k = 0.0f;
    for (int i = 0; i < 5; i++) {
        if (sum >= BOUNDS[i]) {
            float factor = 1.0f / BOUNDS[i];
            sum = sum * factor;
            scale = scale * factor;
            k = k + EXPONENTS[i];
        }
    }
    float less = scale - 1.0f;
    float rest = fmaf(t, scale, less);
    return fmaf(k, 0x1.62e43p-1f, log1p_unit(rest));
}

float logarithm(float x) {
    static const float DOWN[7] = {0x1p64f, 0x1p32f, 0x1p16f, 0x1p8f, 0x1p4f, 0x1p2f, 0x1p1f};
    static const float UP[8] = {0x1p64f, 0x1p64f, 0x1p32f, 0x1p16f, 0x1p8f, 0x1p4f, 0x1p2f, 0x1p1f};
    static const float EXPONENTS[8] = {64.0f, 64.0f, 32.0f, 16.0f, 8.0f, 4.0f, 2.0f, 1.0f};
    if (!(x > 0.0f)) {
        return x == 0.0f ? -INFINITY : NAN;
    }
    if (!(x < INFINITY)) {
        return x;
    }
    float s = x;
    float k = 0.0f;
    for (int i = 0; i < 7; i++) {
        if (s >= DOWN[i]) {
            s = s * (1.0f / DOWN[i]);
            k = k + EXPONENTS[i + 1];
        }
    }
    for (int i = 0; i < 8; i++) {
        if (s < 2.0f / UP[i]) {
            s = s * UP[i];
            k = k - EXPONENTS[i];
        }
    }
    if (s > 0x1.6a09e6p0f) {
        float rest = 2.0f - s;
        float t = rest / s;
        return fmaf(k + 1.0f, 0x1.62e43p-1f, -log1p_unit(t));
    }
    return fmaf(k, 0x1.62e43p-1f, log1p_unit(s - 1.0f));
}

/* logistic and its relatives */

static float logistic_lifted(float x) {
    float a = fabsf(x);
    float c = a > 104.0f ? 104.0f : a;
    return lifted_exp(-c);
}

static float lower(float e) {
    float sum = P2_32 + e;
    float q = e / sum;
    return fmaf(-e, q, e);
}

static float slope(float s) {
    float t = -s * P2_M32;
    return fmaf(t, s, s);
}

float logistic(float x) {
    float e = logistic_lifted(x);
    float sum = P2_32 + e;
    float q = e / sum;
    float base = x < 0.0f ? e : P2_32;
    float y = fmaf(-base, q, base);
    return y * P2_M32;
}

float logistic_derivative(float x) {
    float e = logistic_lifted(x);
    float s = lower(e);
    return slope(s) * P2_M32;
}

float tanh_value(float x) {
    float s = x * x;
    if (s >= 0x1.4cccccp-2f) {
        float a = fabsf(x);
        float b = a > 0x1.233334p3f ? 0x1.233334p3f : a;
        float c = -2.0f * b;
        float shifted = fmaf(c, LOG2_E, TWICE);
        float n = shifted - TWICE;
        float r = fmaf(n, MINUS_LN2_HI, c);
        float m = fmaf(r, growth(r), 1.0f);
        float twice = m * lifted_power(shifted);
        float d = fmaf(0.5f, twice, 1.0f);
        float q = twice / d;
        float y = 1.0f - q;
        return x < 0.0f ? -y : y;
    }
    float p = fmaf(s, -0x1.9014c8p-8f, 0x1.5750f6p-6f);
    p = fmaf(s, p, -0x1.b8ee72p-5f);
    p = fmaf(s, p, 0x1.110bd2p-3f);
    p = fmaf(s, p, -0x1.555546p-2f);
    float g = fmaf(s, p, 1.0f);
    return x * g;
}

float tanh_derivative(float x) {
    float w = 2.0f * x;
    return 4.0f * logistic_derivative(w);
}

float softplus(float x) {
    float positive = x > 0.0f ? x : 0.0f;
    float e = exp_pair(-fabsf(x), 0.0f);
    return positive + log1p_unit(e);
}

/* What is left of x where a gate shuts: x sigma(w), |w| = hi + lo. */

static float gated_reduced(float lifted, float hi, float lo) {
    float n = lifted - LIFTED;
    float exact = fmaf(n, MINUS_LN2_HI, -hi);
    float low = fmaf(n, MINUS_LN2_LO, -lo);
    return exact + low;
}

static float gated_value(float x, float c, float hi, float lo) {
    float lifted = fmaf(-hi, LOG2_E, LIFTED);
    float r = gated_reduced(lifted, hi, lo);
    float g = growth(r);
    float power = lifted_power(lifted);
    float m = fmaf(r, g, 1.0f);
    float e = m * power;
    float divisor = fmaf(e, P2_M32, 1.0f);
    float cr = c * r;
    float t = fmaf(cr, g, c);
    t = t * P2_64;
    t = t / divisor;
    t = t * power;
    return fmaf(-t, P2_M96, negative_to_zero(x));
}

static float gated_derivative(float sign, float hi, float lo, float growing) {
    float lifted = fmaf(-hi, LOG2_E, LIFTED);
    float r = gated_reduced(lifted, hi, lo);
    float m = fmaf(r, growth(r), 1.0f);
    float e = m * lifted_power(lifted);
    float small = lower(e);
    float left = fmaf(-growing, slope(small), small);
    float below = left * P2_M32;
    float above = fmaf(-left, P2_M32, 1.0f);
    return sign < 0.0f ? below : above;
}

float swish_value(float x, float beta) {
    float w = x * beta;
    float a = fabsf(w);
    float product = fmaf(fabsf(x), fabsf(beta), -a);
    float hi = a > 173.0f ? 173.0f : a;
    float lo = a > 173.0f ? 0.0f : product;
    float shut = beta < 0.0f ? 0.0f : -0.0f;
    float left = w < -173.0f ? shut : x;
    float s = shifted_of(-hi);
    float m = reduced(-hi, -lo, s);
    float first = first_power(s);
    float second = second_power(s);
    float e = m * first;
    e = e * second;
    float sum = 1.0f + e;
    float q = e / sum;
    float base = w < 0.0f ? m : 1.0f;
    float gate = fmaf(-base, q, base);
    float y = left * (w < 0.0f ? first : 1.0f);
    y = y * gate;
    return y * (w < 0.0f ? second : 1.0f);
}

float swish_derivative(float x, float beta) {
    float w = x * beta;
    float a = fabsf(w);
    float product = fmaf(fabsf(x), fabsf(beta), -a);
    float hi = a > 0x1.b73334p6f ? 0x1.b73334p6f : a;
    float lo = a > 0x1.b73334p6f ? 0.0f : product;
    return gated_derivative(w, hi, lo, hi);
}

static void gelu_logistic_pair(float x, float *c, float *hi, float *lo) {
    float a = fabsf(x);
    *c = a > 64.25f ? 64.25f : a;
    *hi = *c * 0x1.b3b646p0f;
    float lost = fmaf(*c, 0x1.b3b646p0f, -*hi);
    *lo = fmaf(*c, -0x1.78d4fep-26f, lost);
}

float gelu_logistic_value(float x) {
    float c, hi, lo;
    gelu_logistic_pair(x, &c, &hi, &lo);
    return gated_value(x, c, hi, lo);
}

float gelu_logistic_derivative(float x) {
    float c, hi, lo;
    gelu_logistic_pair(x, &c, &hi, &lo);
    return gated_derivative(x, hi, lo, hi);
}

static void gelu_tanh_pair(float x, float *c, float *s, float *hi, float *lo) {
    float a = fabsf(x);
    *c = a > 0x1.5cccccp3f ? 0x1.5cccccp3f : a;
    *s = *c * *c;
    float inner = fmaf(0x1.2444f2p-4f, *s, 0x1.98845p0f);
    *hi = *c * inner;
    float gap = 0x1.98845p0f - inner;
    float rounding = fmaf(0x1.2444f2p-4f, *s, gap);
    float square = fmaf(*c, *c, -*s);
    float low = fmaf(0x1.49b16ap-29f, *s, 0x1.9ea1b2p-23f);
    low = fmaf(0x1.2444f2p-4f, square, low);
    float inner_lo = rounding + low;
    float lost = fmaf(*c, inner, -*hi);
    *lo = fmaf(*c, inner_lo, lost);
}

float gelu_tanh_value(float x) {
    float c, s, hi, lo;
    gelu_tanh_pair(x, &c, &s, &hi, &lo);
    return gated_value(x, c, hi, lo);
}

float gelu_tanh_derivative(float x) {
    float c, s, hi, lo;
    gelu_tanh_pair(x, &c, &s, &hi, &lo);
    float growing = fmaf(0x1.b6676cp-3f, s, 0x1.988454p0f);
    growing = c * growing;
    return gated_derivative(x, hi, lo, growing);
}

/* gelu */

static float gelu_reduced(float c, float *lifted) {
    float h = -0.5f * c;
    float s = h * c;
    *lifted = fmaf(s, LOG2_E, LIFTED);
    float n = *lifted - LIFTED;
    float exact = fmaf(n, MINUS_LN2_HI, s);
    float lost = fmaf(h, c, -s);
    return exact + lost;
}

static float gelu_divisor(float c) {
    float n = fmaf(c, -0x1.183e14p-5f, -0x1.29038ap-2f);
    n = fmaf(c, n, -0x1.0e9cfap0f);
    n = fmaf(c, n, -0x1.c85dcep0f);
    float m = fmaf(c, 0x1.184dc8p-6f, 0x1.549b8cp-3f);
    m = fmaf(c, m, 0x1.7abf6cp-1f);
    m = fmaf(c, m, 0x1.bf641p0f);
    m = fmaf(c, m, 0x1.f50762p0f);
    float q = n / m;
    q = 0x1.40d932p1f + q;
    return fmaf(c, q, 2.0f);
}

float gelu_value(float x) {
    float a = fabsf(x);
    float c = a > 0x1.d33334p3f ? 0x1.d33334p3f : a;
    float lifted;
    float r = gelu_reduced(c, &lifted);
    float cr = c * r;
    float t = fmaf(cr, growth(r), c);
    t = t * P2_64;
    t = t / gelu_divisor(c);
    t = t * lifted_power(lifted);
    return fmaf(-t, P2_M96, negative_to_zero(x));
}

float gelu_derivative(float x) {
    float a = fabsf(x);
    float c = a > 0x1.d33334p3f ? 0x1.d33334p3f : a;
    float lifted;
    float r = gelu_reduced(c, &lifted);
    float part = 1.0f / gelu_divisor(c);
    float left = fmaf(-0x1.988454p-2f, c, part);
    left = left * P2_64;
    left = left * fmaf(r, growth(r), 1.0f);
    left = left * lifted_power(lifted);
    float below = left * P2_M96;
    float above = fmaf(-left, P2_M96, 1.0f);
    return x < 0.0f ? below : above;
}

/* sine and cosine */

static float shifted_sine(float x, float m) {
    float exact = fmaf(-m, 0x1.921fb4p1f, x);
    float second = m * 0x1.4442d2p-23f;
    float r = exact - second;
    float rest = exact - r;
    rest = rest - second;
    float dropped = fmaf(m, 0x1.4442d2p-23f, -second);
    float lost = rest - dropped;
    float tail = fmaf(-m, -0x1.ee59dap-49f, lost);
    float s = r * r;
    float q = fmaf(s, -0x1.b670ap-26f, 0x1.72d018p-19f);
    q = fmaf(s, q, -0x1.a023d4p-13f);
    q = fmaf(s, q, 0x1.111136p-7f);
    float p = fmaf(s, q, -0x1.555556p-3f);
    float gap = -0x1.555556p-3f - p;
    float lost_p = fmaf(s, q, gap);
    float lost_square = fmaf(r, r, -s);
    float weighted = lost_square * p;
    float lost_product = fmaf(s, lost_p, weighted);
    float cosine = fmaf(s, -0.5f, 1.0f);
    float turn = tail * cosine;
    float correction = fmaf(r, lost_product, turn);
    float sp = s * p;
    float curve = fmaf(r, sp, correction);
    return r + curve;
}

static int is_odd(float n) {
    float half = fmaf(n, 0.5f, ROUNDER);
    half = half - ROUNDER;
    float rest = fmaf(-2.0f, half, n);
    return rest != 0.0f;
}

float sine(float x) {
    float n = fmaf(x, 0x1.45f306p-2f, ROUNDER);
    n = n - ROUNDER;
    float y = shifted_sine(x, n);
    float signed_y = is_odd(n) ? -y : y;
    float kept = x == 0.0f ? x : signed_y;
    return fabsf(x) > 0x1p17f ? NAN : kept;
}

float cosine(float x) {
    float k = fmaf(x, 0x1.45f306p-2f, -0.5f);
    k = k + ROUNDER;
    k = k - ROUNDER;
    float m = k + 0.5f;
    float y = shifted_sine(x, m);
    float signed_y = is_odd(k) ? y : -y;
    return fabsf(x) > 0x1p17f ? NAN : signed_y;
}

/* mish */

float mish_value(float x) {
    int negative = x < 0.0f;
    float c = -fabsf(x);
    c = c < -0x1.b73334p6f ? -0x1.b73334p6f : c;
    float lifted = lifted_exp(c);
    float e = lifted * P2_M32;
    if (negative) {
        float sum = e + 2.0f;
        float n = lifted * sum;
        float d = fmaf(n, P2_M32, 2.0f);
        float q = n / d;
        float y = c * q;
        return y * P2_M32;
    }
    float n = fmaf(2.0f, e, 1.0f);
    float twice = 2.0f * e;
    float d = fmaf(twice, e, n);
    float q = n / d;
    return x * q;
}

float mish_derivative(float x) {
    int negative = x < 0.0f;
    float c = -fabsf(x);
    c = c < -0x1.b73334p6f ? -0x1.b73334p6f : c;
    float e = lifted_exp(c);
    e = e * P2_M32;
    float sum = e + 2.0f;
    float twice = 2.0f * e;
    float n = negative ? e * sum : fmaf(2.0f, e, 1.0f);
    float d = negative ? n + 2.0f : fmaf(twice, e, n);
    float g = 4.0f * e;
    float more = 1.0f + e;
    g = g * (negative ? 1.0f : e);
    g = g * more;
    float nd = n * d;
    float top = fmaf(negative ? c : -c, g, nd);
    float square = d * d;
    return top / square;
}
