package dev.samebits.gpu;

import dev.samebits.arithmetic.Exp;

/** Passes in which a work-item takes a whole row: softmax, losses; and those that move or choose elements. */
abstract class DeviceRows extends DeviceActivations {
    static final int CROSS_ENTROPY = 0;
    static final int LOGISTIC_CROSS_ENTROPY = 1;
    static final int SQUARED_ERROR = 2;
    /** Numbers at the start of {@link #out}: see {@link #storePass}. */
    static final int STAMPS = 16;

    /** The sums of {@code dev.samebits.arithmetic.Softmax}, one for each place modulo 16. */
    @PrivateMemorySpace(16)
    float[] sums = new float[16];
    /** What the host compares, to know that the numbers it reads come from this call. */
    float stamp;

    /** Record: op, place in the input by rows, columns, x, ldx. */
    void loadPass() {
        int columns = plan(2);
        int parts = (columns + chunk - 1) / chunk;
        for (int t = getGlobalId(); t < rows * parts; t += getGlobalSize()) {
            int n = t / parts;
            int from = (t - n * parts) * chunk;
            int to = min(columns, from + chunk);
            for (int i = from; i < to; i++) {
                work[plan(3) + n * plan(4) + i] = in[plan(1) * rows + n * columns + i];
            }
        }
    }

    /**
     * Hands out the result, and in front of it the stamp and the step that the parameters were at. Record: op, a, lda,
     * columns, place in the output by rows.
     */
    void storePass() {
        int columns = plan(3);
        int parts = (columns + chunk - 1) / chunk;
        for (int t = getGlobalId(); t < rows * parts; t += getGlobalSize()) {
            int n = t / parts;
            int from = (t - n * parts) * chunk;
            int to = min(columns, from + chunk);
            for (int i = from; i < to; i++) {
                out[STAMPS + plan(4) * rows + n * columns + i] = work[plan(1) + n * plan(2) + i];
            }
        }
        if (getGlobalId() == 0) {
            out[0] = stamp;
            out[1] = params[STEP];
            if (params[STEP] == step) {
                params[STEP] = nextStep;
            }
        }
    }

    /** What {@link #storePass} makes of the step if the parameters stood at the right one. */
    float nextStep;

    /** Record: op, z, ldz, y, ldy, columns, 1 for the logarithm. */
    void softmaxPass() {
        int columns = plan(5);
        for (int n = getGlobalId(); n < rows; n += getGlobalSize()) {
            int z = plan(1) + n * plan(2);
            int y = plan(3) + n * plan(4);
            int p = firstMaximum(z, columns);
            float m = work[z + p];
            float s = exponentials(z, y, columns, p);
            float one = exponential(m, m);
            if (plan(6) == 0) {
                float share = divide(one, 1f + s);
                for (int j = 0; j < columns; j++) {
                    work[y + j] = mul(work[y + j], share);
                }
                work[y + p] = mul(one, share);
            } else {
                float logarithm = mul(one, logPlus1(s));
                for (int j = 0; j < columns; j++) {
                    work[y + j] = (work[z + j] - m) - logarithm;
                }
            }
        }
    }

    int firstMaximum(int z, int n) {
        int p = 0;
        for (int j = 1; j < n; j++) {
            if (work[z + j] > work[z + p]) {
                p = j;
            }
        }
        return p;
    }

    float exponential(float z, float m) {
        float d = z - m;
        float t = d - z;
        float lost = (z - (d - t)) - (m + t);
        float lo = 0f;
        if (d > Exp.LOWEST) {
            lo = lost;
        }
        return exp(d, lo);
    }

    // Writes e^(z − m) for all n and adds them up, the maximum's left out; y may be z, for the maximum is written last.
    float exponentials(int z, int y, int n, int p) {
        float m = work[z + p];
        for (int lane = 0; lane < 16; lane++) {
            sums[lane] = 0f;
        }
        for (int j = 0; j < n; j++) {
            float e = exponential(work[z + j], m);
            if (y != z || j != p) {
                work[y + j] = e;
            }
            if (j == p) {
                e = 0f;
            }
            int lane = j & 15;
            sums[lane] = sums[lane] + e;
        }
        for (int distance = 8; distance > 0; distance = distance >> 1) {
            for (int lane = 0; lane < distance; lane++) {
                sums[lane] = sums[lane] + sums[lane + distance];
            }
        }
        return sums[0];
    }

    /** Record: op, z or a, its stride, targets, their stride, d, its stride, columns, loss, place of the losses. */
    void lossPass() {
        int columns = plan(7);
        for (int n = getGlobalId(); n < rows; n += getGlobalSize()) {
            int from = plan(1) + n * plan(2);
            int target = plan(3) + n * plan(4);
            int d = plan(5) + n * plan(6);
            float loss = 0f;
            if (plan(8) == CROSS_ENTROPY) {
                loss = crossEntropy(from, target, d, columns);
            } else if (plan(8) == LOGISTIC_CROSS_ENTROPY) {
                for (int j = 0; j < columns; j++) {
                    float z = work[from + j];
                    float y = work[target + j];
                    float wrong = mul(1f - y, softplus(z));
                    loss = loss + fma(y, softplus(-z), wrong);
                    work[d + j] = logistic(z) - y;
                }
            } else {
                for (int j = 0; j < columns; j++) {
                    float error = work[from + j] - work[target + j];
                    loss = fma(mul(0.5f, error), error, loss);
                    work[d + j] = error;
                }
            }
            work[plan(9) + n] = loss;
        }
    }

    float crossEntropy(int z, int target, int d, int n) {
        int p = firstMaximum(z, n);
        float m = work[z + p];
        float s = exponentials(z, d, n, p);
        float one = work[d + p];
        float logarithm = mul(one, logPlus1(s));
        float share = divide(one, 1f + s);
        float loss = 0f;
        for (int j = 0; j < n; j++) {
            float y = work[target + j];
            float logProbability = (work[z + j] - m) - logarithm;
            int counted = 1;
            if (y == 0f) {
                if (logProbability <= 0f) {
                    counted = 0;
                }
            }
            if (counted == 1) {
                loss = fma(-y, logProbability, loss);
            }
            work[d + j] = mul(work[d + j], share) - y;
        }
        return loss;
    }

    /** Record: op, z, ldz, a, lda, outputs, pieces. */
    void maxoutPass() {
        int outputs = plan(5);
        for (int t = getGlobalId(); t < rows * outputs; t += getGlobalSize()) {
            int n = t / outputs;
            int i = t - n * outputs;
            int z = plan(1) + n * plan(2);
            work[plan(3) + n * plan(4) + i] = work[z + winner(z, i, outputs)];
        }
    }

    /** Record as of {@link #maxoutPass} with da's place for a, and dz's place at 7; dz and z have the same stride. */
    void maxoutDeltaPass() {
        int outputs = plan(5);
        for (int t = getGlobalId(); t < rows * outputs; t += getGlobalSize()) {
            int n = t / outputs;
            int i = t - n * outputs;
            int winner = winner(plan(1) + n * plan(2), i, outputs);
            for (int k = 0; k < plan(6); k++) {
                float d = 0f;
                if (k * outputs + i == winner) {
                    d = work[plan(3) + n * plan(4) + i];
                }
                work[plan(7) + n * plan(2) + k * outputs + i] = d;
            }
        }
    }

    int winner(int z, int i, int outputs) {
        int winner = i;
        for (int k = 1; k < plan(6); k++) {
            float best = work[z + winner];
            float next = work[z + k * outputs + i];
            if (next > best) {
                winner = k * outputs + i;
            }
            if (next != next) {
                if (best == best) {
                    winner = k * outputs + i;
                }
            }
        }
        return winner;
    }

    /** Turns {@code [rows × columns]} into {@code [columns × rows]}. Record: op, dz, lddz, columns, turned, its stride. */
    void turnPass() {
        int columns = plan(3);
        for (int t = getGlobalId(); t < rows * columns; t += getGlobalSize()) {
            int n = t / columns;
            int i = t - n * columns;
            work[plan(4) + i * plan(5) + n] = work[plan(1) + n * plan(2) + i];
        }
    }

    /** A step of gradient descent on given gradients. Record: op, place of the parameters, dw, count. */
    void updatePass() {
        for (int i = getGlobalId(); i < plan(3); i += getGlobalSize()) {
            params[plan(1) + i] = stepped(params[plan(1) + i], work[plan(2) + i], weightDecay);
        }
    }
}
