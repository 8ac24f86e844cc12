/* Columns of training rows: section "Standardization" of ../tables.md. */
#include "arithmetic.h"

void standardize(const float *x, size_t rows, size_t columns, float *center, float *scale, float *deviation) {
    for (size_t j = 0; j < columns; j++) {
        double mean = 0.0;
        double q = 0.0;
        int varies = 0;
        for (size_t n = 0; n < rows; n++) {
            mean = mean + (double) x[n * columns + j];
            varies |= x[n * columns + j] != x[j];
        }
        mean = mean / (double) rows;
        for (size_t n = 0; n < rows; n++) {
            double d = (double) x[n * columns + j] - mean;
            double square = d * d;
            q = q + square;
        }
        double root = sqrt(q / (double) rows);
        float inverse = (float) (1.0 / root);
        int usable = varies && inverse > 0.0f && inverse < INFINITY;
        center[j] = (float) mean;
        scale[j] = usable ? inverse : 0.0f;
        deviation[j] = usable ? (float) root : 0.0f;
    }
}
