/* A chain of layers: its first weights, its outputs, its training and its fingerprint. */
#include "arithmetic.h"
#include <stdlib.h>

static float *zeros(size_t n) {
    float *x = calloc(n + 1, sizeof *x);
    if (x == NULL) {
        abort();
    }
    return x;
}

void chain_add(chain *c, size_t in, size_t out, size_t pieces, const char *activation, float first, float second) {
    layer *l = c->layers + c->count++;
    memset(l, 0, sizeof *l);
    l->in = in;
    l->out = out;
    l->pieces = pieces;
    l->rows = out * pieces;
    l->f = function_named(activation);
    l->first = first;
    l->second = second;
    l->prelu = strcmp(activation, "prelu") == 0;
    l->w = zeros(l->rows * in);
    l->b = zeros(l->rows);
    l->slopes = zeros(out);
    l->dw = zeros(l->rows * in);
    l->db = zeros(l->rows);
    l->ds = zeros(out);
    for (int k = 0; k < 2; k++) {
        l->moments[k] = zeros(l->rows * in);
        l->moments[2 + k] = zeros(l->rows);
        l->moments[4 + k] = zeros(out);
    }
}

void chain_draw(chain *c, uint64_t seed) {
    for (size_t k = 0; k < c->count; k++) {
        layer *l = c->layers + k;
        he_uniform(&seed, l->w, l->rows * l->in, l->in);
        for (size_t i = 0; i < l->out; i++) {
            l->slopes[i] = 0.25f;
        }
    }
}

void chain_reserve(chain *c, size_t rows) {
    if (rows <= c->capacity) {
        return;
    }
    c->capacity = rows;
    for (size_t k = 0; k < c->count; k++) {
        layer *l = c->layers + k;
        float **places[4] = {&l->z, &l->a, &l->dz, &l->da};
        for (int p = 0; p < 4; p++) {
            free(*places[p]);
            *places[p] = zeros(rows * (p % 2 == 0 ? l->rows : l->out));
        }
    }
}

/* Dropout of the activations of a hidden layer, or of their gradients. */
static void drop_rows(const chain *c, size_t k, float *values, size_t rows) {
    for (size_t n = 0; c->drops && k + 1 < c->count && n < rows; n++) {
        drop(c->key, c->rates[k], (uint32_t) k, (uint32_t) n, values + n * c->layers[k].out, c->layers[k].out);
    }
}

static void forward(chain *c, const float *x, size_t rows, int trains) {
    chain_reserve(c, rows);
    for (size_t k = 0; k < c->count; k++) {
        layer *l = c->layers + k;
        affine(x, l->w, l->b, l->z, rows, l->in, l->rows);
        if (l->pieces > 1) {
            maxout(l->pieces, l->z, l->a, rows, l->out);
        } else {
            for (size_t n = 0; n < rows * l->out; n++) {
                l->a[n] = l->f->value(l->z[n], l->prelu ? l->slopes[n % l->out] : l->first, l->second);
            }
        }
        if (trains) {
            drop_rows(c, k, l->a, rows);
        }
        x = l->a;
    }
}

void chain_forward(chain *c, const float *x, size_t rows) {
    forward(c, x, rows, 0);
}

/* The squares of a row of gradients, each of which is multiplied by k first. */
static float squares(const float *g, float k, size_t n) {
    float *r = zeros(n);
    for (size_t j = 0; j < n; j++) {
        r[j] = k * g[j];
    }
    float sum = products_of(r, r, n);
    free(r);
    return sum;
}

/* What the gradients are multiplied by, so that all of them together are no longer than the chain's length. */
static float clipped(const chain *c, float scale) {
    float k = scale / c->clip;
    float q = 0.0f;
    for (size_t i = 0; i < c->count; i++) {
        const layer *l = c->layers + i;
        float *rows = zeros(l->rows);
        for (size_t r = 0; r < l->rows; r++) {
            rows[r] = squares(l->dw + r * l->in, k, l->in);
        }
        q = q + sum_of(rows, 1, l->rows);
        free(rows);
        q = q + squares(l->db, k, l->rows);
        if (l->prelu) {
            q = q + squares(l->ds, k, l->out);
        }
    }
    float factor = 1.0f / sqrtf(q);
    return q <= 1.0f ? scale : q < INFINITY ? scale * factor : NAN;
}

/* dz of a layer from its da. */
static void delta(layer *l, size_t rows) {
    if (l->pieces > 1) {
        maxout_gradient(l->pieces, l->z, l->da, l->dz, rows, l->out);
        return;
    }
    for (size_t n = 0; n < rows * l->out; n++) {
        float derivative = l->f->derivative(l->z[n], l->prelu ? l->slopes[n % l->out] : l->first, l->second);
        l->dz[n] = derivative * l->da[n];
    }
}

double chain_step(chain *c, optimizer *o, loss kind, const float *x, const float *y, const float *weights, size_t rows,
                  float alpha, float lambda) {
    if (c->drops) {
        c->key = next_long(&c->dropout);
    }
    forward(c, x, rows, 1);
    layer *last = c->layers + c->count - 1;
    int reads_z = kind == LOGISTIC_CROSS_ENTROPY;
    double sum = 0.0;
    double together = weights == NULL ? (double) rows : 0.0;
    for (size_t n = 0; n < rows; n++) {
        size_t at = n * last->out;
        const float *in = reads_z ? last->z : last->a;
        float *d = reads_z ? last->dz : last->da;
        float row = loss_row(kind, in + at, y + at, d + at, last->out);
        if (weights != NULL) {
            row = weights[n] * row;
            together = together + (double) weights[n];
            for (size_t j = at; j < at + last->out; j++) {
                d[j] = weights[n] * d[j];
            }
        }
        sum = sum + (double) row;
    }
    for (size_t k = c->count; k-- > 0;) {
        layer *l = c->layers + k;
        if (l != last || !reads_z) {
            delta(l, rows);
        }
        if (k > 0) {
            back_propagate(l->dz, l->w, c->layers[k - 1].da, rows, l->in, l->rows);
            drop_rows(c, k - 1, c->layers[k - 1].da, rows);
        }
    }
    for (size_t k = 0; k < c->count; k++) {
        layer *l = c->layers + k;
        memset(l->dw, 0, l->rows * l->in * sizeof *l->dw);
        memset(l->db, 0, l->rows * sizeof *l->db);
        memset(l->ds, 0, l->out * sizeof *l->ds);
        weight_gradient(l->dz, k == 0 ? x : c->layers[k - 1].a, l->dw, rows, l->in, l->rows);
        bias_gradient(l->dz, l->db, rows, l->rows);
        if (l->prelu) {
            slope_gradient(l->z, l->da, l->ds, rows, l->out);
        }
    }
    float scale = together == 0.0 ? 0.0f : 1.0f / (float) together;
    optimizer_advance(o, alpha, c->clip > 0.0f ? clipped(c, scale) : scale, lambda);
    for (size_t k = 0; k < c->count; k++) {
        layer *l = c->layers + k;
        optimize(o, 1, l->w, l->dw, l->moments[0], l->moments[1], l->rows * l->in);
        optimize(o, 0, l->b, l->db, l->moments[2], l->moments[3], l->rows);
        if (l->prelu) {
            optimize(o, 0, l->slopes, l->ds, l->moments[4], l->moments[5], l->out);
        }
    }
    return together == 0.0 ? 0.0 : sum / together;
}

void chain_fingerprint(const chain *c, char text[65]) {
    sha256 s;
    unsigned char digest[32];
    sha256_start(&s);
    for (size_t k = 0; k < c->count; k++) {
        const layer *l = c->layers + k;
        sha256_floats(&s, l->w, l->rows * l->in);
        sha256_floats(&s, l->b, l->rows);
        sha256_floats(&s, l->slopes, l->prelu ? l->out : 0);
    }
    sha256_end(&s, digest);
    hex(digest, 32, text);
}

void chain_free(chain *c) {
    for (size_t k = 0; k < c->count; k++) {
        layer *l = c->layers + k;
        float *all[] = {l->w, l->b, l->slopes, l->dw, l->db, l->ds, l->z, l->a, l->dz, l->da};
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
            free(all[i]);
        }
        for (int k2 = 0; k2 < 6; k2++) {
            free(l->moments[k2]);
        }
    }
    memset(c, 0, sizeof *c);
}
