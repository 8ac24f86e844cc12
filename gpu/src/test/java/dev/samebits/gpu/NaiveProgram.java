package dev.samebits.gpu;

import com.aparapi.Kernel;

/** Batched affine as one writes it first, a work-item for each result: what the tiles are measured against. */
class NaiveProgram extends Kernel {
    float[] x;
    float[] w;
    float[] b;
    float[] z;
    int inputs;
    int outputs;

    @Override
    public void run() {
        int n = getGlobalId() / outputs;
        int i = getGlobalId() - n * outputs;
        float sum = b[i];
        for (int j = 0; j < inputs; j++) {
            sum = fma(w[i * inputs + j], x[n * inputs + j], sum);
        }
        z[n * outputs + i] = sum;
    }
}
