/* The arithmetic of ../arithmetic.md in C11: what the files of this folder give each other. */
#ifndef ARITHMETIC_H
#define ARITHMETIC_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A number and its pattern. */
static inline uint32_t bits_of(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline float float_of(uint32_t bits) {
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* x < 0 ? -0 : x. Written as that, or with the comparison alone on floats, clang 14 gives -0 for +0 (LLVM 57357): below zero are
   the patterns from 80000001, the smallest denormal, to FF800000, the infinity. */
static inline float negative_to_zero(float x) {
    uint32_t bits = bits_of(x);
    return float_of(bits > 0x80000000u && bits <= 0xFF800000u ? 0x80000000u : bits);
}

/* Functions of one number. */
typedef struct {
    const char *name;
    int parameters;
    float (*value)(float x, float first, float second);
    float (*derivative)(float x, float first, float second);
} function;

const function *function_named(const char *name);
float exp_pair(float hi, float lo);
float expm1_(float x);
float log1p_(float t);
float log1p_unit(float t);
float logistic(float x);
float softplus(float x);
float sine(float x);
float cosine(float x);
float logistic_derivative(float x);
float tanh_value(float x);
float tanh_derivative(float x);
float swish_value(float x, float beta);
float swish_derivative(float x, float beta);
float gelu_value(float x);
float gelu_derivative(float x);
float gelu_tanh_value(float x);
float gelu_tanh_derivative(float x);
float gelu_logistic_value(float x);
float gelu_logistic_derivative(float x);
float mish_value(float x);
float mish_derivative(float x);

/* Rows: sums, softmax, norms, losses. */
float sum_of(const float *x, size_t step, size_t n);
float products_of(const float *a, const float *b, size_t n);
float exponential(float z, float m);
void softmax(const float *z, float *y, size_t n);
void log_softmax(const float *z, float *y, size_t n);
void layer_norm(float epsilon, const float *gain, const float *shift, const float *x, float *y, size_t n);
void rms_norm(float epsilon, const float *gain, const float *x, float *y, size_t n);
void l2_norm(float epsilon, const float *x, float *y, size_t n);
typedef enum { CROSS_ENTROPY, LOGISTIC_CROSS_ENTROPY, SQUARED_ERROR } loss;
int loss_named(const char *name);
float loss_row(loss kind, const float *in, const float *y, float *d, size_t n);

/* Kernels of layers: matrices are dense, row after row. */
void affine(const float *x, const float *w, const float *b, float *z, size_t rows, size_t in, size_t out);
void back_propagate(const float *dz, const float *w, float *dx, size_t rows, size_t in, size_t out);
void weight_gradient(const float *dz, const float *x, float *dw, size_t rows, size_t in, size_t out);
void bias_gradient(const float *dz, float *db, size_t rows, size_t out);
void slope_gradient(const float *z, const float *da, float *ds, size_t rows, size_t out);
void maxout(size_t pieces, const float *z, float *a, size_t rows, size_t out);
void maxout_gradient(size_t pieces, const float *z, const float *da, float *dz, size_t rows, size_t out);
float combine(const char *kind, float a, float b);
float combine_gradient(const char *kind, int second, float a, float b, float dy);
void layer_norm_gradient(float epsilon, const float *gain, const float *x, const float *dy, float *normal, float *dx, size_t n);
void rms_norm_gradient(float epsilon, const float *gain, const float *x, const float *dy, float *normal, float *dx, size_t n);
void l2_norm_gradient(float epsilon, const float *x, const float *dy, float *dx, size_t n);
void softmax_gradient(const float *y, const float *dy, float *dx, size_t n);
void log_softmax_gradient(const float *p, const float *dy, float *dx, size_t n);
void gain_gradient(const float *dy, const float *normal, float *dg, size_t rows, size_t n);
void standardize(const float *x, size_t rows, size_t columns, float *center, float *scale, float *deviation);
float quantized(float x, float scale, float low, float high);
float quantized_row(const float *x, float *y, size_t n);
float integer_output(int32_t sum, float row_scale, float scale, float shift);

/* Optimizers: the numbers of one step, and one parameter's. */
typedef enum { SGD, MOMENTUM, NESTEROV, RMSPROP, ADAM, ADAMW } method;
typedef struct {
    method kind;
    float momentum, beta1, beta2, epsilon;
    double power1, power2;
    float rate, scale, decay, shrinkage, correction;
} optimizer;

int method_named(const char *name);
void optimizer_start(optimizer *o, method kind, float momentum, float beta1, float beta2, float epsilon);
void optimizer_advance(optimizer *o, float alpha, float scale, float lambda);
void optimize(const optimizer *o, int decays, float *w, const float *dw, float *m, float *v, size_t n);

/* What a rate is multiplied by in a step behind the warm-up, after so many epochs with their measures. */
float schedule_factor(const char *name, size_t epochs, float factor, size_t step, size_t steps, const double *measures,
                      size_t over);

/* Random numbers: the state is the seed. */
uint64_t next_long(uint64_t *state);
float next_float(uint64_t *state);
uint32_t next_int(uint64_t *state, uint32_t bound);
void shuffle(uint64_t *state, uint32_t *values, size_t n);
void he_uniform(uint64_t *state, float *w, size_t n, size_t in);
void glorot_uniform(uint64_t *state, float *w, size_t n, size_t in, size_t out);

/* Dropout: the keys of a step are the halves of a draw; what is dropped in a row of a layer. */
uint32_t counter_hash(uint32_t k0, uint32_t k1, uint32_t i);
void drop(uint64_t key, float rate, uint32_t layer, uint32_t row, float *a, size_t n);

/* Digests. */
typedef struct {
    uint32_t hash[8];
    uint64_t length;
    unsigned char block[64];
} sha256;

void sha256_start(sha256 *s);
void sha256_add(sha256 *s, const void *bytes, size_t length);
void sha256_end(sha256 *s, unsigned char digest[32]);
void sha256_floats(sha256 *s, const float *x, size_t n);
void hex(const unsigned char *bytes, size_t length, char *text);

/* A chain of layers, and its training. */
typedef struct {
    size_t in, out, pieces, rows;
    const function *f;
    float first, second;
    int prelu;
    float *w, *b, *slopes;
    float *dw, *db, *ds;
    float *moments[6];
    float *z, *a, *dz, *da;
} layer;

typedef struct {
    size_t count, capacity;
    layer layers[8];
    float clip;                /* 0 for any length */
    int drops;
    float rates[8];
    uint64_t dropout, key;
} chain;

void chain_add(chain *c, size_t in, size_t out, size_t pieces, const char *activation, float first, float second);
void chain_draw(chain *c, uint64_t seed);
void chain_reserve(chain *c, size_t rows);
void chain_forward(chain *c, const float *x, size_t rows);
double chain_step(chain *c, optimizer *o, loss kind, const float *x, const float *y, const float *weights, size_t rows,
                  float alpha, float lambda);
void chain_fingerprint(const chain *c, char text[65]);
void chain_free(chain *c);

/* What main calls; both give the number of failures. */
int run_vectors(const char *file);
int run_demo(const char *images, const char *labels, int epochs, uint64_t seed, const char *expected);

#endif
