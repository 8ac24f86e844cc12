package dev.samebits;

/**
 * A column of a network's rows that holds ids: whole numbers, by which tables are looked up. Immutable.
 *
 * @param input the name of the input that it belongs to
 * @param column where it is in that input, counted from 0
 * @param position where it is in the row, counted from 0
 * @param entries ids are 0 to this − 1; of several tables it is the smallest that counts
 * @since 0.1.0
 */
public record IdColumn(String input, int column, int position, int entries) {
    /**
     * Whether a number is an id that the tables have: whole, not negative, below the entries. −0 is 0, NaN is none.
     *
     * @param id any float
     * @return whether rows with it can be predicted
     */
    public boolean has(float id) {
        return Table.isId(id, entries);
    }

    /**
     * What is wrong with a number that {@linkplain #has is no id}.
     *
     * @param id that number
     * @param row its row, as the caller counts them
     * @return one line with the number, its place and what it should be
     */
    public String refusal(float id, int row) {
        return "row " + row + ": column " + column + " of the input " + input + " is " + id
                + ": give it an id, a whole number from 0 to " + (entries - 1);
    }
}
