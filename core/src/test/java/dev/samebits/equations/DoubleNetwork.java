package dev.samebits.equations;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.equations.Formulas.Formula;
import java.util.ArrayList;
import java.util.List;

/** Softmax cross-entropy of a network in double precision, for finite differences: equations 4.30 to 4.42 as they stand. */
final class DoubleNetwork {
    private final List<Layer> layers;
    /** All parameters in the order of the fingerprint: for each layer weights, biases, slopes. */
    final double[] parameters;

    DoubleNetwork(Network network) {
        layers = network.layers();
        parameters = flatten(network);
    }

    static double[] flatten(Network network) {
        List<Float> all = new ArrayList<>();
        for (Layer layer : network.layers()) {
            for (float[] part : new float[][] {layer.weights().data(), layer.bias(), layer.slopes()}) {
                for (float value : part) {
                    all.add(value);
                }
            }
        }
        return all.stream().mapToDouble(Float::doubleValue).toArray();
    }

    double loss(float[] x, float[] y) {
        double[] a = new double[x.length];
        for (int j = 0; j < a.length; j++) {
            a[j] = x[j];
        }
        int start = 0;
        for (Layer layer : layers) {
            a = forward(layer, start, a);
            start += (int) layer.parameters();
        }
        double sum = 0;
        for (double z : a) {
            sum += Math.exp(z);
        }
        double loss = 0;
        for (int j = 0; j < a.length; j++) {
            loss -= y[j] * (a[j] - Math.log(sum));
        }
        return loss;
    }

    private double[] forward(Layer layer, int start, double[] x) {
        int biases = start + layer.rows() * layer.inputs();
        double[] a = new double[layer.outputs()];
        for (int i = 0; i < a.length; i++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int row = i; row < layer.rows(); row += a.length) {
                double z = parameters[biases + row];
                for (int j = 0; j < x.length; j++) {
                    z += parameters[start + row * x.length + j] * x[j];
                }
                best = Math.max(best, z);
            }
            double slope = layer.activation().kind() == Activation.Kind.PRELU ? parameters[biases + layer.rows() + i] : 0;
            a[i] = activate(layer.activation(), best, slope);
        }
        return a;
    }

    private static double activate(Activation f, double z, double slope) {
        if (f.kind() == Activation.Kind.PRELU) {
            return Math.max(0, z) + slope * Math.min(0, z);
        }
        Formula formula = Formulas.all().filter(known -> known.function().equals(f)).findFirst().orElseThrow();
        return formula.value().applyAsDouble(z);
    }
}
