package dev.samebits.bench.spark;

import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;

/** Samebits in the plain way. One process: its session is made once. */
final class SamebitsBatches extends RowBatches {
    private static final long serialVersionUID = 1;
    private static InferenceSession session;

    SamebitsBatches(Network network, int batch) {
        super(batch);
        session = Backends.best().open(network, SessionOptions.defaults());
    }

    @Override
    void predict(float[] x, float[] y, int rows) {
        session.predict(Matrix.view(x, 0, rows, SparkRows.INPUTS, SparkRows.INPUTS),
                Matrix.view(y, 0, rows, SparkRows.OUTPUTS, SparkRows.OUTPUTS));
    }
}
