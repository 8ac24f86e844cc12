/* Networks with branches: how a vector writes one down, first weights, values, the fingerprint. */
#include "graph.h"
#include <stdio.h>
#include <stdlib.h>

void *graph_room(size_t n, size_t size) {
    void *x = calloc(n + 1, size);
    if (x == NULL) {
        abort();
    }
    return x;
}

static int is(const step *s, const char *op) {
    return strcmp(s->op, op) == 0;
}

static int is_layer(const step *s) {
    return is(s, "dense") || is(s, "maxout");
}

/* The node of a layer's net input: its value itself, where the layer has neither a function nor pieces. */
size_t graph_net(const graph *g, size_t value) {
    const step *s = g->steps + value - g->inputs;
    int other = value >= g->inputs && (is(s, "maxout") || (is(s, "dense") && strcmp(s->activation, "identity") != 0));
    return other ? value + MOST_VALUES : value;
}

size_t graph_node_width(const graph *g, size_t node) {
    size_t value = node % MOST_VALUES;
    return g->width[value] * (node < MOST_VALUES ? 1 : g->steps[value - g->inputs].pieces);
}

size_t graph_input_width(const graph *g) {
    size_t width = 0;
    for (size_t i = 0; i < g->inputs; i++) {
        width += g->width[i];
    }
    return width;
}

size_t graph_output_width(const graph *g) {
    size_t width = 0;
    for (size_t i = 0; i < g->outputs; i++) {
        width += g->width[g->output[i]];
    }
    return width;
}

static size_t whole(char **at) {
    return (size_t) strtoull(*at, at, 10);
}

static float pattern(char **at) {
    return float_of((uint32_t) strtoul(*at, at, 16));
}

static void word(char **at, char to[16]) {
    int taken = 0;
    if (sscanf(*at, "%15s%n", to, &taken) != 1) {
        fprintf(stderr, "spec: a step ends too early\n");
        exit(2);
    }
    *at += taken;
}

/* The parameters behind the operands; gives the value's width. */
static size_t parameters(graph *g, step *s, char **at) {
    size_t n = g->width[s->operand[0]];
    s->in = n;
    s->pieces = 1;
    if (is_layer(s)) {
        size_t out = whole(at);
        s->pieces = whole(at);
        word(at, s->activation);
        s->first = pattern(at);
        s->second = pattern(at);
        s->weights = n * out * s->pieces;
        s->biases = out * s->pieces;
        s->slopes = strcmp(s->activation, "prelu") == 0 ? out : 0;
        n = out;
    } else if (is(s, "activation")) {
        word(at, s->activation);
        s->first = pattern(at);
        s->second = pattern(at);
        s->slopes = strcmp(s->activation, "prelu") == 0 ? n : 0;
    } else if (is(s, "layer-norm") || is(s, "rms-norm") || is(s, "l2-norm")) {
        s->epsilon = pattern(at);
        s->slopes = is(s, "l2-norm") ? 0 : n;
        s->biases = is(s, "layer-norm") ? n : 0;
    } else if (is(s, "embedding")) {
        s->entries = whole(at);
        size_t width = whole(at);
        s->weights = s->entries * width;
        n = n * width;
    } else if (is(s, "columns")) {
        s->from = whole(at);
        n = whole(at);
    } else if (is(s, "sum")) {
        n = whole(at);
    } else if (is(s, "dot")) {
        n = 1;
    } else if (is(s, "concat")) {
        n = 0;
        for (size_t i = 0; i < s->operands; i++) {
            n += g->width[s->operand[i]];
        }
    } else if (is(s, "scale-shift") || is(s, "center-scale")) {
        s->weights = n;
        s->biases = n;
    } else if (s->operands == 2 && g->width[s->operand[1]] > n) {
        n = g->width[s->operand[1]];
    }
    if (s->activation[0] != 0) {
        s->f = function_named(s->activation);
    }
    return n;
}

/* Widths of inputs; "operation count operands parameters" for each step; numbers of the values that are outputs. */
void graph_read(graph *g, const char *inputs, const char *steps, const char *outputs) {
    char *at = (char *) inputs;
    memset(g, 0, sizeof *g);
    while (*at != 0) {
        g->width[g->inputs++] = whole(&at);
    }
    for (at = (char *) steps; *at != 0; g->count++) {
        step *s = g->steps + g->count;
        word(&at, s->op);
        s->operands = whole(&at);
        for (size_t i = 0; i < s->operands; i++) {
            s->operand[i] = whole(&at);
        }
        g->width[g->inputs + g->count] = parameters(g, s, &at);
        s->w = graph_room(s->weights, sizeof(float));
        s->b = graph_room(s->biases, sizeof(float));
        s->s = graph_room(s->slopes, sizeof(float));
        for (size_t i = 0; is(s, "scale-shift") || is(s, "center-scale") ? i < 2 * s->in : 0; i++) {
            (i < s->in ? s->w : s->b)[i % s->in] = pattern(&at);
        }
        size_t sizes[3] = {s->weights, s->biases, s->slopes};
        for (int k = 0; k < 6; k++) {
            s->moments[k] = graph_room(sizes[k / 2], sizeof(float));
        }
    }
    for (at = (char *) outputs; *at != 0;) {
        g->output[g->outputs++] = whole(&at);
    }
}

void graph_draw(graph *g, uint64_t seed) {
    for (size_t k = 0; k < g->count; k++) {
        step *s = g->steps + k;
        if (is_layer(s)) {
            he_uniform(&seed, s->w, s->weights, s->in);
        } else if (is(s, "embedding")) {
            he_uniform(&seed, s->w, s->weights, s->weights / s->entries);
        }
        for (size_t i = 0; i < s->slopes; i++) {
            s->s[i] = is(s, "layer-norm") || is(s, "rms-norm") ? 1.0f : 0.25f;
        }
    }
}

/* One row of one step; x is its first operand, a its second. */
static void row(const graph *g, const step *s, size_t value, size_t n, const float *x, const float *a, float *y) {
    size_t out = g->width[value];
    size_t one = g->width[s->operand[0]] == 1;
    size_t other = s->operands > 1 && g->width[s->operand[1]] == 1;
    if (is(s, "activation")) {
        for (size_t j = 0; j < out; j++) {
            y[j] = s->f->value(x[j], s->slopes > 0 ? s->s[j] : s->first, s->second);
        }
    } else if (is(s, "scale-shift")) {
        for (size_t j = 0; j < out; j++) {
            y[j] = fmaf(s->w[j], x[j], s->b[j]);
        }
    } else if (is(s, "center-scale")) {
        for (size_t j = 0; j < out; j++) {
            float d = x[j] - s->w[j];
            y[j] = d * s->b[j];
        }
    } else if (is(s, "layer-norm")) {
        layer_norm(s->epsilon, s->s, s->b, x, y, out);
    } else if (is(s, "rms-norm")) {
        rms_norm(s->epsilon, s->s, x, y, out);
    } else if (is(s, "l2-norm")) {
        l2_norm(s->epsilon, x, y, out);
    } else if (is(s, "softmax")) {
        softmax(x, y, out);
    } else if (is(s, "log-softmax")) {
        log_softmax(x, y, out);
    } else if (is(s, "embedding")) {
        size_t width = out / s->in;
        for (size_t k = 0; k < s->in; k++) {
            memcpy(y + k * width, s->w + (size_t) x[k] * width, width * sizeof *y);
        }
    } else if (is(s, "columns")) {
        memcpy(y, x + s->from, out * sizeof *y);
    } else if (is(s, "sum")) {
        for (size_t i = 0; i < out; i++) {
            y[i] = sum_of(x + i, out, s->in / out);
        }
    } else if (is(s, "dot")) {
        y[0] = products_of(x, a, s->in);
    } else if (is(s, "concat")) {
        for (size_t i = 0; i < s->operands; i++) {
            size_t width = g->width[s->operand[i]];
            memcpy(y, g->value[s->operand[i]] + n * width, width * sizeof *y);
            y += width;
        }
    } else {
        for (size_t j = 0; j < out; j++) {
            y[j] = combine(s->op, x[one ? 0 : j], a[other ? 0 : j]);
        }
    }
}

static void reserve(graph *g, size_t rows) {
    g->rows = rows;
    if (rows <= g->capacity) {
        return;
    }
    g->capacity = rows;
    size_t widest = 1;
    for (size_t v = 0; v < g->inputs + g->count; v++) {
        for (size_t node = v; node < 2 * MOST_VALUES; node += MOST_VALUES) {
            size_t width = graph_node_width(g, v) * (v < g->inputs ? 1 : g->steps[v - g->inputs].pieces);
            widest = width > widest ? width : widest;
            free(g->value[node]);
            free(g->gradient[node]);
            g->value[node] = graph_room(rows * width, sizeof(float));
            g->gradient[node] = graph_room(rows * width, sizeof(float));
        }
        if (v >= g->inputs) {
            free(g->steps[v - g->inputs].normal);
            g->steps[v - g->inputs].normal = graph_room(rows * g->width[v], sizeof(float));
        }
    }
    free(g->scratch);
    free(g->wide);
    g->scratch = graph_room(rows * widest, sizeof(float));
    g->wide = graph_room(rows * widest, sizeof(float));
}

void graph_forward(graph *g, const float *x, size_t rows) {
    reserve(g, rows);
    size_t columns = graph_input_width(g);
    for (size_t i = 0, from = 0; i < g->inputs; from += g->width[i++]) {
        for (size_t n = 0; n < rows; n++) {
            memcpy(g->value[i] + n * g->width[i], x + n * columns + from, g->width[i] * sizeof *x);
        }
    }
    for (size_t k = 0; k < g->count; k++) {
        const step *s = g->steps + k;
        size_t v = g->inputs + k;
        const float *in = g->value[s->operand[0]];
        float *y = g->value[v];
        if (is_layer(s)) {
            float *z = g->value[graph_net(g, v)];
            affine(in, s->w, s->b, z, rows, s->in, g->width[v] * s->pieces);
            if (s->pieces > 1) {
                maxout(s->pieces, z, y, rows, g->width[v]);
            }
            for (size_t n = 0; s->pieces == 1 && n < rows * g->width[v]; n++) {
                y[n] = s->f->value(z[n], s->slopes > 0 ? s->s[n % g->width[v]] : s->first, s->second);
            }
            continue;
        }
        for (size_t n = 0; n < rows; n++) {
            const float *a = s->operands > 1 ? g->value[s->operand[1]] + n * g->width[s->operand[1]] : NULL;
            row(g, s, v, n, in + n * s->in, a, y + n * g->width[v]);
        }
    }
}

static void line(sha256 *digest, const char *text) {
    sha256_add(digest, text, strlen(text));
    sha256_add(digest, "\n", 1);
}

static void counted(sha256 *digest, const char *text, size_t number) {
    char words[64];
    snprintf(words, sizeof words, "%s %zu", text, number);
    line(digest, words);
}

void graph_fingerprint(const graph *g, char text[65]) {
    sha256 digest;
    unsigned char bytes[32];
    sha256_start(&digest);
    for (size_t i = 0; i < g->inputs; i++) {
        counted(&digest, "input", g->width[i]);
    }
    for (size_t k = 0; k < g->count; k++) {
        const step *s = g->steps + k;
        char words[256];
        int length = snprintf(words, sizeof words, "%s", s->op);
        for (size_t i = 0; i < s->operands; i++) {
            length += snprintf(words + length, sizeof words - (size_t) length, " %zu", s->operand[i]);
        }
        snprintf(words + length, sizeof words - (size_t) length, " -> %zu", g->width[g->inputs + k]);
        line(&digest, words);
        if (is_layer(s)) {
            counted(&digest, "pieces", s->pieces);
        }
        if (s->activation[0] != 0) {
            line(&digest, s->activation);
            sha256_floats(&digest, &s->first, 1);
            sha256_floats(&digest, &s->second, 1);
        }
        if (is(s, "embedding")) {
            counted(&digest, "entries", s->entries);
        } else if (is(s, "columns")) {
            counted(&digest, "from", s->from);
        } else if (is(s, "layer-norm") || is(s, "rms-norm") || is(s, "l2-norm")) {
            sha256_floats(&digest, &s->epsilon, 1);
            sha256_floats(&digest, s->s, s->slopes);
        }
        sha256_floats(&digest, s->w, s->weights);
        sha256_floats(&digest, s->b, s->biases);
        sha256_floats(&digest, s->s, s->activation[0] != 0 ? s->slopes : 0);
    }
    for (size_t i = 0; i < g->outputs; i++) {
        counted(&digest, "output", g->output[i]);
    }
    sha256_end(&digest, bytes);
    hex(bytes, 32, text);
}

void graph_free(graph *g) {
    for (size_t k = 0; k < g->count; k++) {
        step *s = g->steps + k;
        free(s->w);
        free(s->b);
        free(s->s);
        free(s->normal);
        for (int i = 0; i < 6; i++) {
            free(s->moments[i]);
        }
    }
    for (size_t node = 0; node < 2 * MOST_VALUES; node++) {
        free(g->value[node]);
        free(g->gradient[node]);
    }
    free(g->scratch);
    free(g->wide);
}
