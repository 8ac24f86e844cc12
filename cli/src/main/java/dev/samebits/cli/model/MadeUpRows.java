package dev.samebits.cli.model;

import dev.samebits.IdColumn;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SplitMix64;

/** Rows that any model takes. */
public final class MadeUpRows {
    private MadeUpRows() {}

    /** Rows uniform on [−1, 1); ids of the model's tables where it takes ids. The seed names them. */
    public static Matrix of(int rows, Network network, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        Matrix x = Matrix.zeros(rows, network.inputs());
        for (int n = 0; n < rows; n++) {
            for (int j = 0; j < x.columns(); j++) {
                x.set(n, j, Math.fma(2f, random.nextFloat(), -1f));
            }
            for (IdColumn ids : network.idColumns()) {
                x.set(n, ids.position(), random.nextInt(ids.entries()));
            }
        }
        return x;
    }
}
