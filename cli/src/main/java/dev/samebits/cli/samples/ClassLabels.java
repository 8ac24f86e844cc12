package dev.samebits.cli.samples;

import dev.samebits.cli.console.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The classes that the fields of a label column name: any text, whole numbers too. They are met row by row, and get their
 * final numbers when all are known: whole numbers by size, texts in the order of their characters. Not thread-safe.
 */
final class ClassLabels {
    // No network has as many outputs, and above it whole numbers are not floats any more.
    private static final int MOST = 1 << 20;
    // With more classes than this, and few rows of each, the column is a quantity, a name or a number of the row.
    private static final int USUAL = 20;
    private static final int ROWS_OF_EACH = 5;
    // So many whole numbers that do not count from 0 or 1 may be grades.
    private static final int ORDERED = 5;

    // Leading zeros make a code, which is text.
    private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9]\\d{0,17})(\\.0*)?");
    private static final Pattern CODE = Pattern.compile("\\d+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private final int asked;
    private final boolean known;
    private final String of;
    // Every spelling that was met, and what it names.
    private final Map<String, Integer> spellings = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> labels = new ArrayList<>();
    // The first class that is not among those asked for by number, and the first number that is not whole, with their
    // places.
    private String outside;
    private String outsidePlace;
    private String decimal;
    private String decimalPlace;
    private String quantity = "";

    private ClassLabels(int asked, boolean known, String of) {
        this.asked = asked;
        this.known = known;
        this.of = of;
    }

    /** Classes that are not known yet; as many as are asked for, or any number for 0. */
    static ClassLabels collecting(int asked) {
        return new ClassLabels(asked, false, null);
    }

    /**
     * The classes that a network has already.
     *
     * @param of where they come from, for messages
     */
    static ClassLabels of(List<String> labels, String of) {
        ClassLabels classes = new ClassLabels(0, true, of);
        labels.forEach(label -> classes.add(label, label));
        return classes;
    }

    /** The number of a field's class, by when it was first met. */
    int number(String field, Supplier<String> place) {
        Integer number = spellings.get(field);
        return number != null ? number : numberOfNew(field, place);
    }

    /** Whether there is no room for another class, so that numbers can only be a quantity. */
    boolean isFull() {
        return !known && asked == 0 && labels.size() == MOST;
    }

    static boolean areUnusual(int count, int rows) {
        return count > USUAL && (long) count * ROWS_OF_EACH > rows;
    }

    private int numberOfNew(String field, Supplier<String> place) {
        String text = field.strip();
        if (text.isEmpty()) {
            throw new Problem("an empty field where a class should be", place.get(), "give the row a class, or remove it");
        }
        String label = WHOLE.matcher(text).matches() ? Long.toString(Long.parseLong(text.replaceAll("\\..*|^\\+", "")))
                : text;
        Integer number = numbers.get(label);
        if (number == null && known) {
            throw new Problem("'" + Problem.shortened(label) + "' is no class of " + of, place.get(),
                    "mend the class, or give that class rows in the training data");
        }
        if (number == null) {
            checkRoom(label, place);
        }
        return add(field, label);
    }

    private int add(String spelling, String label) {
        int number = numbers.computeIfAbsent(label, text -> {
            labels.add(text);
            return labels.size() - 1;
        });
        // So that numbers spelled in ever new ways do not fill the memory.
        if (spellings.size() < 4 * MOST) {
            spellings.put(spelling, number);
        }
        return number;
    }

    private void checkRoom(String label, Supplier<String> place) {
        if (asked > 0 && outside == null
                && (!isWhole(label) || Long.parseLong(label) < 0 || Long.parseLong(label) >= asked)) {
            outside = label;
            outsidePlace = place.get();
        }
        if (decimal == null && !isWhole(label) && !CODE.matcher(label).matches() && DECIMAL.matcher(label).matches()) {
            decimal = label;
            decimalPlace = place.get();
        }
        if (asked > 0 && labels.size() == asked && outside != null && isWhole(label) && areWhole()) {
            throw outsideProblem();
        }
        if (labels.size() == (asked > 0 ? asked : MOST)) {
            throw new Problem("'" + Problem.shortened(label) + "' is one class more than " + labels.size(), place.get(),
                    asked > 0 ? "mend the class, or give more --classes"
                            : "choose the column of the class with --label, or use --targets for regression");
        }
    }

    private Problem outsideProblem() {
        return new Problem("the class " + outside + " is not a whole number from 0 to " + (asked - 1), outsidePlace,
                "mend the class, or give more --classes");
    }

    private static boolean isWhole(String label) {
        return WHOLE.matcher(label).matches();
    }

    private boolean areWhole() {
        return labels.stream().allMatch(ClassLabels::isWhole);
    }

    /**
     * Whether the fields make sense as classes; warns on stderr of what may not.
     *
     * @param rows how many rows there are
     * @param where file and column, for messages
     * @param column the name or number of the column, for the remedy
     * @param numbers of the fields if they may be a quantity, else null
     * @return whether they are classes, and no quantity
     */
    boolean check(int rows, String where, String column, LabelNumbers numbers) {
        if (known) {
            return true;
        }
        quantity = numbers == null || asked > 0 ? "" : numbers.whyQuantity(rows, labels.size(), column);
        if (quantity.isEmpty()) {
            checkClasses(rows, where, column);
        }
        return quantity.isEmpty();
    }

    /** Why they are a quantity; empty if they are classes. */
    String quantity() {
        return quantity;
    }

    private void checkClasses(int rows, String where, String column) {
        int count = labels.size();
        boolean whole = areWhole();
        if (asked > 0) {
            if (count < asked && outside != null) {
                throw whole ? outsideProblem() : new Problem("found " + count + " classes where --classes "
                        + "says " + asked, where, "leave out --classes");
            }
            return;
        }
        if (count == 1) {
            throw new Problem("every row has the class '" + Problem.shortened(labels.get(0)) + "'", where,
                    "give rows of at least two classes, or choose the column of the class with --label");
        }
        if (decimal != null && labels.stream().allMatch(label -> DECIMAL.matcher(label).matches())) {
            throw new Problem("the class " + Problem.shortened(decimal) + " is a number and not a whole one", decimalPlace,
                    "mend it, or give --targets " + column + " for regression");
        }
        if (areUnusual(count, rows)) {
            throw new Problem("found " + count + " different labels in " + rows + " rows", where, whole
                    ? "give --targets " + column + " if they are a quantity, or --classes " + count + " if they are classes"
                    : "choose the column of the class with --label, or give --classes " + count + " if this is it");
        }
        if (whole && count > ORDERED) {
            warnOfQuantity(where, column);
        }
    }

    private void warnOfQuantity(String where, String column) {
        long[] sorted = labels.stream().mapToLong(Long::parseLong).sorted().toArray();
        long last = sorted[sorted.length - 1];
        if (sorted[0] < 0 || sorted[0] > 1 || last - sorted[0] >= 2L * sorted.length) {
            System.err.println("samebits: warning: the labels are " + sorted.length + " whole numbers from " + sorted[0]
                    + " to "
                    + last + ", each a class of its own: " + where + ": give --targets " + column
                    + " if they are a quantity");
        }
    }

    /** The names of the classes in their final order. */
    List<String> names() {
        if (known) {
            return List.copyOf(labels);
        }
        boolean whole = areWhole();
        if (asked > 0 && outside == null) {
            return numbered(asked);
        }
        Comparator<String> order = whole ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
        return labels.stream().sorted(order).toList();
    }

    /** The names of classes that are numbered from 0. */
    static List<String> numbered(int classes) {
        String[] names = new String[classes];
        Arrays.setAll(names, Integer::toString);
        return List.of(names);
    }

    /** For the number of each class by when it was met, its final one. */
    int[] order() {
        Map<String, Integer> place = new HashMap<>();
        List<String> names = names();
        for (int c = 0; c < names.size(); c++) {
            place.put(names.get(c), c);
        }
        return labels.stream().mapToInt(place::get).toArray();
    }
}
