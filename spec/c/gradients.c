/* What steps add to the gradients of their operands: section "What a step adds" of ../graphs.md. Rows of n columns. */
#include "arithmetic.h"

float combine_gradient(const char *kind, int second, float a, float b, float dy) {
    if (strcmp(kind, "add") == 0) {
        return dy;
    }
    if (strcmp(kind, "subtract") == 0) {
        return second ? -dy : dy;
    }
    if (strcmp(kind, "multiply") == 0) {
        return dy * (second ? a : b);
    }
    int takes_second = (strcmp(kind, "maximum") == 0 ? b > a : b < a) || b != b;
    return second == takes_second ? dy : 0.0f;
}

/* normal and dx may not be x or dy. */
void layer_norm_gradient(float epsilon, const float *gain, const float *x, const float *dy, float *normal, float *dx, size_t n) {
    float m = sum_of(x, 1, n) / (float) n;
    for (size_t j = 0; j < n; j++) {
        normal[j] = x[j] - m;
    }
    float v = products_of(normal, normal, n) / (float) n;
    float sum = v + epsilon;
    float r = 1.0f / sqrtf(sum);
    for (size_t j = 0; j < n; j++) {
        normal[j] = normal[j] * r;
        dx[j] = dy[j] * gain[j];
    }
    float p = sum_of(dx, 1, n) / (float) n;
    float q = products_of(dx, normal, n) / (float) n;
    for (size_t j = 0; j < n; j++) {
        float rest = dx[j] - p;
        float left = fmaf(-q, normal[j], rest);
        dx[j] = left * r;
    }
}

void rms_norm_gradient(float epsilon, const float *gain, const float *x, const float *dy, float *normal, float *dx, size_t n) {
    float q = products_of(x, x, n) / (float) n;
    float sum = q + epsilon;
    float r = 1.0f / sqrtf(sum);
    for (size_t j = 0; j < n; j++) {
        normal[j] = x[j] * r;
        dx[j] = dy[j] * gain[j];
    }
    float along = products_of(dx, normal, n) / (float) n;
    for (size_t j = 0; j < n; j++) {
        float left = fmaf(-along, normal[j], dx[j]);
        dx[j] = left * r;
    }
}

void l2_norm_gradient(float epsilon, const float *x, const float *dy, float *dx, size_t n) {
    float root = sqrtf(products_of(x, x, n));
    float s = root < epsilon ? epsilon : root;
    for (size_t j = 0; j < n; j++) {
        dx[j] = x[j] / s;
    }
    float p = root < epsilon ? 0.0f : products_of(dy, dx, n);
    for (size_t j = 0; j < n; j++) {
        float left = fmaf(-p, dx[j], dy[j]);
        dx[j] = left / s;
    }
}

void softmax_gradient(const float *y, const float *dy, float *dx, size_t n) {
    float p = products_of(dy, y, n);
    for (size_t j = 0; j < n; j++) {
        float rest = dy[j] - p;
        dx[j] = y[j] * rest;
    }
}

/* p is the softmax of the row. */
void log_softmax_gradient(const float *p, const float *dy, float *dx, size_t n) {
    float sum = sum_of(dy, 1, n);
    for (size_t j = 0; j < n; j++) {
        dx[j] = fmaf(-sum, p[j], dy[j]);
    }
}

/* dg has n numbers, which are added to. */
void gain_gradient(const float *dy, const float *normal, float *dg, size_t rows, size_t n) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t j = 0; j < n; j++) {
            dg[j] = fmaf(dy[r * n + j], normal[r * n + j], dg[j]);
        }
    }
}
