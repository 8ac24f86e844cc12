package dev.samebits.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A column of categories: one number for each, 1 for that of the field and 0 for the others. A category that is not among
 * them has a number of its own if {@link #hasOther}, else all are 0. An empty field is a category like any other. Immutable
 * and thread-safe, compared by value.
 *
 * @since 0.1.0
 */
public final class CategoryColumn implements TableColumn {
    private static final int SHOWN = 8;

    private final String name;
    private final List<String> categories;
    private final boolean other;
    private final Map<String, Integer> places = new HashMap<>();
    // Of those that are numbers, so that 1 and 1.0 are one category.
    private final Map<Float, Integer> numbers = new HashMap<>();

    /**
     * A column.
     *
     * @param name what it is called
     * @param categories in the order of the row, all different, without blanks at their ends; copied
     * @param other whether a number for all others stands behind them
     * @throws IllegalArgumentException if the name is blank, there is no category, one stands twice or has blanks at an end
     */
    public CategoryColumn(String name, List<String> categories, boolean other) {
        this.name = Preparation.checkedName(name);
        this.categories = List.copyOf(categories);
        this.other = other;
        if (categories.isEmpty()) {
            throw new IllegalArgumentException("the column " + name + " has no category: give at least one");
        }
        for (String category : this.categories) {
            if (places.put(category, places.size()) != null) {
                throw new IllegalArgumentException("the column " + name + " has the category '" + category
                        + "' twice: give all different ones");
            }
            if (!category.equals(category.strip())) {
                throw new IllegalArgumentException("the column " + name + " has the category '" + category
                        + "' with blanks at an end: give it without");
            }
            float number = Words.number(category);
            if (!Float.isNaN(number)) {
                numbers.putIfAbsent(number, places.get(category));
            }
        }
    }

    /**
     * A column as its training rows are.
     *
     * @param name what it is called
     * @param rows how many training rows have each category, without blanks at their ends
     * @param most how many categories get a number of their own: the most frequent ones, of as frequent ones those that come
     *     first by their characters; in the row they stand by their characters
     * @return a column with a number for others if there are more categories than that
     * @throws IllegalArgumentException if there is no category, or {@code most} is below 1
     */
    public static CategoryColumn of(String name, Map<String, Integer> rows, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("the column " + name + " keeps " + most + " categories: give at least 1");
        }
        List<String> kept = rows.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(most).map(Map.Entry::getKey).sorted().toList();
        return new CategoryColumn(name, kept, rows.size() > most);
    }

    @Override
    public String name() {
        return name;
    }

    /** {@return the categories that have a number, in the order of the row; unmodifiable} */
    public List<String> categories() {
        return categories;
    }

    /** {@return whether all other categories have a number together, the last one} */
    public boolean hasOther() {
        return other;
    }

    @Override
    public int width() {
        return categories.size() + (other ? 1 : 0);
    }

    @Override
    public List<String> rowNames() {
        List<String> names = new ArrayList<>();
        categories.forEach(category -> names.add(name + "=" + category));
        if (other) {
            names.add(name + " other");
        }
        return List.copyOf(names);
    }

    @Override
    public boolean isText() {
        return true;
    }

    /**
     * The number of a field's category.
     *
     * @param field as it stands in the table; blanks at its ends do not count. A number is the category that is the same
     *     number, if none has the same characters
     * @return its place among the {@link #categories}, from 0; −1 for one that is not there
     */
    public int indexOf(String field) {
        String text = field.strip();
        Integer place = places.get(text);
        if (place == null && !numbers.isEmpty()) {
            float number = Words.number(text);
            place = Float.isNaN(number) ? null : numbers.get(number);
        }
        return place == null ? -1 : place;
    }

    @Override
    public Cell put(String field, float[] row, int at) {
        return put(indexOf(field), row, at);
    }

    /**
     * Makes the numbers of a category.
     *
     * @param index its place among the {@link #categories}; −1 for one that is not there
     * @param row receives {@link #width} numbers
     * @param at index of the first of them
     * @return {@link Cell#VALUE}, or {@link Cell#UNKNOWN} for −1
     * @throws IndexOutOfBoundsException if the row has no room for them, or there is no such category
     */
    public Cell put(int index, float[] row, int at) {
        if (index < -1 || index >= categories.size()) {
            throw new IndexOutOfBoundsException("category " + index + " of " + categories.size());
        }
        for (int i = 0; i < width(); i++) {
            row[at + i] = 0;
        }
        if (index >= 0) {
            row[at + index] = 1;
        } else if (other) {
            row[at + categories.size()] = 1;
        }
        return index < 0 ? Cell.UNKNOWN : Cell.VALUE;
    }

    @Override
    public boolean equals(Object that) {
        return that instanceof CategoryColumn column && column.name.equals(name) && column.categories.equals(categories)
                && column.other == other;
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + categories.hashCode();
    }

    /** One line, as in {@code job: 3 categories, clerk, teacher, welder, and others}. */
    @Override
    public String toString() {
        List<String> shown = categories.stream().limit(SHOWN).map(text -> text.isEmpty() ? "(empty)" : text).toList();
        return name + ": " + categories.size() + (categories.size() == 1 ? " category, " : " categories, ")
                + String.join(", ", shown) + (categories.size() > SHOWN ? ", …" : "") + (other ? ", and others" : "");
    }
}
