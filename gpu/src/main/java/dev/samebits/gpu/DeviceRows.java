package dev.samebits.gpu;

import dev.samebits.arithmetic.Exp;
import dev.samebits.gpu.Plan.Load;
import dev.samebits.gpu.Plan.Losses;
import dev.samebits.gpu.Plan.Maxout;
import dev.samebits.gpu.Plan.MaxoutDelta;
import dev.samebits.gpu.Plan.Softmax;
import dev.samebits.gpu.Plan.Store;
import dev.samebits.gpu.Plan.Transpose;
import dev.samebits.gpu.Plan.Update;

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

    /** {@link Plan#load}. */
    void loadPass() {
        int columns = plan(Load.COLUMNS);
        int parts = (columns + chunk - 1) / chunk;
        for (int t = getGlobalId(); t < rows * parts; t += getGlobalSize()) {
            int n = t / parts;
            int from = (t - n * parts) * chunk;
            int to = min(columns, from + chunk);
            for (int i = from; i < to; i++) {
                work[plan(Load.X) + n * plan(Load.X_STRIDE) + i] = in[plan(Load.BEHIND) * rows + n * columns + i];
            }
        }
    }

    /** {@link Plan#store}: hands out the result, and in front of it the stamp and the step that the parameters were at. */
    void storePass() {
        int columns = plan(Store.COLUMNS);
        int parts = (columns + chunk - 1) / chunk;
        for (int t = getGlobalId(); t < rows * parts; t += getGlobalSize()) {
            int n = t / parts;
            int from = (t - n * parts) * chunk;
            int to = min(columns, from + chunk);
            for (int i = from; i < to; i++) {
                out[STAMPS + plan(Store.BEHIND) * rows + n * columns + i] =
                        work[plan(Store.A) + n * plan(Store.A_STRIDE) + i];
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

    /** {@link Plan#softmax}. */
    void softmaxPass() {
        int columns = plan(Softmax.COLUMNS);
        for (int n = getGlobalId(); n < rows; n += getGlobalSize()) {
            int z = plan(Softmax.Z) + n * plan(Softmax.Z_STRIDE);
            int y = plan(Softmax.Y) + n * plan(Softmax.Y_STRIDE);
            int p = firstMaximum(z, columns);
            float m = work[z + p];
            float s = exponentials(z, y, columns, p);
            float one = exponential(m, m);
            if (plan(Softmax.LOGARITHM) == 0) {
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

    /** {@link Plan#losses}. */
    void lossesPass() {
        int columns = plan(Losses.COLUMNS);
        for (int n = getGlobalId(); n < rows; n += getGlobalSize()) {
            int from = plan(Losses.FROM) + n * plan(Losses.FROM_STRIDE);
            int target = plan(Losses.TARGETS) + n * plan(Losses.TARGETS_STRIDE);
            int d = plan(Losses.D) + n * plan(Losses.D_STRIDE);
            float loss = 0f;
            if (plan(Losses.LOSS) == CROSS_ENTROPY) {
                loss = crossEntropy(from, target, d, columns);
            } else if (plan(Losses.LOSS) == LOGISTIC_CROSS_ENTROPY) {
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
            work[plan(Losses.LOSSES) + n] = loss;
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

    /** {@link Plan#maxout}. */
    void maxoutPass() {
        int outputs = plan(Maxout.OUTPUTS);
        for (int t = getGlobalId(); t < rows * outputs; t += getGlobalSize()) {
            int n = t / outputs;
            int i = t - n * outputs;
            int z = plan(Maxout.Z) + n * plan(Maxout.Z_STRIDE);
            work[plan(Maxout.A) + n * plan(Maxout.A_STRIDE) + i] = work[z + winner(z, i, outputs)];
        }
    }

    /** {@link Plan#maxoutDelta}. */
    void maxoutDeltaPass() {
        int outputs = plan(Maxout.OUTPUTS);
        for (int t = getGlobalId(); t < rows * outputs; t += getGlobalSize()) {
            int n = t / outputs;
            int i = t - n * outputs;
            int winner = winner(plan(Maxout.Z) + n * plan(Maxout.Z_STRIDE), i, outputs);
            for (int k = 0; k < plan(Maxout.PIECES); k++) {
                float d = 0f;
                if (k * outputs + i == winner) {
                    d = work[plan(MaxoutDelta.DA) + n * plan(MaxoutDelta.DA_STRIDE) + i];
                }
                work[plan(MaxoutDelta.DZ) + n * plan(Maxout.Z_STRIDE) + k * outputs + i] = d;
            }
        }
    }

    int winner(int z, int i, int outputs) {
        int winner = i;
        for (int k = 1; k < plan(Maxout.PIECES); k++) {
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

    /** {@link Plan#transpose}. */
    void transposePass() {
        int columns = plan(Transpose.COLUMNS);
        for (int t = getGlobalId(); t < rows * columns; t += getGlobalSize()) {
            int n = t / columns;
            int i = t - n * columns;
            work[plan(Transpose.TO) + i * plan(Transpose.TO_STRIDE) + n] =
                    work[plan(Transpose.FROM) + n * plan(Transpose.FROM_STRIDE) + i];
        }
    }

    /** {@link Plan#update}. */
    void updatePass() {
        for (int i = getGlobalId(); i < plan(Update.COUNT); i += getGlobalSize()) {
            params[plan(Update.WEIGHTS) + i] =
                    stepped(params[plan(Update.WEIGHTS) + i], work[plan(Update.DW) + i], weightDecay);
        }
    }
}
