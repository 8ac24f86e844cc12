package dev.samebits.tck;

import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * A network in double precision, written from the equations alone: parameters that can be moved a little, and the mean loss
 * as a function of them. It shares no code with the library.
 */
final class DoubleNetwork {
    /** The parameters of layer l: its weights row by row, its biases, its PReLU slopes. */
    final List<double[]> weights = new ArrayList<>();
    final List<double[]> biases = new ArrayList<>();
    final List<double[]> slopes = new ArrayList<>();
    private final Network network;

    DoubleNetwork(Network network) {
        this.network = network;
        for (Layer layer : network.layers()) {
            weights.add(widen(layer.weights().data()));
            biases.add(widen(layer.bias()));
            slopes.add(widen(layer.slopes()));
        }
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /** {@code (1/N) Σ loss + ½ λ ‖W‖²}, equation 4.43. */
    double risk(Loss loss, Matrix x, Matrix targets, double weightDecay) {
        double sum = 0;
        for (int n = 0; n < x.rows(); n++) {
            double[] a = widen(x.rows(n, 1).copy().data());
            double[] z = a;
            for (int l = 0; l < weights.size(); l++) {
                z = affine(l, a);
                a = activate(l, z);
            }
            sum += loss(loss, z, a, widen(targets.rows(n, 1).copy().data()));
        }
        double norm = 0;
        for (double[] layer : weights) {
            for (double w : layer) {
                norm += w * w;
            }
        }
        return sum / x.rows() + 0.5 * weightDecay * norm;
    }

    private double[] affine(int l, double[] x) {
        double[] z = biases.get(l).clone();
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < x.length; j++) {
                z[i] += weights.get(l)[i * x.length + j] * x[j];
            }
        }
        return z;
    }

    private double[] activate(int l, double[] z) {
        Layer layer = network.layers().get(l);
        double[] a = new double[layer.outputs()];
        for (int i = 0; i < a.length; i++) {
            if (layer.pieces() > 1) {
                a[i] = z[i];
                for (int k = 1; k < layer.pieces(); k++) {
                    a[i] = Math.max(a[i], z[k * a.length + i]);
                }
            } else {
                a[i] = ActivationOracle.value(layer.activation(), z[i], slopes.get(l).length == 0 ? 0 : slopes.get(l)[i]);
            }
        }
        return a;
    }

    private static double loss(Loss loss, double[] z, double[] a, double[] y) {
        double sum = 0;
        switch (loss) {
            case SQUARED_ERROR -> {
                for (int i = 0; i < a.length; i++) {
                    sum += 0.5 * (a[i] - y[i]) * (a[i] - y[i]);
                }
            }
            case LOGISTIC_CROSS_ENTROPY -> {
                for (int i = 0; i < a.length; i++) {
                    sum += y[i] * Oracle.softplus(-z[i]) + (1 - y[i]) * Oracle.softplus(z[i]);
                }
            }
            case CROSS_ENTROPY -> {
                double max = Double.NEGATIVE_INFINITY;
                for (double value : a) {
                    max = Math.max(max, value);
                }
                double exponentials = 0;
                for (double value : a) {
                    exponentials += Oracle.exp(value - max);
                }
                for (int i = 0; i < a.length; i++) {
                    sum -= y[i] * (a[i] - max - Math.log(exponentials));
                }
            }
        }
        return sum;
    }
}
