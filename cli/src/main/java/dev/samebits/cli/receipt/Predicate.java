package dev.samebits.cli.receipt;

import java.util.List;

/**
 * What a receipt says of a run: enough to run it again, and to tell whether the same came out. Immutable.
 *
 * @param model that computed
 * @param data that went through it
 * @param settings that the output depends on
 * @param rows how many were predicted
 * @param badRows how many could not be read, and were left out
 * @param scores the score fingerprint of ids and outputs, or null
 * @param arithmetic the number of the arithmetic
 * @param library which version of Samebits
 * @param backend that computed, what it runs on, and with how many threads
 * @param machine the Java, the system and the processor's kind
 * @param time when the run was over, as ISO 8601 writes it, in UTC
 */
public record Predicate(Model model, Data data, Settings settings, long rows, long badRows, String scores, int arithmetic,
        String library, Backend backend, String machine, String time) {
    /** Says what a receipt is a receipt of, and how it is written. */
    public static final String TYPE = "https://samebits.dev/receipt/v1";

    /**
     * The model.
     *
     * @param name the file's
     * @param sha256 of the file's bytes
     * @param fingerprint of the network's parameters
     * @param structure the network's, for people
     * @param preparation the fingerprint of what makes rows of raw columns, or null
     */
    public record Model(String name, String sha256, String fingerprint, String structure, String preparation) {}

    /**
     * The data.
     *
     * @param name the file's, or {@code stdin}
     * @param sha256 of its bytes as they lie there, packed if they are
     */
    public record Data(String name, String sha256) {}

    /**
     * Options of {@code predict} that change the output's bytes; null where they were not given.
     *
     * @param as what is written for a row
     * @param columns of the inputs
     * @param id columns that are passed through
     * @param header whether the first row holds names
     * @param separator of the fields
     * @param badRows what becomes of them
     * @param outputName which output of the model
     */
    public record Settings(String as, List<String> columns, List<String> id, String header, String separator, String badRows,
            String outputName) {}

    /**
     * What computed. Another one must give the same.
     *
     * @param name of the backend
     * @param device what it runs on
     * @param threads how many computed
     */
    public record Backend(String name, String device, int threads) {}
}
