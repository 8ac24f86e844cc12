/* The demo, exactly: section "The demo" of the text. */
#include "arithmetic.h"
#include <stdio.h>
#include <stdlib.h>

#define PIXELS 784
#define CLASSES 10
#define BATCH 32

/* An IDX file of bytes behind its header. */
static unsigned char *read_idx(const char *name, size_t width, size_t *count) {
    unsigned char head[16];
    size_t header = width == 1 ? 8 : 16;
    FILE *file = fopen(name, "rb");
    if (file == NULL || fread(head, 1, header, file) != header || head[2] != 8) {
        fprintf(stderr, "spec: %s cannot be read or is no IDX file of bytes: unpack it with gzip -dc\n", name);
        exit(2);
    }
    *count = (size_t) head[4] << 24 | (size_t) head[5] << 16 | (size_t) head[6] << 8 | head[7];
    unsigned char *bytes = malloc(*count * width + 1);
    if (bytes == NULL || fread(bytes, width, *count, file) != *count) {
        fprintf(stderr, "spec: %s is cut off: unpack it anew\n", name);
        exit(2);
    }
    fclose(file);
    return bytes;
}

typedef struct {
    const unsigned char *images, *labels;
    uint32_t *order;
    size_t count;
    float *x, *y;
} samples;

/* One descent: its own generator, and an order that starts anew as 0, 1, ... */
static void descend(chain *c, samples *s, float alpha, int epochs, uint64_t seed) {
    optimizer o;
    optimizer_start(&o, SGD, 0.0f, 0.0f, 0.0f, 0.0f);
    for (size_t n = 0; n < s->count; n++) {
        s->order[n] = (uint32_t) n;
    }
    for (int e = 1; e <= epochs; e++) {
        double sum = 0.0;
        shuffle(&seed, s->order, s->count);
        for (size_t from = 0; from < s->count; from += BATCH) {
            size_t rows = s->count - from < BATCH ? s->count - from : BATCH;
            memset(s->y, 0, BATCH * CLASSES * sizeof *s->y);
            for (size_t n = 0; n < rows; n++) {
                size_t sample = s->order[from + n];
                for (size_t j = 0; j < PIXELS; j++) {
                    s->x[n * PIXELS + j] = (float) s->images[sample * PIXELS + j] / 255.0f;
                }
                s->y[n * CLASSES + s->labels[sample]] = 1.0f;
            }
            double mean = chain_step(c, &o, CROSS_ENTROPY, s->x, s->y, NULL, rows, alpha, 0.0f);
            sum = sum + mean * (double) rows;
        }
        printf("epoch %d of rate %.9g: loss %.17g\n", e, (double) alpha, sum / (double) s->count);
        fflush(stdout);
    }
}

int run_demo(const char *images, const char *labels, int epochs, uint64_t seed, const char *expected) {
    samples s;
    size_t count;
    chain c = {0};
    char fingerprint[65];
    unsigned char *pixels = read_idx(images, PIXELS, &s.count);
    unsigned char *classes = read_idx(labels, 1, &count);
    s.images = pixels;
    s.labels = classes;
    s.order = malloc(s.count * sizeof *s.order);
    s.x = malloc(BATCH * PIXELS * sizeof *s.x);
    s.y = malloc(BATCH * CLASSES * sizeof *s.y);
    if (count != s.count || s.order == NULL || s.x == NULL || s.y == NULL) {
        fprintf(stderr, "spec: %s has %zu labels for %zu images\n", labels, count, s.count);
        return 1;
    }
    chain_add(&c, PIXELS, 128, 1, "relu", 0.0f, 0.0f);
    chain_add(&c, 128, 64, 1, "relu", 0.0f, 0.0f);
    chain_add(&c, 64, CLASSES, 1, "identity", 0.0f, 0.0f);
    chain_draw(&c, seed);
    int last = epochs / 4;
    descend(&c, &s, 0.1f, epochs - last, seed);
    descend(&c, &s, 0.02f, last, seed + 1);
    chain_fingerprint(&c, fingerprint);
    printf("%s\n", fingerprint);
    chain_free(&c);
    free(pixels);
    free(classes);
    free(s.order);
    free(s.x);
    free(s.y);
    return expected != NULL && strcmp(expected, fingerprint) != 0;
}
