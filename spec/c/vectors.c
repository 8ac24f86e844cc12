/* Reads the files of ../vectors, computes what they ask for, and names the first difference of each vector. */
#include "vectors.h"
#include <stdio.h>
#include <stdlib.h>

/* A line such as {"op":"sum","n":3,"x":"3F800000"}, which it cuts into members; 0 for a line that is none. */
static int members(vector *v, char *line) {
    v->count = 0;
    v->failed = 0;
    if (strncmp(line, "{\"op\":", 6) != 0) {
        return 0;
    }
    char *at = line + 1;
    while (*at == '"' && v->count < MOST_MEMBERS) {
        char *key = at + 1;
        at = strchr(key, '"');
        *at = 0;
        at += 2;
        char *text = at;
        if (*at == '"') {
            text = at + 1;
            at = strchr(text, '"');
            *at++ = 0;
        } else {
            at += strcspn(at, ",}");
        }
        int more = *at == ',';
        *at++ = 0;
        v->floats[v->count] = NULL;
        v->keys[v->count] = key;
        v->texts[v->count++] = text;
        if (!more) {
            return 1;
        }
    }
    fprintf(stderr, "spec: %s:%d: not a line of this format\n", v->file, v->line);
    exit(2);
}

static int place(const vector *v, const char *key) {
    for (int i = 0; i < v->count; i++) {
        if (strcmp(v->keys[i], key) == 0) {
            return i;
        }
    }
    return -1;
}

int has(const vector *v, const char *key) {
    return place(v, key) >= 0;
}

static int member(const vector *v, const char *key) {
    int found = place(v, key);
    if (found >= 0) {
        return found;
    }
    fprintf(stderr, "spec: %s:%d: %s without %s\n", v->file, v->line, v->texts[0], key);
    exit(2);
}

const char *text(const vector *v, const char *key) {
    return v->texts[member(v, key)];
}

size_t number(const vector *v, const char *key) {
    return (size_t) strtoull(text(v, key), NULL, 10);
}

uint64_t pattern(const vector *v, const char *key) {
    return strtoull(text(v, key), NULL, 16);
}

size_t length(const vector *v, const char *key) {
    const char *t = text(v, key);
    size_t words = *t != 0;
    for (; *t != 0; t++) {
        words += *t == ' ';
    }
    return words;
}

void *room(size_t n, size_t size) {
    void *x = calloc(n + 1, size);
    if (x == NULL) {
        abort();
    }
    return x;
}

/* The floats of a member, which live as long as the vector. */
float *floats(vector *v, const char *key) {
    int m = member(v, key);
    if (v->floats[m] == NULL) {
        size_t n = length(v, key);
        char *at = (char *) v->texts[m];
        v->floats[m] = room(n, sizeof(float));
        for (size_t i = 0; i < n; i++) {
            v->floats[m][i] = float_of((uint32_t) strtoul(at, &at, 16));
        }
    }
    return v->floats[m];
}

float single(vector *v, const char *key) {
    return floats(v, key)[0];
}

static void differ(vector *v, const char *what, size_t index, const char *got, const char *want) {
    if (!v->failed) {
        printf("%s:%d: %s", v->file, v->line, v->texts[0]);
        if (v->count > 1 && strcmp(v->keys[1], "name") == 0) {
            printf(" %s", v->texts[1]);
        }
        printf(": %s[%zu] is %s, want %s\n", what, index, got, want);
    }
    v->failed = 1;
}

void expect_text(vector *v, const char *key, const char *got) {
    if (strcmp(text(v, key), got) != 0) {
        differ(v, key, 0, got, text(v, key));
    }
}

/* Bit for bit; two NaNs are equal. */
void expect(vector *v, const char *key, const float *got, size_t n) {
    float *want = floats(v, key);
    if (length(v, key) != n) {
        differ(v, key, n, "the end", "more or less");
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (bits_of(got[i]) != bits_of(want[i]) && !(got[i] != got[i] && want[i] != want[i])) {
            char a[16], b[16];
            snprintf(a, sizeof a, "%08X", (unsigned) bits_of(got[i]));
            snprintf(b, sizeof b, "%08X", (unsigned) bits_of(want[i]));
            differ(v, key, i, a, b);
        }
    }
}

void expect_double(vector *v, const char *key, double got) {
    char words[17];
    uint64_t bits;
    memcpy(&bits, &got, sizeof bits);
    snprintf(words, sizeof words, "%016llX", (unsigned long long) (got == got ? bits : 0x7FF8000000000000u));
    expect_text(v, key, words);
}

static void draws(vector *v) {
    uint64_t state = pattern(v, "seed");
    char *at = (char *) text(v, "longs");
    float got[64];
    size_t n = length(v, "longs");
    for (size_t i = 0; i < n; i++) {
        uint64_t want = strtoull(at, &at, 16);
        uint64_t draw = next_long(&state);
        if (draw != want) {
            differ(v, "longs", i, "another", "the one there");
        }
    }
    state = pattern(v, "seed");
    for (size_t i = 0; i < n; i++) {
        got[i] = next_float(&state);
    }
    expect(v, "floats", got, n);
}

static void integers(vector *v) {
    static uint64_t state;
    static uint32_t order[256];
    char *at = (char *) text(v, "values");
    size_t n = length(v, "values");
    int shuffles = strcmp(v->texts[0], "shuffle") == 0;
    if (!shuffles || strcmp(text(v, "time"), "first") == 0) {
        state = pattern(v, "seed");
        for (size_t i = 0; shuffles && i < n; i++) {
            order[i] = (uint32_t) i;
        }
    }
    if (shuffles) {
        shuffle(&state, order, n);
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t got = shuffles ? order[i] : next_int(&state, (uint32_t) number(v, "bound"));
        if (got != strtoul(at, &at, 10)) {
            differ(v, "values", i, "another", "the one there");
        }
    }
}

static const function *known(vector *v) {
    const function *f = function_named(text(v, "name"));
    if (f == NULL) {
        fprintf(stderr, "spec: %s:%d: no function %s\n", v->file, v->line, text(v, "name"));
        exit(2);
    }
    return f;
}

static void values(vector *v) {
    const function *f = known(v);
    size_t n = length(v, "x");
    float *got = room(n, sizeof *got);
    for (int derivative = 0; derivative < 2; derivative++) {
        float (*g)(float, float, float) = derivative ? f->derivative : f->value;
        for (size_t i = 0; i < n; i++) {
            got[i] = g(floats(v, "x")[i], single(v, "first"), single(v, "second"));
        }
        expect(v, derivative ? "derivative" : "value", got, n);
    }
    free(got);
}

static void digest(vector *v) {
    const function *f = known(v);
    uint64_t stride = number(v, "stride");
    float first = single(v, "first");
    float second = single(v, "second");
    for (int derivative = 0; derivative < 2; derivative++) {
        float (*g)(float, float, float) = derivative ? f->derivative : f->value;
        sha256 s;
        unsigned char bytes[32];
        char got[65];
        sha256_start(&s);
        for (uint64_t p = 0; p < UINT64_C(1) << 32; p += stride) {
            float y = g(float_of((uint32_t) p), first, second);
            sha256_floats(&s, &y, 1);
        }
        sha256_end(&s, bytes);
        hex(bytes, 32, got);
        expect_text(v, derivative ? "derivative" : "value", got);
    }
}

static void parts(vector *v) {
    const char *op = v->texts[0];
    size_t n = length(v, "x");
    float *x = floats(v, "x");
    float *got = room(n, sizeof *got);
    for (size_t i = 0; i < n; i++) {
        got[i] = strcmp(op, "expm1") == 0 ? expm1_(x[i])
               : strcmp(op, "log1p") == 0 ? log1p_(x[i])
               : strcmp(op, "log1p-unit") == 0 ? log1p_unit(x[i])
               : strcmp(op, "exp-pair") == 0 ? exp_pair(x[i], floats(v, "lo")[i])
               : exponential(x[i], floats(v, "m")[i]);
    }
    expect(v, "value", got, n);
    free(got);
}

static void row(vector *v) {
    const char *op = v->texts[0];
    size_t n = length(v, "x");
    float *x = floats(v, "x");
    float *y = room(n, sizeof *y);
    size_t count = n;
    if (strcmp(op, "sum") == 0) {
        y[0] = sum_of(x, 1, n);
        count = 1;
    } else if (strcmp(op, "products") == 0) {
        y[0] = products_of(x, floats(v, "a"), n);
        count = 1;
    } else if (strcmp(op, "softmax") == 0) {
        softmax(x, y, n);
    } else if (strcmp(op, "log-softmax") == 0) {
        log_softmax(x, y, n);
    } else if (strcmp(op, "layer-norm") == 0) {
        layer_norm(single(v, "epsilon"), floats(v, "gain"), floats(v, "shift"), x, y, n);
    } else if (strcmp(op, "rms-norm") == 0) {
        rms_norm(single(v, "epsilon"), floats(v, "gain"), x, y, n);
    } else {
        l2_norm(single(v, "epsilon"), x, y, n);
    }
    expect(v, "value", y, count);
    free(y);
}

static void losses(vector *v) {
    size_t n = length(v, "x");
    float *d = room(n, sizeof *d);
    float value = loss_row((loss) loss_named(text(v, "name")), floats(v, "x"), floats(v, "y"), d, n);
    expect(v, "value", &value, 1);
    expect(v, "d", d, n);
    free(d);
}

static void kernel(vector *v) {
    const char *op = v->texts[0];
    size_t rows = number(v, "rows");
    size_t in = number(v, "in");
    size_t out = number(v, "out");
    if (strcmp(op, "affine") == 0) {
        float *z = room(rows * out, sizeof *z);
        affine(floats(v, "x"), floats(v, "w"), floats(v, "b"), z, rows, in, out);
        expect(v, "value", z, rows * out);
        free(z);
    } else if (strcmp(op, "backpropagate") == 0) {
        float *dx = room(rows * in, sizeof *dx);
        back_propagate(floats(v, "dz"), floats(v, "w"), dx, rows, in, out);
        expect(v, "value", dx, rows * in);
        free(dx);
    } else if (strcmp(op, "weight-gradient") == 0) {
        weight_gradient(floats(v, "dz"), floats(v, "x"), floats(v, "start"), rows, in, out);
        expect(v, "value", floats(v, "start"), in * out);
    } else if (strcmp(op, "bias-gradient") == 0) {
        bias_gradient(floats(v, "dz"), floats(v, "start"), rows, out);
        expect(v, "value", floats(v, "start"), out);
    } else if (strcmp(op, "slope-gradient") == 0) {
        slope_gradient(floats(v, "x"), floats(v, "dz"), floats(v, "start"), rows, out);
        expect(v, "value", floats(v, "start"), out);
    } else {
        float *a = room(rows * out, sizeof *a);
        float *dz = room(rows * in * out, sizeof *dz);
        maxout(in, floats(v, "x"), a, rows, out);
        maxout_gradient(in, floats(v, "x"), floats(v, "da"), dz, rows, out);
        expect(v, "value", a, rows * out);
        expect(v, "dz", dz, rows * in * out);
        free(a);
        free(dz);
    }
}

static void step(vector *v) {
    const char *op = v->texts[0];
    size_t n = length(v, "x");
    float *x = floats(v, "x");
    float *y = room(n * 8, sizeof *y);
    size_t count = n;
    for (size_t j = 0; j < n; j++) {
        if (strcmp(op, "scale-shift") == 0) {
            y[j] = fmaf(floats(v, "scale")[j], x[j], floats(v, "shift")[j]);
        } else if (strcmp(op, "center-scale") == 0) {
            float d = x[j] - floats(v, "center")[j];
            y[j] = d * floats(v, "scale")[j];
        } else if (strcmp(op, "combine") == 0) {
            y[j] = combine(text(v, "name"), x[j], floats(v, "a")[length(v, "a") == 1 ? 0 : j]);
        }
    }
    if (strcmp(op, "sum-columns") == 0) {
        count = number(v, "out");
        for (size_t i = 0; i < count; i++) {
            y[i] = sum_of(x + i, count, n / count);
        }
    } else if (strcmp(op, "embedding") == 0) {
        size_t width = number(v, "out");
        count = n * width;
        for (size_t k = 0; k < n; k++) {
            memcpy(y + k * width, floats(v, "w") + (size_t) x[k] * width, width * sizeof *y);
        }
    }
    expect(v, "value", y, count);
    free(y);
}

static void integer(vector *v) {
    const char *op = v->texts[0];
    size_t n = length(v, "value");
    float *y = room(n, sizeof *y);
    float *x = floats(v, "x");
    if (strcmp(op, "quantize-row") == 0) {
        float scale = quantized_row(x, y, n);
        expect(v, "scale", &scale, 1);
    } else if (strcmp(op, "quantize") == 0) {
        float *numbers = floats(v, "numbers");
        for (size_t j = 0; j < n; j++) {
            y[j] = quantized(x[j], numbers[0], numbers[1], numbers[2]);
        }
    } else {
        char *at = (char *) text(v, "sums");
        for (size_t i = 0; i < n; i++) {
            y[i] = integer_output((int32_t) strtol(at, &at, 10), floats(v, "numbers")[0], floats(v, "numbers")[1], x[i]);
        }
    }
    expect(v, "value", y, n);
    free(y);
}

/* The member of the k-th step: w1, w2, ... */
const char *numbered(char name[16], const char *key, int k) {
    snprintf(name, 16, "%s%d", key, k);
    return name;
}

optimizer method_of(vector *v) {
    optimizer o;
    float *numbers = floats(v, "numbers");
    optimizer_start(&o, (method) method_named(text(v, "name")), numbers[0], numbers[1], numbers[2], numbers[3]);
    return o;
}

static void optimizers(vector *v) {
    char name[16];
    optimizer o = method_of(v);
    size_t n = length(v, "w");
    float *m = room(n, sizeof *m);
    float *second = room(n, sizeof *second);
    for (int k = 1; k <= 3; k++) {
        float *numbers = floats(v, numbered(name, "step", k));
        optimizer_advance(&o, numbers[0], numbers[1], numbers[2]);
        optimize(&o, (int) number(v, "decays"), floats(v, "w"), floats(v, numbered(name, "dw", k)), m, second, n);
        expect(v, numbered(name, "w", k), floats(v, "w"), n);
        expect(v, numbered(name, "m", k), m, n);
        expect(v, numbered(name, "v", k), second, n);
    }
    free(m);
    free(second);
}

static void schedules(vector *v) {
    size_t n = length(v, "value");
    size_t per_epoch = number(v, "stepsPerEpoch");
    size_t warm_up = number(v, "warmUp");
    double measures[64];
    char *at = (char *) text(v, "measures");
    for (size_t e = 0; e < length(v, "measures"); e++) {
        uint64_t bits = strtoull(at, &at, 16);
        memcpy(measures + e, &bits, sizeof bits);
    }
    float *got = room(n, sizeof *got);
    for (size_t s = 0; s < n; s++) {
        got[s] = s < warm_up ? (float) ((double) (s + 1) / (double) warm_up)
               : schedule_factor(text(v, "name"), number(v, "epochs"), single(v, "factor"), s - warm_up, n - warm_up, measures,
                                 s / per_epoch);
    }
    expect(v, "value", got, n);
    free(got);
}

static void training(vector *v) {
    char name[16], got[65];
    chain c = {0};
    char activation[32];
    unsigned first, second;
    size_t in, out, pieces;
    int taken;
    for (const char *at = text(v, "layers");
            sscanf(at, "%zu %zu %zu %31s %x %x%n", &in, &out, &pieces, activation, &first, &second, &taken) == 6; at += taken) {
        chain_add(&c, in, out, pieces, activation, float_of(first), float_of(second));
    }
    chain_draw(&c, pattern(v, "seed"));
    c.clip = has(v, "clip") ? single(v, "clip") : 0.0f;
    c.drops = has(v, "dropout");
    for (size_t k = 0; c.drops && k < length(v, "dropout"); k++) {
        c.rates[k] = floats(v, "dropout")[k];
    }
    c.dropout = c.drops ? pattern(v, "dropoutSeed") ^ 0x64726F706F7574u : 0;
    optimizer o = method_of(v);
    chain_fingerprint(&c, got);
    expect_text(v, "fingerprint0", got);
    for (int k = 1; k <= 3; k++) {
        float *rates = floats(v, numbered(name, "rates", k));
        size_t rows = number(v, numbered(name, "rows", k));
        float *x = floats(v, numbered(name, "x", k));
        float *y = floats(v, numbered(name, "y", k));
        float *weights = has(v, numbered(name, "u", k)) ? floats(v, name) : NULL;
        double mean = chain_step(&c, &o, (loss) loss_named(text(v, "loss")), x, y, weights, rows, rates[0], rates[1]);
        expect_double(v, numbered(name, "loss", k), mean);
        chain_fingerprint(&c, got);
        expect_text(v, numbered(name, "fingerprint", k), got);
    }
    size_t rows = length(v, "x") / c.layers[0].in;
    chain_forward(&c, floats(v, "x"), rows);
    float *a = c.layers[c.count - 1].a;
    float *outputs = room(rows * out, sizeof *outputs);
    for (size_t n = 0; n < rows; n++) {
        if (strcmp(text(v, "output"), "softmax") == 0) {
            softmax(a + n * out, outputs + n * out, out);
        } else if (strcmp(text(v, "output"), "log-softmax") == 0) {
            log_softmax(a + n * out, outputs + n * out, out);
        } else {
            memcpy(outputs + n * out, a + n * out, out * sizeof *a);
        }
    }
    expect(v, "value", outputs, rows * out);
    free(outputs);
    chain_free(&c);
}

static const struct {
    const char *op;
    void (*run)(vector *);
} OPERATIONS[] = {
    {"draws", draws}, {"ints", integers}, {"shuffle", integers}, {"expm1", parts}, {"log1p", parts}, {"log1p-unit", parts},
    {"exp-pair", parts}, {"exponential", parts}, {"sum", row}, {"products", row}, {"softmax", row}, {"log-softmax", row},
    {"layer-norm", row}, {"rms-norm", row}, {"l2-norm", row}, {"loss", losses}, {"affine", kernel}, {"backpropagate", kernel},
    {"weight-gradient", kernel}, {"bias-gradient", kernel}, {"slope-gradient", kernel}, {"maxout", kernel},
    {"scale-shift", step}, {"center-scale", step}, {"combine", step}, {"sum-columns", step}, {"embedding", step},
    {"quantize", integer}, {"quantize-row", integer}, {"integer-output", integer},
    {"optimizer", optimizers}, {"schedule", schedules}, {"training", training}, {"dropout", dropout},
    {"combine-gradient", gradient}, {"layer-norm-gradient", gradient}, {"rms-norm-gradient", gradient},
    {"l2-norm-gradient", gradient}, {"softmax-gradient", gradient}, {"log-softmax-gradient", gradient},
    {"standardization", standardization}, {"graph", graphs},
};

static void run(vector *v) {
    const char *op = v->texts[0];
    if (strcmp(op, "function") == 0) {
        (v->count > 5 && strcmp(v->keys[4], "stride") == 0 ? digest : values)(v);
        return;
    }
    for (size_t i = 0; i < sizeof OPERATIONS / sizeof OPERATIONS[0]; i++) {
        if (strcmp(OPERATIONS[i].op, op) == 0) {
            OPERATIONS[i].run(v);
            return;
        }
    }
    fprintf(stderr, "spec: %s:%d: no operation %s\n", v->file, v->line, op);
    exit(2);
}

int run_vectors(const char *name) {
    static char line[1 << 20];
    FILE *file = fopen(name, "r");
    vector v = {name, 0, 0, 0, {0}, {0}, {0}};
    int vectors = 0;
    int failures = 0;
    if (file == NULL) {
        fprintf(stderr, "spec: %s cannot be read\n", name);
        exit(2);
    }
    while (fgets(line, sizeof line, file) != NULL) {
        v.line++;
        if (v.line == 1 && strcmp(line, "{\"arithmetic\":1,\"vectors\":[\n") != 0) {
            fprintf(stderr, "spec: %s is not of arithmetic 1, which this program computes\n", name);
            exit(2);
        }
        if (members(&v, line)) {
            run(&v);
            vectors++;
            failures += v.failed;
            for (int i = 0; i < v.count; i++) {
                free(v.floats[i]);
            }
        }
    }
    fclose(file);
    printf("%s: %d vectors, %d failed\n", name, vectors, failures);
    return failures + (vectors == 0);
}
