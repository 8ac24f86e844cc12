/* A network with branches, as ../graphs.md has it. */
#ifndef GRAPH_H
#define GRAPH_H

#include "arithmetic.h"

#define MOST_VALUES 64
#define MOST_OPERANDS 8

/* What makes a value of earlier ones, with what it learns and its moments. */
typedef struct {
    char op[16], activation[16];
    size_t operands, operand[MOST_OPERANDS];
    size_t in, pieces, entries, from;
    const function *f;
    float first, second, epsilon;
    size_t weights, biases, slopes;
    float *w, *b, *s;                   /* weights or a table; biases or shifts; slopes or gains */
    float *moments[6];
    float *normal;
} step;

/* Values are the inputs, then what the steps make; the net input of a layer is the node behind all values. */
typedef struct {
    size_t inputs, count, outputs, rows, capacity;
    size_t width[MOST_VALUES], output[MOST_VALUES];
    step steps[MOST_VALUES];
    float *value[2 * MOST_VALUES], *gradient[2 * MOST_VALUES];
    int has[2 * MOST_VALUES], learns[2 * MOST_VALUES];
    float *scratch, *wide;
} graph;

/* A loss of an output, and how much it counts. */
typedef struct {
    loss kind;
    size_t output;
    float weight;
} term;

void *graph_room(size_t n, size_t size);
void graph_read(graph *g, const char *inputs, const char *steps, const char *outputs);
void graph_draw(graph *g, uint64_t seed);
void graph_forward(graph *g, const float *x, size_t rows);
double graph_step(graph *g, optimizer *o, const term *terms, size_t count, const float *x, const float *y, size_t rows,
                  float alpha, float lambda);
void graph_fingerprint(const graph *g, char text[65]);
size_t graph_net(const graph *g, size_t value);
size_t graph_node_width(const graph *g, size_t node);
size_t graph_input_width(const graph *g);
size_t graph_output_width(const graph *g);
void graph_free(graph *g);

#endif
