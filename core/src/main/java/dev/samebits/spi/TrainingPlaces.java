package dev.samebits.spi;

import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the values of a network and their gradients lie while it is trained: each has a buffer of its own, but columns of a
 * value are where it is. The numbers are nodes: the values of the network, as {@link Step} counts them, and behind them as
 * many net inputs, which layers with a function have.
 */
final class TrainingPlaces {
    private static final int NONE = -1;

    final Network network;
    /** The number of values, from which on nodes are net inputs. */
    final int values;
    private final int inputs;
    // Which place a node, its gradient, or what else a step keeps of it has.
    private final int[] nodes;
    private final int[] gradients;
    private final int[] kept;
    private final List<Place> places = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();
    private final int inputRow;
    private final int targetRow;
    private final int[] scratches;

    TrainingPlaces(Network network) {
        this.network = network;
        this.inputs = network.inputSections().size();
        this.values = inputs + network.steps().size();
        nodes = none(2 * values);
        gradients = none(2 * values);
        kept = none(values);
        inputRow = add(network.inputs());
        targetRow = add(network.outputs());
        for (int v = 0; v < inputs; v++) {
            nodes[v] = columns(inputRow, network.inputSections().get(v).from(), network.inputSections().get(v).width());
        }
        for (int v = inputs; v < values; v++) {
            nodes[v] = step(v).operation() instanceof Operation.Columns columns
                    ? columns(nodes[step(v).operands().get(0)], columns.from(), columns.count()) : add(step(v).width());
            if (netInput(v) != v) {
                nodes[netInput(v)] = add(layer(v).rows());
            }
        }
        int widest = places.stream().mapToInt(Place::width).max().orElseThrow();
        scratches = new int[] {add(widest), add(widest)};
    }

    private static int[] none(int length) {
        int[] places = new int[length];
        Arrays.fill(places, NONE);
        return places;
    }

    private int add(int width) {
        widths.add(width);
        places.add(new Place(widths.size() - 1, 0, width, width));
        return places.size() - 1;
    }

    /** The place of some columns of another. */
    int columns(int place, int from, int count) {
        places.add(places.get(place).columns(from, count));
        return places.size() - 1;
    }

    /** One of two places of so many columns for what is used at once. */
    int scratch(int which, int width) {
        return columns(scratches[which], 0, width);
    }

    boolean isInput(int value) {
        return value < inputs;
    }

    Step step(int value) {
        return network.steps().get(value - inputs);
    }

    int number(int step) {
        return inputs + step;
    }

    private Layer layer(int value) {
        return ((Operation.Apply) step(value).operation()).layer();
    }

    /** The node of a layer's net input: the value itself where that is the same, and where it is no layer's. */
    int netInput(int value) {
        boolean layer = !isInput(value) && step(value).operation() instanceof Operation.Apply;
        return layer && !layer(value).spec().isLinear() ? values + value : value;
    }

    int width(int node) {
        return places.get(nodes[node]).width();
    }

    int of(int node) {
        return nodes[node];
    }

    boolean hasGradient(int node) {
        return gradients[node] != NONE;
    }

    int gradient(int node) {
        return gradients[node];
    }

    int makeGradient(int node) {
        gradients[node] = add(width(node));
        return gradients[node];
    }

    /** A place of its own for so many columns. */
    int room(int width) {
        return add(width);
    }

    /** A place of a value's width that its step keeps from its gradient to its update. */
    int keep(int value) {
        kept[value] = add(width(value));
        return kept[value];
    }

    int kept(int value) {
        return kept[value];
    }

    int inputRow() {
        return inputRow;
    }

    int targetRow() {
        return targetRow;
    }

    /** Buffers for so many rows. */
    float[][] buffers(int rows) {
        float[][] buffers = new float[widths.size()][];
        long widest = widths.stream().mapToInt(Integer::intValue).max().orElseThrow();
        if (widest * rows > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("step: a batch of " + rows + " rows with a value of " + widest
                    + " columns is more than a Java array holds: take smaller batches");
        }
        for (int b = 0; b < buffers.length; b++) {
            buffers[b] = new float[rows * widths.get(b)];
        }
        return buffers;
    }

    /** All places for some rows of the buffers. */
    Matrix[] matrices(float[][] buffers, int from, int count) {
        Matrix[] matrices = new Matrix[places.size()];
        for (int i = 0; i < matrices.length; i++) {
            Place place = places.get(i);
            matrices[i] = Matrix.view(buffers[place.buffer()], place.from() + from * place.stride(), count, place.width(),
                    place.stride());
        }
        return matrices;
    }
}
