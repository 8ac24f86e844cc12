package dev.samebits.spi;

import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a place for every value of a network. Columns of a value are where it is; values that are put side by side are
 * written where they belong, if they are in no other such row; what works number by number writes over an operand that is
 * needed no more; all others take a buffer that is free, the one that wastes least.
 */
final class PlaceFinder {
    private final Network network;
    private final int inputs;
    // For each value: the one in whose columns it lies, from which on; itself where it has a buffer.
    private final int[] holder;
    private final int[] offset;
    // For each value that holds others: the step after which nobody reads any of them.
    private final int[] lastUse;
    private final int[] buffer;
    private final List<Integer> widths = new ArrayList<>();
    private final List<Integer> freeFrom = new ArrayList<>();

    private PlaceFinder(Network network) {
        this.network = network;
        this.inputs = network.inputSections().size();
        int values = inputs + network.steps().size();
        holder = new int[values];
        offset = new int[values];
        lastUse = new int[values];
        buffer = new int[values];
        Arrays.fill(buffer, -1);
    }

    /** Finds them; inputs are in buffer 0, which has the caller's rows. */
    static Places of(Network network) {
        PlaceFinder finder = new PlaceFinder(network);
        finder.hold();
        finder.live();
        return finder.place();
    }

    /** The places of all values, the scratch that each step needs, if any, and how wide the buffers are. */
    record Places(List<Place> values, List<@Nullable Place> scratch, int[] widths) {}

    private Operation operation(int value) {
        return network.steps().get(value - inputs).operation();
    }

    private List<Integer> operands(int value) {
        return network.steps().get(value - inputs).operands();
    }

    private int width(int value) {
        return value < inputs ? network.inputSections().get(value).width() : network.steps().get(value - inputs).width();
    }

    // Who lies in whose columns.
    private void hold() {
        for (int value = 0; value < holder.length; value++) {
            holder[value] = value;
            if (value >= inputs && operation(value) instanceof Operation.Columns columns) {
                holder[value] = operands(value).get(0);
                offset[value] = columns.from();
            }
        }
        for (int value = inputs; value < holder.length; value++) {
            if (operation(value) instanceof Operation.Concat) {
                int from = 0;
                for (int operand : operands(value)) {
                    // Inputs are where the caller's rows are copied to.
                    if (operand >= inputs && holder[operand] == operand) {
                        holder[operand] = value;
                        offset[operand] = from;
                    }
                    from += width(operand);
                }
            }
        }
    }

    private int root(int value) {
        int root = value;
        while (holder[root] != root) {
            root = holder[root];
        }
        return root;
    }

    private int offsetInRoot(int value) {
        int from = 0;
        for (int at = value; holder[at] != at; at = holder[at]) {
            from += offset[at];
        }
        return from;
    }

    private void live() {
        for (int value = inputs; value < holder.length; value++) {
            int step = value - inputs;
            lastUse[root(value)] = Math.max(lastUse[root(value)], step);
            for (int operand : operands(value)) {
                lastUse[root(operand)] = Math.max(lastUse[root(operand)], step);
            }
        }
        network.outputValues().forEach(value -> lastUse[root(value)] = Integer.MAX_VALUE);
    }

    private Places place() {
        int row = take(network.inputs(), 0);
        for (int value = 0; value < inputs; value++) {
            buffer[value] = row;
            freeFrom.set(row, Math.max(freeFrom.get(row), end(value)));
        }
        List<@Nullable Place> scratch = new ArrayList<>();
        for (int value = inputs; value < holder.length; value++) {
            int root = root(value);
            int step = value - inputs;
            if (buffer[root] < 0) {
                int over = root == value ? overwritten(value) : -1;
                buffer[root] = over >= 0 ? over : take(width(root), step);
                freeFrom.set(buffer[root], end(root));
            }
            scratch.add(scratch(value, step));
        }
        List<Place> places = new ArrayList<>();
        for (int value = 0; value < holder.length; value++) {
            places.add(place(value));
        }
        return new Places(places, scratch, widths.stream().mapToInt(Integer::intValue).toArray());
    }

    private Place place(int value) {
        int root = root(value);
        boolean input = root < inputs;
        int from = offsetInRoot(value) + (input ? network.inputSections().get(root).from() : 0);
        return new Place(buffer[root], from, width(value), input ? network.inputs() : width(root));
    }

    private int end(int root) {
        return lastUse[root] == Integer.MAX_VALUE ? Integer.MAX_VALUE : lastUse[root] + 1;
    }

    // Maxout's net inputs are wider than its value, and gone when it is made; so are an integer layer's whole numbers.
    private @Nullable Place scratch(int value, int step) {
        int columns = 0;
        if (operation(value) instanceof Operation.Apply apply && apply.layer().pieces() > 1) {
            columns = apply.layer().rows();
        } else if (operation(value) instanceof Operation.IntegerDense dense) {
            columns = IntegerParts.scratch(dense.layer());
        }
        if (columns == 0) {
            return null;
        }
        int taken = take(columns, step);
        freeFrom.set(taken, step + 1);
        return new Place(taken, 0, columns, columns);
    }

    // The buffer of an operand as wide as the value, alone in its buffer, that is read here for the last time.
    private int overwritten(int value) {
        if (!worksInPlace(operation(value))) {
            return -1;
        }
        for (int operand : operands(value)) {
            boolean free = operand >= inputs && holder[operand] == operand && width(operand) == width(value)
                    && lastUse[operand] == value - inputs;
            // Of an operand that is written over, columns elsewhere in the row could not be read as they were.
            if (free && operands(value).stream().allMatch(other -> other == operand || root(other) != operand)) {
                return buffer[operand];
            }
        }
        return -1;
    }

    private static boolean worksInPlace(Operation operation) {
        return operation instanceof Operation.Activate || operation instanceof Operation.ScaleShift
                || operation instanceof Operation.CenterScale || operation instanceof Operation.Combine
                || operation instanceof Operation.LayerNorm || operation instanceof Operation.RmsNorm
                || operation instanceof Operation.L2Norm || operation instanceof Operation.Quantize
                || operation instanceof Operation.Softmax softmax && softmax.output() == Output.SOFTMAX;
    }

    // A free buffer that is wide enough, the narrowest of them; else the widest that is free grows; else a new one.
    private int take(int width, int step) {
        int best = -1;
        for (int b = 0; b < widths.size(); b++) {
            if (freeFrom.get(b) <= step && (best < 0 || better(widths.get(b), widths.get(best), width))) {
                best = b;
            }
        }
        if (best < 0) {
            widths.add(width);
            freeFrom.add(0);
            return widths.size() - 1;
        }
        widths.set(best, Math.max(widths.get(best), width));
        return best;
    }

    private static boolean better(int one, int other, int wanted) {
        return one >= wanted ? other < wanted || one < other : other < wanted && one > other;
    }
}
