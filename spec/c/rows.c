/* What is computed of a whole row: sections "Sums of a row", "Softmax", "Norms" and "Losses" of the text. */
#include "arithmetic.h"

#define LANES 16

static float tree(float t[LANES]) {
    for (size_t d = LANES / 2; d > 0; d /= 2) {
        for (size_t l = 0; l < d; l++) {
            t[l] = t[l] + t[l + d];
        }
    }
    return t[0];
}

float sum_of(const float *x, size_t step, size_t n) {
    float t[LANES] = {0.0f};
    for (size_t j = 0; j < n; j++) {
        t[j % LANES] = t[j % LANES] + x[j * step];
    }
    return tree(t);
}

float products_of(const float *a, const float *b, size_t n) {
    float t[LANES] = {0.0f};
    for (size_t j = 0; j < n; j++) {
        t[j % LANES] = fmaf(a[j], b[j], t[j % LANES]);
    }
    return tree(t);
}

float exponential(float z, float m) {
    float d = z - m;
    float u = d - z;
    float back = d - u;
    float first = z - back;
    float second = m + u;
    float lost = first - second;
    return exp_pair(d, d > -104.0f ? lost : 0.0f);
}

/* Exponentials of a row, the place of its first largest number, and the sum of all but that one. */
static float exponentials(const float *z, float *e, size_t n, size_t *place) {
    size_t p = 0;
    for (size_t j = 1; j < n; j++) {
        p = z[j] > z[p] ? j : p;
    }
    float m = z[p];
    float t[LANES] = {0.0f};
    for (size_t j = 0; j < n; j++) {
        e[j] = exponential(z[j], m);
        t[j % LANES] = t[j % LANES] + (j == p ? 0.0f : e[j]);
    }
    *place = p;
    return tree(t);
}

/* y may be z. */
void softmax(const float *z, float *y, size_t n) {
    size_t p;
    float s = exponentials(z, y, n, &p);
    float sum = 1.0f + s;
    float c = y[p] / sum;
    for (size_t j = 0; j < n; j++) {
        y[j] = y[j] * c;
    }
}

/* y may not be z. */
void log_softmax(const float *z, float *y, size_t n) {
    size_t p;
    float s = exponentials(z, y, n, &p);
    float m = z[p];
    float g = y[p] * log1p_(s);
    for (size_t j = 0; j < n; j++) {
        float d = z[j] - m;
        y[j] = d - g;
    }
}

void layer_norm(float epsilon, const float *gain, const float *shift, const float *x, float *y, size_t n) {
    float m = sum_of(x, 1, n) / (float) n;
    for (size_t j = 0; j < n; j++) {
        y[j] = x[j] - m;
    }
    float v = products_of(y, y, n) / (float) n;
    float sum = v + epsilon;
    float r = 1.0f / sqrtf(sum);
    for (size_t j = 0; j < n; j++) {
        float d = y[j] * r;
        y[j] = fmaf(d, gain[j], shift[j]);
    }
}

void rms_norm(float epsilon, const float *gain, const float *x, float *y, size_t n) {
    float q = products_of(x, x, n) / (float) n;
    float sum = q + epsilon;
    float r = 1.0f / sqrtf(sum);
    for (size_t j = 0; j < n; j++) {
        float d = x[j] * r;
        y[j] = d * gain[j];
    }
}

void l2_norm(float epsilon, const float *x, float *y, size_t n) {
    float s = sqrtf(products_of(x, x, n));
    s = s < epsilon ? epsilon : s;
    for (size_t j = 0; j < n; j++) {
        y[j] = x[j] / s;
    }
}

int loss_named(const char *name) {
    static const char *const NAMES[] = {"cross-entropy", "logistic-cross-entropy", "squared-error"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(NAMES[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

float loss_row(loss kind, const float *in, const float *y, float *d, size_t n) {
    float total = 0.0f;
    switch (kind) {
    case CROSS_ENTROPY:
        log_softmax(in, d, n);
        for (size_t j = 0; j < n; j++) {
            total = y[j] == 0.0f && d[j] <= 0.0f ? total : fmaf(-y[j], d[j], total);
        }
        softmax(in, d, n);
        for (size_t j = 0; j < n; j++) {
            d[j] = d[j] - y[j];
        }
        break;
    case LOGISTIC_CROSS_ENTROPY:
        for (size_t j = 0; j < n; j++) {
            float other = 1.0f - y[j];
            float wrong = other * softplus(in[j]);
            float part = fmaf(y[j], softplus(-in[j]), wrong);
            total = total + part;
            d[j] = logistic(in[j]) - y[j];
        }
        break;
    case SQUARED_ERROR:
        for (size_t j = 0; j < n; j++) {
            float r = in[j] - y[j];
            float half = 0.5f * r;
            total = fmaf(half, r, total);
            d[j] = r;
        }
        break;
    }
    return total;
}
