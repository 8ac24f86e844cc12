/* Random numbers, first weights, and SHA-256: sections "Random numbers", "First weights" and "Fingerprint" of the text. */
#include "arithmetic.h"

uint64_t next_long(uint64_t *state) {
    *state += 0x9E3779B97F4A7C15u;
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

float next_float(uint64_t *state) {
    return (float) (next_long(state) >> 40) * 0x1p-24f;
}

uint32_t next_int(uint64_t *state, uint32_t bound) {
    uint64_t limit = (UINT64_C(1) << 32) / bound * bound;
    uint64_t draw = next_long(state) >> 32;
    while (draw >= limit) {
        draw = next_long(state) >> 32;
    }
    return (uint32_t) (draw % bound);
}

uint32_t counter_hash(uint32_t k0, uint32_t k1, uint32_t i) {
    uint32_t x = k0 + (i + 1) * 0x9E3779B9u;
    x = (x ^ x >> 16) * 0x21F0AAADu;
    x = (x ^ x >> 15 ^ k1) * 0x735A2D97u;
    return x ^ x >> 15;
}

void drop(uint64_t key, float rate, uint32_t layer, uint32_t row, float *a, size_t n) {
    uint32_t k0 = (uint32_t) key;
    uint32_t k1 = (uint32_t) (key >> 32);
    uint32_t l0 = counter_hash(k0, k1, 2 * layer);
    uint32_t l1 = counter_hash(k0, k1, 2 * layer + 1);
    uint32_t n0 = counter_hash(l0, l1, 2 * row);
    uint32_t n1 = counter_hash(l0, l1, 2 * row + 1);
    uint32_t threshold = (uint32_t) (rate * 0x1p24f);
    float stays = 1.0f - rate;
    float factor = 1.0f / stays;
    for (uint32_t j = 0; threshold > 0 && j < n; j++) {
        a[j] = counter_hash(n0, n1, j) >> 8 < threshold ? 0.0f : a[j] * factor;
    }
}

void shuffle(uint64_t *state, uint32_t *values, size_t n) {
    for (size_t i = n; i-- > 1;) {
        uint32_t j = next_int(state, (uint32_t) i + 1);
        uint32_t swapped = values[i];
        values[i] = values[j];
        values[j] = swapped;
    }
}

static void spread(uint64_t *state, float *w, size_t n, float limit) {
    float width = 2.0f * limit;
    for (size_t i = 0; i < n; i++) {
        float u = next_float(state);
        w[i] = fmaf(width, u, -limit);
    }
}

void he_uniform(uint64_t *state, float *w, size_t n, size_t in) {
    spread(state, w, n, (float) sqrt(6.0 / (double) in));
}

void glorot_uniform(uint64_t *state, float *w, size_t n, size_t in, size_t out) {
    spread(state, w, n, (float) sqrt(6.0 / ((double) in + (double) out)));
}

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
};

void sha256_start(sha256 *s) {
    static const uint32_t START[8] = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };
    memcpy(s->hash, START, sizeof START);
    s->length = 0;
}

static uint32_t turned(uint32_t x, int n) {
    return x >> n | x << (32 - n);
}

static void sha256_block(sha256 *s) {
    uint32_t w[64], v[8];
    for (int t = 0; t < 16; t++) {
        const unsigned char *b = s->block + 4 * t;
        w[t] = (uint32_t) b[0] << 24 | (uint32_t) b[1] << 16 | (uint32_t) b[2] << 8 | b[3];
    }
    for (int t = 16; t < 64; t++) {
        uint32_t s0 = turned(w[t - 15], 7) ^ turned(w[t - 15], 18) ^ w[t - 15] >> 3;
        uint32_t s1 = turned(w[t - 2], 17) ^ turned(w[t - 2], 19) ^ w[t - 2] >> 10;
        w[t] = w[t - 16] + s0 + w[t - 7] + s1;
    }
    memcpy(v, s->hash, sizeof v);
    for (int t = 0; t < 64; t++) {
        uint32_t s1 = turned(v[4], 6) ^ turned(v[4], 11) ^ turned(v[4], 25);
        uint32_t t1 = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + K[t] + w[t];
        uint32_t s0 = turned(v[0], 2) ^ turned(v[0], 13) ^ turned(v[0], 22);
        uint32_t t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof v[0]);
        v[4] += t1;
        v[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++) {
        s->hash[i] += v[i];
    }
}

void sha256_add(sha256 *s, const void *bytes, size_t length) {
    const unsigned char *b = bytes;
    for (size_t i = 0; i < length; i++) {
        s->block[s->length++ % 64] = b[i];
        if (s->length % 64 == 0) {
            sha256_block(s);
        }
    }
}

void sha256_end(sha256 *s, unsigned char digest[32]) {
    uint64_t bit_count = s->length * 8;
    unsigned char last[8];
    sha256_add(s, "\x80", 1);
    while (s->length % 64 != 56) {
        sha256_add(s, "", 1);
    }
    for (int i = 0; i < 8; i++) {
        last[i] = (unsigned char) (bit_count >> (56 - 8 * i));
    }
    sha256_add(s, last, 8);
    for (int i = 0; i < 32; i++) {
        digest[i] = (unsigned char) (s->hash[i / 4] >> (24 - 8 * (i % 4)));
    }
}

/* Four bytes each, the lowest first; every NaN is 0x7FC00000. */
void sha256_floats(sha256 *s, const float *x, size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint32_t b = x[i] == x[i] ? bits_of(x[i]) : 0x7FC00000u;
        unsigned char bytes[4] = {(unsigned char) b, (unsigned char) (b >> 8), (unsigned char) (b >> 16),
                                  (unsigned char) (b >> 24)};
        sha256_add(s, bytes, 4);
    }
}

void hex(const unsigned char *bytes, size_t length, char *text) {
    for (size_t i = 0; i < length; i++) {
        *text++ = "0123456789abcdef"[bytes[i] >> 4];
        *text++ = "0123456789abcdef"[bytes[i] & 15];
    }
    *text = 0;
}
