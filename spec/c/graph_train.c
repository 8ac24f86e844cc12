/* The training of networks with branches: gradients, from the losses back to the first step, and what they move. */
#include "graph.h"
#include <stdlib.h>

static int is(const step *s, const char *op) {
    return strcmp(s->op, op) == 0;
}

static int is_layer(const step *s) {
    return is(s, "dense") || is(s, "maxout");
}

/* Which nodes have a parameter behind them. */
static void mark(graph *g) {
    memset(g->has, 0, sizeof g->has);
    memset(g->learns, 0, sizeof g->learns);
    for (size_t k = 0; k < g->count; k++) {
        const step *s = g->steps + k;
        size_t v = g->inputs + k;
        int units = is(s, "scale-shift") || is(s, "center-scale");
        int learns = !units && s->weights + s->biases + s->slopes > 0;
        for (size_t i = 0; i < s->operands; i++) {
            learns |= g->learns[s->operand[i]];
        }
        g->learns[v] = learns;
        g->learns[v + MOST_VALUES] = learns;
    }
}

/* The first that a gradient gets is written as it is, what follows is added. */
static void give(graph *g, size_t node, const float *d) {
    size_t n = g->rows * graph_node_width(g, node);
    if (!g->learns[node]) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        g->gradient[node][i] = g->has[node] ? g->gradient[node][i] + d[i] : d[i];
    }
    g->has[node] = 1;
}

static void give_columns(graph *g, size_t node, size_t from, const float *d, size_t count) {
    size_t width = graph_node_width(g, node);
    if (!g->learns[node]) {
        return;
    }
    if (!g->has[node]) {
        memset(g->gradient[node], 0, g->rows * width * sizeof *d);
    }
    for (size_t n = 0; n < g->rows; n++) {
        for (size_t j = 0; j < count; j++) {
            float *to = g->gradient[node] + n * width + from + j;
            *to = g->has[node] ? *to + d[n * count + j] : d[n * count + j];
        }
    }
    g->has[node] = 1;
}

static void layer_back(graph *g, step *s, size_t v) {
    size_t net = graph_net(g, v);
    size_t out = g->width[v];
    if (net != v && g->has[v]) {
        if (s->pieces > 1) {
            maxout_gradient(s->pieces, g->value[net], g->gradient[v], g->scratch, g->rows, out);
        }
        for (size_t i = 0; s->pieces == 1 && i < g->rows * out; i++) {
            float f = s->f->derivative(g->value[net][i], s->slopes > 0 ? s->s[i % out] : s->first, s->second);
            g->scratch[i] = f * g->gradient[v][i];
        }
        give(g, net, g->scratch);
    }
    if (g->has[net]) {
        back_propagate(g->gradient[net], s->w, g->scratch, g->rows, s->in, out * s->pieces);
        give(g, s->operand[0], g->scratch);
    }
}

static void combine_back(graph *g, const step *s, size_t v) {
    size_t out = g->width[v];
    size_t a = g->width[s->operand[0]];
    size_t b = g->width[s->operand[1]];
    for (int second = 0; second < 2; second++) {
        for (size_t i = 0; i < g->rows * out; i++) {
            size_t n = i / out;
            size_t j = i % out;
            g->wide[i] = combine_gradient(s->op, second, g->value[s->operand[0]][n * a + (a == 1 ? 0 : j)],
                                          g->value[s->operand[1]][n * b + (b == 1 ? 0 : j)], g->gradient[v][i]);
        }
        int narrow = (second ? b : a) < out;
        for (size_t n = 0; narrow && n < g->rows; n++) {
            g->scratch[n] = sum_of(g->wide + n * out, 1, out);
        }
        give(g, s->operand[second], narrow ? g->scratch : g->wide);
    }
}

/* The gradients of a step's operands, of that of its value. */
static void step_back(graph *g, step *s, size_t v) {
    size_t in = s->in;
    size_t out = g->width[v];
    const float *dy = g->gradient[v];
    const float *x = g->value[s->operand[0]];
    float *d = g->scratch;
    if (s->operands == 2 && !is(s, "dot") && !is(s, "concat")) {
        combine_back(g, s, v);
        return;
    }
    if (is(s, "concat")) {
        for (size_t i = 0, from = 0; i < s->operands; from += g->width[s->operand[i++]]) {
            size_t width = g->width[s->operand[i]];
            for (size_t n = 0; n < g->rows; n++) {
                memcpy(d + n * width, dy + n * out + from, width * sizeof *d);
            }
            give(g, s->operand[i], d);
        }
        return;
    }
    if (is(s, "dot")) {
        for (int second = 0; second < 2; second++) {
            const float *other = g->value[s->operand[1 - second]];
            for (size_t i = 0; i < g->rows * in; i++) {
                d[i] = dy[i / in] * other[i];
            }
            give(g, s->operand[second], d);
        }
        return;
    }
    if (is(s, "columns")) {
        give_columns(g, s->operand[0], s->from, dy, out);
        return;
    }
    if (is(s, "embedding")) {
        return;
    }
    for (size_t n = 0; n < g->rows; n++) {
        const float *xn = x + n * in;
        const float *dn = dy + n * out;
        float *to = d + n * in;
        float *normal = s->normal + n * out;
        if (is(s, "layer-norm")) {
            layer_norm_gradient(s->epsilon, s->s, xn, dn, normal, to, in);
        } else if (is(s, "rms-norm")) {
            rms_norm_gradient(s->epsilon, s->s, xn, dn, normal, to, in);
        } else if (is(s, "l2-norm")) {
            l2_norm_gradient(s->epsilon, xn, dn, to, in);
        } else if (is(s, "softmax")) {
            softmax_gradient(g->value[v] + n * out, dn, to, in);
        } else if (is(s, "log-softmax")) {
            softmax(xn, normal, in);
            log_softmax_gradient(normal, dn, to, in);
        } else {
            for (size_t j = 0; j < in; j++) {
                to[j] = is(s, "sum") ? dn[j % out]
                      : is(s, "activation") ? s->f->derivative(xn[j], s->slopes > 0 ? s->s[j] : s->first, s->second) * dn[j]
                      : dn[j] * (is(s, "scale-shift") ? s->w : s->b)[j];
            }
        }
    }
    give(g, s->operand[0], d);
}

static void move(const optimizer *o, int decays, step *s, int which, float *p, const float *sum, size_t n) {
    optimize(o, decays, p, sum, s->moments[2 * which], s->moments[2 * which + 1], n);
}

/* Of a table only the rows that the batch names move, each by the sum of what was given to it. */
static void move_table(graph *g, const optimizer *o, step *s, size_t v, float *sum) {
    size_t width = g->width[v] / s->in;
    const float *ids = g->value[s->operand[0]];
    for (size_t entry = 0; entry < s->entries; entry++) {
        int named = 0;
        memset(sum, 0, width * sizeof *sum);
        for (size_t i = 0; i < g->rows * s->in; i++) {
            for (size_t j = 0; (size_t) ids[i] == entry && j < width; j++) {
                sum[j] = sum[j] + g->gradient[v][i * width + j];
            }
            named |= (size_t) ids[i] == entry;
        }
        if (named) {
            optimize(o, 1, s->w + entry * width, sum, s->moments[0] + entry * width, s->moments[1] + entry * width, width);
        }
    }
}

static void update(graph *g, const optimizer *o, step *s, size_t v) {
    size_t net = graph_net(g, v);
    size_t out = g->width[v];
    size_t most = s->weights + s->biases + s->slopes;
    float *sum = graph_room(most, sizeof *sum);
    float *ds = sum + s->weights + s->biases;
    float *db = sum + s->weights;
    if (is_layer(s) && g->has[net]) {
        weight_gradient(g->gradient[net], g->value[s->operand[0]], sum, g->rows, s->in, out * s->pieces);
        bias_gradient(g->gradient[net], db, g->rows, s->biases);
        if (s->slopes > 0 && g->has[v]) {
            slope_gradient(g->value[net], g->gradient[v], ds, g->rows, out);
            move(o, 0, s, 2, s->s, ds, s->slopes);
        }
        move(o, 1, s, 0, s->w, sum, s->weights);
        move(o, 0, s, 1, s->b, db, s->biases);
    } else if (is(s, "activation") && s->slopes > 0 && g->has[v]) {
        slope_gradient(g->value[s->operand[0]], g->gradient[v], ds, g->rows, out);
        move(o, 0, s, 2, s->s, ds, s->slopes);
    } else if ((is(s, "layer-norm") || is(s, "rms-norm")) && g->has[v]) {
        gain_gradient(g->gradient[v], s->normal, ds, g->rows, out);
        bias_gradient(g->gradient[v], db, g->rows, s->biases);
        move(o, 0, s, 2, s->s, ds, s->slopes);
        move(o, 0, s, 1, s->b, db, s->biases);
    } else if (is(s, "embedding") && g->has[v]) {
        move_table(g, o, s, v, sum);
    }
    free(sum);
}

/* What a loss of an output reads. */
static size_t read_by(const graph *g, const term *t) {
    size_t v = g->output[t->output];
    if (t->kind == SQUARED_ERROR) {
        return v;
    }
    return is_layer(g->steps + v - g->inputs) ? graph_net(g, v) : g->steps[v - g->inputs].operand[0];
}

double graph_step(graph *g, optimizer *o, const term *terms, size_t count, const float *x, const float *y, size_t rows,
                  float alpha, float lambda) {
    graph_forward(g, x, rows);
    mark(g);
    size_t targets = graph_output_width(g);
    float *losses = graph_room(rows, sizeof *losses);
    for (size_t t = 0; t < count; t++) {
        size_t node = read_by(g, terms + t);
        size_t width = graph_node_width(g, node);
        size_t from = 0;
        for (size_t i = 0; i < terms[t].output; i++) {
            from += g->width[g->output[i]];
        }
        for (size_t n = 0; n < rows; n++) {
            float *d = g->wide + n * width;
            float l = loss_row(terms[t].kind, g->value[node] + n * width, y + n * targets + from, d, width);
            losses[n] = fmaf(terms[t].weight, l, losses[n]);
            for (size_t j = 0; terms[t].weight != 1.0f && j < width; j++) {
                d[j] = terms[t].weight * d[j];
            }
        }
        give(g, node, g->wide);
    }
    for (size_t k = g->count; k-- > 0;) {
        if (is_layer(g->steps + k)) {
            layer_back(g, g->steps + k, g->inputs + k);
        } else if (g->has[g->inputs + k]) {
            step_back(g, g->steps + k, g->inputs + k);
        }
    }
    optimizer_advance(o, alpha, 1.0f / (float) rows, lambda);
    for (size_t k = 0; k < g->count; k++) {
        update(g, o, g->steps + k, g->inputs + k);
    }
    double sum = 0.0;
    for (size_t n = 0; n < rows; n++) {
        sum = sum + (double) losses[n];
    }
    free(losses);
    return sum / (double) rows;
}
