/* The vectors of dropout, of gradients of steps, of standardization, and of networks with branches. */
#include "graph.h"
#include "vectors.h"
#include <stdio.h>
#include <stdlib.h>

/* What is dropped of rows of ones, step after step. */
void dropout(vector *v) {
    uint64_t state = pattern(v, "seed") ^ 0x64726F706F7574u;
    size_t steps = number(v, "steps");
    size_t rows = number(v, "rows");
    size_t columns = number(v, "columns");
    size_t layers = length(v, "rates");
    float *got = room(steps * layers * rows * columns, sizeof *got);
    float *at = got;
    for (size_t t = 0; t < steps; t++) {
        uint64_t key = next_long(&state);
        for (size_t l = 0; l < layers; l++) {
            for (size_t n = 0; n < rows; n++, at += columns) {
                for (size_t j = 0; j < columns; j++) {
                    at[j] = 1.0f;
                }
                drop(key, floats(v, "rates")[l], (uint32_t) l, (uint32_t) n, at, columns);
            }
        }
    }
    expect(v, "value", got, steps * layers * rows * columns);
    free(got);
}

void gradient(vector *v) {
    const char *op = v->texts[0];
    size_t n = length(v, "x");
    float *x = floats(v, "x");
    float *dy = floats(v, "dy");
    float *d = room(n, sizeof *d);
    float *normal = room(n, sizeof *normal);
    int norm = 0;
    if (strcmp(op, "combine-gradient") == 0) {
        for (int second = 0; second < 2; second++) {
            for (size_t j = 0; j < n; j++) {
                d[j] = combine_gradient(text(v, "name"), second, x[j], floats(v, "a")[j], dy[j]);
            }
            expect(v, second ? "da" : "value", d, n);
        }
    } else if (strcmp(op, "layer-norm-gradient") == 0) {
        layer_norm_gradient(single(v, "epsilon"), floats(v, "gain"), x, dy, normal, d, n);
        norm = 1;
    } else if (strcmp(op, "rms-norm-gradient") == 0) {
        rms_norm_gradient(single(v, "epsilon"), floats(v, "gain"), x, dy, normal, d, n);
        norm = 1;
    } else if (strcmp(op, "l2-norm-gradient") == 0) {
        l2_norm_gradient(single(v, "epsilon"), x, dy, d, n);
    } else if (strcmp(op, "softmax-gradient") == 0) {
        softmax_gradient(x, dy, d, n);
    } else {
        log_softmax_gradient(x, dy, d, n);
    }
    if (norm) {
        expect(v, "normal", normal, n);
        gain_gradient(dy, normal, floats(v, "start"), 1, n);
        expect(v, "dgain", floats(v, "start"), n);
    }
    if (strcmp(op, "combine-gradient") != 0) {
        expect(v, "value", d, n);
    }
    free(normal);
    free(d);
}

void standardization(vector *v) {
    size_t rows = number(v, "rows");
    size_t columns = length(v, "x") / rows;
    float *got = room(3 * columns, sizeof *got);
    standardize(floats(v, "x"), rows, columns, got, got + columns, got + 2 * columns);
    expect(v, "center", got, columns);
    expect(v, "scale", got + columns, columns);
    expect(v, "deviation", got + 2 * columns, columns);
    free(got);
}

/* "loss output weight" for each loss. */
static size_t terms_of(vector *v, term terms[8]) {
    char name[32];
    unsigned weight;
    int taken;
    size_t count = 0;
    for (const char *at = text(v, "losses");
            sscanf(at, "%31s %zu %x%n", name, &terms[count].output, &weight, &taken) == 3; at += taken) {
        terms[count].kind = (loss) loss_named(name);
        terms[count++].weight = float_of(weight);
    }
    return count;
}

void graphs(vector *v) {
    graph g;
    term terms[8];
    char name[16], got[65];
    graph_read(&g, text(v, "inputs"), text(v, "steps"), text(v, "outputs"));
    graph_draw(&g, pattern(v, "seed"));
    graph_fingerprint(&g, got);
    expect_text(v, "fingerprint0", got);
    optimizer o = method_of(v);
    size_t count = terms_of(v, terms);
    for (int k = 1; k <= 3; k++) {
        float *rates = floats(v, numbered(name, "rates", k));
        size_t rows = number(v, numbered(name, "rows", k));
        float *x = floats(v, numbered(name, "x", k));
        float *y = floats(v, numbered(name, "y", k));
        expect_double(v, numbered(name, "loss", k), graph_step(&g, &o, terms, count, x, y, rows, rates[0], rates[1]));
        graph_fingerprint(&g, got);
        expect_text(v, numbered(name, "fingerprint", k), got);
    }
    size_t width = graph_output_width(&g);
    size_t rows = length(v, "x") / graph_input_width(&g);
    float *outputs = room(rows * width, sizeof *outputs);
    graph_forward(&g, floats(v, "x"), rows);
    for (size_t n = 0; n < rows; n++) {
        float *to = outputs + n * width;
        for (size_t i = 0; i < g.outputs; to += g.width[g.output[i++]]) {
            memcpy(to, g.value[g.output[i]] + n * g.width[g.output[i]], g.width[g.output[i]] * sizeof *to);
        }
    }
    expect(v, "value", outputs, rows * width);
    free(outputs);
    graph_free(&g);
}
