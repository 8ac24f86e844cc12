/* Functions of few operations, and the table of all: section "Functions" of the text. */
#include "arithmetic.h"

/* Functions without parameters, as the table wants them. */
#define PLAIN(name, expression) \
    static float name(float x, float first, float second) { \
        (void) first; \
        (void) second; \
        return expression; \
    }
#define PAIR(name) \
    PLAIN(name##_0, name##_value(x)) \
    PLAIN(name##_1, name##_derivative(x))

static float hard_logistic(float x, float slope, float shift) {
    float line = fmaf(slope, x, shift);
    float low = line < 0.0f ? 0.0f : line;
    return low > 1.0f ? 1.0f : low;
}

static float hard_logistic_derivative(float x, float slope, float shift) {
    float line = fmaf(slope, x, shift);
    float flat = line == line ? 0.0f : line;
    return line > 0.0f && line < 1.0f ? slope : flat;
}

static float hard_tanh(float x, float least, float most) {
    float low = x < least ? least : x;
    return low > most ? most : low;
}

static float hard_tanh_derivative(float x, float least, float most) {
    float flat = x == x ? 0.0f : x;
    return x > least && x < most ? 1.0f : flat;
}

static float linear(float x, float slope, float shift) {
    return fmaf(slope, x, shift);
}

static float linear_derivative(float x, float slope, float shift) {
    (void) shift;
    return x == x ? slope : x;
}

static float leaky_relu(float x, float gamma, float unused) {
    (void) unused;
    return x < 0.0f ? gamma * x : x;
}

static float leaky_relu_derivative(float x, float gamma, float unused) {
    (void) unused;
    float left = x <= 0.0f ? gamma : x;
    return x > 0.0f ? 1.0f : left;
}

static float relu_derivative(float x) {
    float flat = x <= 0.0f ? 0.0f : x;
    return x > 0.0f ? 1.0f : flat;
}

static float elu(float x, float gamma, float unused) {
    (void) unused;
    return x > 0.0f ? x : gamma * expm1_(x);
}

static float elu_derivative(float x, float gamma, float unused) {
    (void) unused;
    return x > 0.0f ? 1.0f : gamma * exp_pair(x, 0.0f);
}

static float hard_swish(float x) {
    float a = x < -3.0f ? -3.0f : x;
    float t = a + 3.0f;
    t = t > 6.0f ? 6.0f : t;
    float part = t * 0x1.555556p-3f;
    return a * part;
}

static float hard_swish_derivative(float x) {
    float line = fmaf(2.0f, x, 3.0f);
    line = line * 0x1.555556p-3f;
    float left = x <= -3.0f ? 0.0f : line;
    return x >= 3.0f ? 1.0f : left;
}

static float softsign(float x) {
    float low = x < -0x1p30f ? -0x1p30f : x;
    float c = low > 0x1p30f ? 0x1p30f : low;
    float d = 1.0f + fabsf(c);
    return c / d;
}

static float softsign_derivative(float x) {
    float a = fabsf(x);
    float c = a > 0x1p76f ? 0x1p76f : a;
    float d = 1.0f + c;
    float r = 1.0f / d;
    return r * r;
}

static float softshrink(float x, float lambda, float unused) {
    (void) unused;
    float left = x < -lambda ? x + lambda : 0.0f * x;
    return x > lambda ? x - lambda : left;
}

static float softshrink_derivative(float x, float lambda, float unused) {
    (void) unused;
    float flat = x == x ? 0.0f : x;
    float left = x < -lambda ? 1.0f : flat;
    return x > lambda ? 1.0f : left;
}

static float sign_of(float x) {
    float left = x < 0.0f ? -1.0f : x;
    return x > 0.0f ? 1.0f : left;
}

static float root_derivative(float x) {
    float root = sqrtf(x);
    return 0.5f / root;
}

static float reciprocal_derivative(float x) {
    float r = 1.0f / x;
    float square = r * r;
    return -square;
}

PLAIN(identity_0, x)
PLAIN(identity_1, ((void) x, 1.0f))
PLAIN(logistic_0, logistic(x))
PLAIN(logistic_1, logistic_derivative(x))
PAIR(tanh)
PLAIN(relu_0, x < 0.0f ? 0.0f : x)
PLAIN(relu_1, relu_derivative(x))
PLAIN(softplus_0, softplus(x))
PAIR(gelu)
PAIR(gelu_tanh)
PAIR(gelu_logistic)
PLAIN(sine_0, sine(x))
PLAIN(cosine_0, cosine(x))
PLAIN(cosine_1, -sine(x))
PLAIN(hard_swish_0, hard_swish(x))
PLAIN(hard_swish_1, hard_swish_derivative(x))
PAIR(mish)
PLAIN(softsign_0, softsign(x))
PLAIN(softsign_1, softsign_derivative(x))
PLAIN(log_logistic_0, -softplus(-x))
PLAIN(log_logistic_1, logistic(-x))
PLAIN(abs_0, fabsf(x))
PLAIN(abs_1, sign_of(x))
PLAIN(square_0, x * x)
PLAIN(square_1, 2.0f * x)
PLAIN(exp_0, exp_pair(x, 0.0f))
PLAIN(sqrt_0, sqrtf(x))
PLAIN(sqrt_1, root_derivative(x))
PLAIN(reciprocal_0, 1.0f / x)
PLAIN(reciprocal_1, reciprocal_derivative(x))
PLAIN(log_0, logarithm(x))

static float swish_0(float x, float beta, float unused) {
    (void) unused;
    return swish_value(x, beta);
}

static float swish_1(float x, float beta, float unused) {
    (void) unused;
    return swish_derivative(x, beta);
}

/* prelu is leaky-relu with the neuron's slope for gamma. */
static const function FUNCTIONS[] = {
    {"identity", 0, identity_0, identity_1},
    {"logistic", 0, logistic_0, logistic_1},
    {"tanh", 0, tanh_0, tanh_1},
    {"linear-logistic", 2, linear, linear_derivative},
    {"hard-logistic", 2, hard_logistic, hard_logistic_derivative},
    {"hard-tanh", 2, hard_tanh, hard_tanh_derivative},
    {"relu", 0, relu_0, relu_1},
    {"leaky-relu", 1, leaky_relu, leaky_relu_derivative},
    {"prelu", 0, leaky_relu, leaky_relu_derivative},
    {"elu", 1, elu, elu_derivative},
    {"softplus", 0, softplus_0, logistic_0},
    {"swish", 1, swish_0, swish_1},
    {"gelu", 0, gelu_0, gelu_1},
    {"gelu-tanh", 0, gelu_tanh_0, gelu_tanh_1},
    {"gelu-logistic", 0, gelu_logistic_0, gelu_logistic_1},
    {"sine", 0, sine_0, cosine_0},
    {"hard-swish", 0, hard_swish_0, hard_swish_1},
    {"mish", 0, mish_0, mish_1},
    {"softsign", 0, softsign_0, softsign_1},
    {"log-logistic", 0, log_logistic_0, log_logistic_1},
    {"softshrink", 1, softshrink, softshrink_derivative},
    {"abs", 0, abs_0, abs_1},
    {"square", 0, square_0, square_1},
    {"exp", 0, exp_0, exp_0},
    {"sqrt", 0, sqrt_0, sqrt_1},
    {"reciprocal", 0, reciprocal_0, reciprocal_1},
    {"cosine", 0, cosine_0, cosine_1},
    {"log", 0, log_0, reciprocal_0},
};

const function *function_named(const char *name) {
    for (size_t i = 0; i < sizeof FUNCTIONS / sizeof FUNCTIONS[0]; i++) {
        if (strcmp(FUNCTIONS[i].name, name) == 0) {
            return FUNCTIONS + i;
        }
    }
    return NULL;
}
