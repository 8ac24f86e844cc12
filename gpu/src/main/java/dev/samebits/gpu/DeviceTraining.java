package dev.samebits.gpu;

import dev.samebits.gpu.Plan.Clip;
import dev.samebits.gpu.Plan.Dropout;
import dev.samebits.gpu.Plan.Length;
import dev.samebits.gpu.Plan.Squares;
import dev.samebits.gpu.Plan.Weigh;

/** What a training step may have besides: weights of rows, dropout, clipped gradients. */
abstract class DeviceTraining extends DeviceOptimizers {
    // OpenCL C leaves open what happens where a product of ints is too large, and Aparapi knows no unsigned ones: hashes are
    // longs, whose products here, of less than 2³² and less than 2³¹, always fit. Aparapi cannot read a class with constants
    // that are longs, either, so these come from outside.
    long mask;
    long weyl;
    long firstFactor;
    long secondFactor;

    /** The key of the step's dropout. */
    int dropoutKey0;
    int dropoutKey1;
    /** What makes the mean gradient, in units of the length to clip to, of its sum. */
    float unit;

    /** {@link Plan#weigh}. */
    void weighPass() {
        for (int n = getGlobalId(); n < rows; n += getGlobalSize()) {
            float weight = work[plan(Weigh.WEIGHTS) + n];
            work[plan(Weigh.LOSSES) + n] = mul(weight, work[plan(Weigh.LOSSES) + n]);
            int d = plan(Weigh.D) + n * plan(Weigh.D_STRIDE);
            for (int j = 0; j < plan(Weigh.COLUMNS); j++) {
                work[d + j] = mul(weight, work[d + j]);
            }
        }
    }

    /** {@link Plan#dropout}. */
    void dropoutPass() {
        int columns = plan(Dropout.COLUMNS);
        int parts = (columns + chunk - 1) / chunk;
        float factor = params[plan(Dropout.FACTOR)];
        long key0 = dropoutKey0 & mask;
        long key1 = dropoutKey1 & mask;
        int layer = 2 * plan(Dropout.LAYER);
        long layer0 = hash(key0, key1, layer);
        long layer1 = hash(key0, key1, layer + 1);
        for (int t = getGlobalId(); t < rows * parts; t += getGlobalSize()) {
            int n = t / parts;
            int from = (t - n * parts) * chunk;
            int to = min(columns, from + chunk);
            long row0 = hash(layer0, layer1, 2 * n);
            long row1 = hash(layer0, layer1, 2 * n + 1);
            int at = plan(Dropout.A) + n * plan(Dropout.A_STRIDE);
            for (int i = from; i < to; i++) {
                float kept = mul(work[at + i], factor);
                int upper = (int) (hash(row0, row1, i) >> 8);
                if (upper < plan(Dropout.THRESHOLD)) {
                    kept = 0f;
                }
                work[at + i] = kept;
            }
        }
    }

    /** {@code CounterHash.of}. */
    long hash(long key0, long key1, int i) {
        long x = (key0 + (i + 1) * weyl) & mask;
        x = ((x ^ (x >> 16)) * firstFactor) & mask;
        x = (((x ^ (x >> 15)) ^ key1) * secondFactor) & mask;
        return x ^ (x >> 15);
    }

    /** {@link Plan#squares}. */
    void squaresPass() {
        for (int i = getGlobalId(); i < plan(Squares.NEURONS); i += getGlobalSize()) {
            int at = plan(Squares.WEIGHTS) + gradients + (i >> 4) * plan(Squares.PANEL_STRIDE) + (i & 15);
            work[plan(Squares.TO) + i] = squares(at, PANEL, plan(Squares.INPUTS));
        }
    }

    // Of n gradients that lie so far apart, in the order of dev.samebits.arithmetic.Sums.
    float squares(int at, int distance, int n) {
        clearSums();
        for (int j = 0; j < n; j++) {
            float r = mul(unit, params[at + j * distance]);
            int lane = j & 15;
            sums[lane] = fma(r, r, sums[lane]);
        }
        return treeOfSums();
    }

    /** {@link Plan#length}. One work-item does it: there are as many numbers as neurons. */
    void lengthPass() {
        if (getGlobalId() == 0) {
            float q = 0f;
            if (plan(Length.LAYER) > 0) {
                q = work[plan(Length.TO)];
            }
            clearSums();
            for (int i = 0; i < plan(Length.NEURONS); i++) {
                int lane = i & 15;
                sums[lane] = sums[lane] + work[plan(Length.SQUARES) + i];
            }
            q = q + treeOfSums();
            q = q + squares(plan(Length.BIAS) + gradients, 1, plan(Length.NEURONS));
            if (plan(Length.SLOPES) > 0) {
                q = q + squares(plan(Length.SLOPES) + gradients, 1, plan(Length.NEURONS));
            }
            work[plan(Length.TO)] = q;
        }
    }

    void clearSums() {
        for (int lane = 0; lane < 16; lane++) {
            sums[lane] = 0f;
        }
    }

    float treeOfSums() {
        for (int distance = 8; distance > 0; distance = distance >> 1) {
            for (int lane = 0; lane < distance; lane++) {
                sums[lane] = sums[lane] + sums[lane + distance];
            }
        }
        return sums[0];
    }

    /** {@link Plan#clip}. */
    void clipPass() {
        if (getGlobalId() == 0) {
            float q = work[plan(Clip.SQUARES)];
            float factor = 1f;
            if (q > 1f) {
                factor = inverse(squareRoot(q));
            }
            // What makes NaN of it if q is infinite or NaN, and nothing else.
            work[plan(Clip.TO)] = mul(scale, fma(0f, q, factor));
        }
    }
}
