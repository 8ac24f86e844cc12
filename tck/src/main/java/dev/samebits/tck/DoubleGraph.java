package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Operation;
import dev.samebits.Output;
import dev.samebits.Section;
import dev.samebits.Step;
import dev.samebits.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any network in double precision, written from the equations alone: parameters that can be moved a little, and the mean
 * loss as a function of them. It shares no code with the library.
 */
final class DoubleGraph {
    /** Of each step its parameters that learn, as {@link StepParameters#of} has them; then the gains of a layer. */
    final List<double[][]> parameters = new ArrayList<>();
    private final Network network;
    private final Objective objective;
    private final TrainingOptions options;

    /** With the dropout of the first step of a training, if the options have any. */
    DoubleGraph(Network network, Objective objective, TrainingOptions options) {
        this.network = network;
        this.objective = objective;
        this.options = options;
        for (Step step : network.steps()) {
            float[][] arrays = StepParameters.of(step.operation());
            boolean layer = step.operation() instanceof Operation.Apply;
            double[][] wide = new double[arrays.length + (layer ? 1 : 0)][];
            for (int k = 0; k < arrays.length; k++) {
                wide[k] = widen(arrays[k]);
            }
            if (layer) {
                wide[arrays.length] = new double[arrays[1].length];
                Arrays.fill(wide[arrays.length], 1);
            }
            parameters.add(wide);
        }
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /** {@code Σ u Σ weight · loss / Σ u}, u the weights of rows, 1 each if they are null. */
    double loss(Matrix x, Matrix targets, float @Nullable [] weights) {
        List<double[][]> values = values(x);
        double sum = 0;
        double count = 0;
        for (int n = 0; n < x.rows(); n++) {
            double u = weights == null ? 1 : weights[n];
            count += u;
            for (Objective.Term term : objective.terms()) {
                int output = network.outputSections().indexOf(network.outputSection(term.output()));
                double[] y = values.get(network.outputValues().get(output))[n];
                double[] target = widen(network.outputSection(term.output()).of(targets).rows(n, 1).copy().data());
                sum += u * term.weight() * loss(term.loss(), y, target, isLogarithm(output));
            }
        }
        return sum / count;
    }

    // Of each value its rows.
    private List<double[][]> values(Matrix x) {
        HiddenMask mask = new HiddenMask(network, options.dropout(), 1);
        List<double[][]> values = new ArrayList<>();
        for (Section input : network.inputSections()) {
            double[][] rows = new double[x.rows()][];
            for (int n = 0; n < rows.length; n++) {
                rows[n] = widen(input.of(x).rows(n, 1).copy().data());
            }
            values.add(rows);
        }
        for (int s = 0; s < network.steps().size(); s++) {
            Step step = network.steps().get(s);
            double[][] rows = new double[x.rows()][];
            boolean normed = options.batchNorm() != null && HiddenMask.hidden(network).contains(s);
            double[][] net = normed ? netInputs(parameters.get(s), values.get(step.operands().get(0))) : null;
            for (int n = 0; n < rows.length; n++) {
                int row = n;
                rows[n] = normed ? function((Operation.Apply) step.operation(), parameters.get(s), net[n])
                        : value(step.operation(), parameters.get(s),
                                step.operands().stream().map(o -> values.get(o)[row]).toList());
                for (int j = 0; j < rows[n].length; j++) {
                    rows[n][j] *= mask.factor(s, n, j, options.dropout());
                }
            }
            values.add(rows);
        }
        return values;
    }

    private boolean isLogarithm(int output) {
        int step = network.outputValues().get(output) - network.inputSections().size();
        return step >= 0 && network.steps().get(step).operation() instanceof Operation.Softmax softmax
                && softmax.output() == Output.LOG_SOFTMAX;
    }

    // Of the output itself, since double has digits enough.
    private static double loss(Loss loss, double[] y, double[] target, boolean logarithm) {
        double sum = 0;
        for (int j = 0; j < y.length; j++) {
            sum += switch (loss) {
                case SQUARED_ERROR -> 0.5 * (y[j] - target[j]) * (y[j] - target[j]);
                case LOGISTIC_CROSS_ENTROPY -> -target[j] * Math.log(y[j]) - (1 - target[j]) * Math.log(1 - y[j]);
                case CROSS_ENTROPY -> -target[j] * (logarithm ? y[j] : Math.log(y[j]));
            };
        }
        return sum;
    }

    private static double[] value(Operation operation, double[][] learned, List<double[]> operands) {
        double[] x = operands.get(0);
        if (operation instanceof Operation.Apply apply) {
            return layer(apply, learned, x);
        } else if (operation instanceof Operation.Activate activate) {
            return activate(activate.activation(), learned[0], x);
        } else if (operation instanceof Operation.Combine || operation instanceof Operation.Dot) {
            return ofTwo(operation, x, operands.get(1));
        } else if (operation instanceof Operation.Concat) {
            return operands.stream().flatMapToDouble(Arrays::stream).toArray();
        } else if (operation instanceof Operation.Columns columns) {
            return Arrays.copyOfRange(x, columns.from(), columns.from() + columns.count());
        } else if (operation instanceof Operation.Embed embed) {
            int width = embed.table().width();
            double[] y = new double[x.length * width];
            for (int i = 0; i < y.length; i++) {
                y[i] = learned[0][(int) x[i / width] * width + i % width];
            }
            return y;
        } else if (operation instanceof Operation.Sum sum) {
            double[] y = new double[sum.outputs()];
            for (int j = 0; j < x.length; j++) {
                y[j % y.length] += x[j];
            }
            return y;
        }
        return ofOne(operation, learned, x);
    }

    // Of a batch: mean 0 and variance 1 by columns, times the gain, which is behind the slopes, plus the bias.
    private double[][] netInputs(double[][] learned, double[][] x) {
        double[][] net = new double[x.length][];
        for (int n = 0; n < x.length; n++) {
            net[n] = product(learned[0], new double[learned[1].length], x[n]);
        }
        for (int j = 0; j < learned[1].length; j++) {
            double mean = 0;
            double square = 0;
            for (double[] row : net) {
                mean += row[j] / net.length;
            }
            for (double[] row : net) {
                square += (row[j] - mean) * (row[j] - mean) / net.length;
            }
            for (double[] row : net) {
                row[j] = (row[j] - mean) / Math.sqrt(square + options.batchNorm().epsilon()) * learned[3][j] + learned[1][j];
            }
        }
        return net;
    }

    private static double[] product(double[] w, double[] bias, double[] x) {
        double[] z = bias.clone();
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < x.length; j++) {
                z[i] += w[i * x.length + j] * x[j];
            }
        }
        return z;
    }

    private static double[] layer(Operation.Apply apply, double[][] learned, double[] x) {
        return function(apply, learned, product(learned[0], learned[1], x));
    }

    private static double[] function(Operation.Apply apply, double[][] learned, double[] z) {
        int outputs = apply.layer().outputs();
        for (int i = outputs; i < z.length; i++) {
            z[i % outputs] = Math.max(z[i % outputs], z[i]);
        }
        double[] pieces = Arrays.copyOf(z, outputs);
        return apply.layer().pieces() > 1 ? pieces : activate(apply.layer().activation(), learned[2], pieces);
    }

    private static double[] activate(Activation f, double[] slopes, double[] x) {
        double[] y = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            y[j] = ActivationOracle.value(f, x[j], slopes.length == 0 ? 0 : slopes[j]);
        }
        return y;
    }

    private static double[] ofTwo(Operation operation, double[] a, double[] b) {
        double[] y = new double[Math.max(a.length, b.length)];
        double dot = 0;
        for (int j = 0; j < y.length; j++) {
            double one = a[a.length == 1 ? 0 : j];
            double other = b[b.length == 1 ? 0 : j];
            dot += one * other;
            if (operation instanceof Operation.Combine combine) {
                y[j] = switch (combine.combination()) {
                    case ADD -> one + other;
                    case SUBTRACT -> one - other;
                    case MULTIPLY -> one * other;
                    case MAXIMUM -> Math.max(one, other);
                    case MINIMUM -> Math.min(one, other);
                    case LESS -> one < other ? 1 : 0;
                    case LESS_OR_EQUAL -> one <= other ? 1 : 0;
                    case EQUAL -> one == other ? 1 : 0;
                    case KEEP -> one != 0 ? other : -0.0;
                };
            }
        }
        return operation instanceof Operation.Dot ? new double[] {dot} : y;
    }

    private static double[] ofOne(Operation operation, double[][] learned, double[] x) {
        double[] y = new double[x.length];
        double mean = 0;
        double square = 0;
        double exponentials = 0;
        for (double value : x) {
            mean += value / x.length;
            square += value * value;
            exponentials += Math.exp(value);
        }
        double variance = 0;
        for (double value : x) {
            variance += (value - mean) * (value - mean) / x.length;
        }
        for (int j = 0; j < x.length; j++) {
            if (operation instanceof Operation.ScaleShift scaled) {
                y[j] = scaled.scale()[j] * x[j] + scaled.shift()[j];
            } else if (operation instanceof Operation.CenterScale centred) {
                y[j] = (x[j] - centred.center()[j]) * centred.scale()[j];
            } else if (operation instanceof Operation.LayerNorm norm) {
                y[j] = (x[j] - mean) / Math.sqrt(variance + norm.epsilon()) * learned[0][j] + learned[1][j];
            } else if (operation instanceof Operation.RmsNorm norm) {
                y[j] = x[j] / Math.sqrt(square / x.length + norm.epsilon()) * learned[0][j];
            } else if (operation instanceof Operation.L2Norm norm) {
                y[j] = x[j] / Math.max(Math.sqrt(square), norm.epsilon());
            } else if (operation instanceof Operation.Softmax softmax) {
                double p = Math.exp(x[j]) / exponentials;
                y[j] = softmax.output() == Output.SOFTMAX ? p : Math.log(p);
            } else {
                throw new AssertionError(operation);
            }
        }
        return y;
    }
}
