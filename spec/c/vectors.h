/* One vector of a file, and what its operation computes, compared with it. */
#ifndef VECTORS_H
#define VECTORS_H

#include "arithmetic.h"

#define MOST_MEMBERS 64

/* Names and texts of its members; a number is its digits. */
typedef struct {
    const char *file;
    int line, count, failed;
    const char *keys[MOST_MEMBERS];
    const char *texts[MOST_MEMBERS];
    float *floats[MOST_MEMBERS];
} vector;

int has(const vector *v, const char *key);
const char *text(const vector *v, const char *key);
size_t number(const vector *v, const char *key);
uint64_t pattern(const vector *v, const char *key);
size_t length(const vector *v, const char *key);
float *floats(vector *v, const char *key);
float single(vector *v, const char *key);
const char *numbered(char name[16], const char *key, int k);
optimizer method_of(vector *v);
void *room(size_t n, size_t size);

void expect(vector *v, const char *key, const float *got, size_t n);
void expect_text(vector *v, const char *key, const char *got);
void expect_double(vector *v, const char *key, double got);

/* Operations of vectors_training.c. */
void dropout(vector *v);
void gradient(vector *v);
void standardization(vector *v);
void graphs(vector *v);

#endif
