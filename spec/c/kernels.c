/* Kernels of layers and optimizers: sections "Kernels" and "Optimizers" of the text. The order of each sum is the text's; loops
   are turned around it so that a compiler finds sixteen or more sums side by side. */
#include "arithmetic.h"
#include <stdlib.h>

#define LANES 32

/* sums[l] = fma(panel[j][l], x[j * step], sums[l]) for j ascending. */
static void chains(const float *panel, const float *x, size_t step, size_t n, float sums[LANES]) {
    float t[LANES];
    memcpy(t, sums, sizeof t);
    for (size_t j = 0; j < n; j++) {
        float factor = x[j * step];
        for (size_t l = 0; l < LANES; l++) {
            t[l] = fmaf(panel[j * LANES + l], factor, t[l]);
        }
    }
    memcpy(sums, t, sizeof t);
}

static float *panel_of(size_t length) {
    float *panel = calloc(length * LANES + 1, sizeof *panel);
    if (panel == NULL) {
        abort();
    }
    return panel;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* z[n][i] starts at b[i]; j ascends: z = fma(w[i][j], x[n][j], z). Thirty-two outputs side by side. */
void affine(const float *x, const float *w, const float *b, float *z, size_t rows, size_t in, size_t out) {
    float *panel = panel_of(in);
    for (size_t i = 0; i < out; i += LANES) {
        size_t count = least(LANES, out - i);
        for (size_t l = 0; l < count; l++) {
            for (size_t j = 0; j < in; j++) {
                panel[j * LANES + l] = w[(i + l) * in + j];
            }
        }
        for (size_t n = 0; n < rows; n++) {
            float sums[LANES] = {0.0f};
            memcpy(sums, b + i, count * sizeof *b);
            chains(panel, x + n * in, 1, in, sums);
            memcpy(z + n * out + i, sums, count * sizeof *z);
        }
    }
    free(panel);
}

/* dx[n][j] starts at +0; i ascends: dx = fma(w[i][j], dz[n][i], dx). */
void back_propagate(const float *dz, const float *w, float *dx, size_t rows, size_t in, size_t out) {
    float *panel = panel_of(out);
    for (size_t j = 0; j < in; j += LANES) {
        size_t count = least(LANES, in - j);
        for (size_t i = 0; i < out; i++) {
            memcpy(panel + i * LANES, w + i * in + j, count * sizeof *w);
        }
        for (size_t n = 0; n < rows; n++) {
            float sums[LANES] = {0.0f};
            chains(panel, dz + n * out, 1, out, sums);
            memcpy(dx + n * in + j, sums, count * sizeof *dx);
        }
    }
    free(panel);
}

/* dw[i][j] starts at what is there; n ascends: dw = fma(dz[n][i], x[n][j], dw). */
void weight_gradient(const float *dz, const float *x, float *dw, size_t rows, size_t in, size_t out) {
    float *panel = panel_of(rows);
    for (size_t j = 0; j < in; j += LANES) {
        size_t count = least(LANES, in - j);
        for (size_t n = 0; n < rows; n++) {
            memcpy(panel + n * LANES, x + n * in + j, count * sizeof *x);
        }
        for (size_t i = 0; i < out; i++) {
            float sums[LANES] = {0.0f};
            memcpy(sums, dw + i * in + j, count * sizeof *dw);
            chains(panel, dz + i, out, rows, sums);
            memcpy(dw + i * in + j, sums, count * sizeof *dw);
        }
    }
    free(panel);
}

void bias_gradient(const float *dz, float *db, size_t rows, size_t out) {
    for (size_t n = 0; n < rows; n++) {
        for (size_t i = 0; i < out; i++) {
            db[i] = db[i] + dz[n * out + i];
        }
    }
}

void slope_gradient(const float *z, const float *da, float *ds, size_t rows, size_t out) {
    for (size_t n = 0; n < rows; n++) {
        for (size_t i = 0; i < out; i++) {
            float negative = z[n * out + i] > 0.0f ? 0.0f : z[n * out + i];
            ds[i] = fmaf(da[n * out + i], negative, ds[i]);
        }
    }
}

static size_t winner(size_t pieces, const float *z, size_t out, size_t i) {
    size_t best = i;
    for (size_t k = 1; k < pieces; k++) {
        float next = z[k * out + i];
        int is_first_nan = next != next && z[best] == z[best];
        best = next > z[best] || is_first_nan ? k * out + i : best;
    }
    return best;
}

void maxout(size_t pieces, const float *z, float *a, size_t rows, size_t out) {
    for (size_t n = 0; n < rows; n++) {
        const float *row = z + n * pieces * out;
        for (size_t i = 0; i < out; i++) {
            a[n * out + i] = row[winner(pieces, row, out, i)];
        }
    }
}

void maxout_gradient(size_t pieces, const float *z, const float *da, float *dz, size_t rows, size_t out) {
    for (size_t n = 0; n < rows; n++) {
        const float *row = z + n * pieces * out;
        for (size_t i = 0; i < out; i++) {
            size_t best = winner(pieces, row, out, i);
            for (size_t k = i; k < pieces * out; k += out) {
                dz[n * pieces * out + k] = k == best ? da[n * out + i] : 0.0f;
            }
        }
    }
}

float combine(const char *kind, float a, float b) {
    if (strcmp(kind, "add") == 0) {
        return a + b;
    }
    if (strcmp(kind, "subtract") == 0) {
        return a - b;
    }
    if (strcmp(kind, "multiply") == 0) {
        return a * b;
    }
    if (strcmp(kind, "maximum") == 0) {
        return b > a || b != b ? b : a;
    }
    if (strcmp(kind, "less") == 0) {
        return a < b ? 1.0f : 0.0f;
    }
    if (strcmp(kind, "less-or-equal") == 0) {
        return a <= b ? 1.0f : 0.0f;
    }
    if (strcmp(kind, "equal") == 0) {
        return a == b ? 1.0f : 0.0f;
    }
    if (strcmp(kind, "keep") == 0) {
        return a != 0.0f ? b : -0.0f;
    }
    return b < a || b != b ? b : a;
}

/* Whole numbers of eight bits */

float quantized(float x, float scale, float low, float high) {
    float q = x / scale;
    q = q < low ? low : q;
    q = q > high ? high : q;
    q = q + 0x1.8p23f;
    return q - 0x1.8p23f;
}

/* The row's scale is given back. */
float quantized_row(const float *x, float *y, size_t n) {
    float lowest = 0.0f;
    float highest = 0.0f;
    int finite = 1;
    for (size_t j = 0; j < n; j++) {
        lowest = x[j] < lowest ? x[j] : lowest;
        highest = x[j] > highest ? x[j] : highest;
        finite = finite && fabsf(x[j]) < INFINITY;
    }
    float range = highest - lowest;
    float scale = range / 255.0f;
    scale = scale == 0.0f ? 1.0f : scale;
    scale = finite && scale < INFINITY ? scale : NAN;
    float zero = quantized(-lowest, scale, 0.0f, 255.0f);
    float high = 255.0f - zero;
    for (size_t j = 0; j < n; j++) {
        y[j] = quantized(x[j], scale, -zero, high);
    }
    return scale;
}

float integer_output(int32_t sum, float row_scale, float scale, float shift) {
    float t = (float) sum;
    float factor = row_scale * scale;
    float product = t * factor;
    return product + shift;
}

/* Optimizers */

int method_named(const char *name) {
    static const char *const NAMES[] = {"sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"};
    for (int i = 0; i < 6; i++) {
        if (strcmp(NAMES[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

void optimizer_start(optimizer *o, method kind, float momentum, float beta1, float beta2, float epsilon) {
    *o = (optimizer) {kind, momentum, beta1, beta2, epsilon, 1.0, 1.0, 0.0f, 0.0f, 0.0f, 0.0f, 1.0f};
}

void optimizer_advance(optimizer *o, float alpha, float scale, float lambda) {
    o->scale = scale;
    o->decay = o->kind == ADAMW ? 0.0f : lambda;
    o->shrinkage = o->kind == ADAMW ? alpha * lambda : 0.0f;
    o->rate = alpha;
    if (o->kind == ADAM || o->kind == ADAMW) {
        o->power1 = o->power1 * (double) o->beta1;
        o->power2 = o->power2 * (double) o->beta2;
        double rest1 = 1.0 - o->power1;
        double rest2 = 1.0 - o->power2;
        double root = sqrt(rest2);
        o->rate = (float) ((double) alpha / rest1);
        o->correction = (float) (1.0 / root);
    }
}

void optimize(const optimizer *o, int decays, float *w, const float *dw, float *m, float *v, size_t n) {
    float lambda = decays ? o->decay : 0.0f;
    float alpha = -o->rate;
    float rest1 = 1.0f - o->beta1;
    float rest2 = 1.0f - o->beta2;
    float shrink = decays ? -o->shrinkage : -0.0f;
    for (size_t k = 0; k < n; k++) {
        float mean = o->scale * dw[k];
        float g = fmaf(lambda, w[k], mean);
        float r = 0.0f;
        if (o->kind >= RMSPROP) {
            float part = rest2 * g;
            part = part * g;
            v[k] = fmaf(o->beta2, v[k], part);
            float d = fmaf(sqrtf(v[k]), o->correction, o->epsilon);
            r = 1.0f / d;
        }
        float direction = g;
        float from = w[k];
        if (o->kind == MOMENTUM || o->kind == NESTEROV) {
            m[k] = fmaf(o->momentum, m[k], g);
            direction = o->kind == NESTEROV ? fmaf(o->momentum, m[k], g) : m[k];
        } else if (o->kind == RMSPROP) {
            direction = g * r;
        } else if (o->kind >= ADAM) {
            float part = rest1 * g;
            m[k] = fmaf(o->beta1, m[k], part);
            direction = m[k] * r;
            from = fmaf(shrink, w[k], w[k]);
        }
        w[k] = fmaf(alpha, direction, from);
    }
}

/* Schedules */

static float power(float factor, size_t times) {
    double product = 1.0;
    for (size_t k = 0; k < times; k++) {
        product = product * (double) factor;
    }
    return (float) product;
}

float schedule_factor(const char *name, size_t epochs, float factor, size_t step, size_t steps, const double *measures,
                      size_t over) {
    if (strcmp(name, "cosine") == 0) {
        double half_pi = 0x1.921fb54442d18p0;
        double turn = half_pi * (double) step;
        float s = sine((float) (turn / (double) steps));
        return fmaf(-s, s, 1.0f);
    }
    if (strcmp(name, "step") == 0) {
        return power(factor, over / epochs);
    }
    if (strcmp(name, "plateau") == 0) {
        double lowest = INFINITY;
        size_t without = 0;
        size_t times = 0;
        for (size_t e = 0; e < over; e++) {
            without = measures[e] < lowest ? 0 : without + 1;
            lowest = measures[e] < lowest ? measures[e] : lowest;
            if (without == epochs) {
                times++;
                without = 0;
            }
        }
        return power(factor, times);
    }
    return 1.0f;
}
