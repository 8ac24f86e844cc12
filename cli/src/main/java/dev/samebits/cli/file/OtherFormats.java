package dev.samebits.cli.file;

import dev.samebits.cli.console.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Formats that are not read, told by what is in a file, so that a message can name them and say what to do. */
public final class OtherFormats {
    /** No start that is known is longer. */
    static final int LONGEST = 16;

    // As far as a zip archive is looked into: its first entry names what it is, or the second.
    private static final int ZIP_HEAD = 1 << 12;
    // As far as a binary file must show itself, at least.
    private static final int BINARY_HEAD = 512;
    private static final int TAR_MARK = 257;
    private static final char ANY = '?';

    private static final String PANDAS = "convert it to CSV, for instance in Python with pandas.";
    private static final String TO_CSV = "(file).to_csv(..., index=False)";
    private static final String SHEET = "save it as CSV in the spreadsheet program";
    private static final String TABLE = "export it as CSV, IDX or .npy";

    // Of text: its start alone tells.
    private static final Pattern LIBSVM = Pattern.compile(
            "\\s*[-+]?[\\d.]+(?:[eE][-+]?\\d+)?\\s+(?:qid:\\d+\\s+)?\\d+:[-+.\\d]");
    private static final Pattern ARFF = Pattern.compile("(?im)^[ \\t]*@relation\\b");
    private static final Pattern MARKUP = Pattern.compile("(?i)\\s*<(?:!doctype|html|\\?xml)\\b");
    private static final Pattern JSON = Pattern.compile("\\s*(?:\\{\\s*(?:\"|$)|\\[\\s*(?:[-\"{\\[\\d]|$))");

    private record Start(String bytes, String what, String mend) {
        Problem problem(String where) {
            return new Problem("this is " + what, where, mend);
        }

        // As far as both go, the bytes are the same.
        boolean fits(byte[] head) {
            boolean same = true;
            for (int i = 0; same && i < Math.min(head.length, bytes.length()); i++) {
                same = bytes.charAt(i) == ANY || bytes.charAt(i) == (head[i] & 0xff);
            }
            return same;
        }
    }

    private static final List<Start> STARTS = List.of(
            packed("\u001f\u008b", "gzip twice", "gzip -dc"),
            packed("BZh?1AY&SY", "bzip2", "bzip2 -dc"),
            packed("\u00fd7zXZ\0", "xz", "xz -dc"),
            packed("\u0028\u00b5\u002f\u00fd", "zstd", "zstd -dc"),
            packed("P*M\u0018", "zstd", "zstd -dc"),
            packed("\u0004\"M\u0018", "lz4", "lz4 -dc"),
            packed("\u001f\u009d", "compress (.Z)", "gzip -dc"),
            packed("LZIP\u0001", "lzip", "lzip -dc"),
            new Start("7z\u00bc\u00af'\u001c", "a 7z archive", "unpack it, and give a file in it"),
            new Start("Rar!\u001a\u0007", "a RAR archive", "unpack it, and give a file in it"),
            new Start("PK\u0003\u0004", "a zip archive, such as an .npz file", "unpack it, and give a file in it"),
            new Start("PK\u0005\u0006", "a zip archive without files", "give a file with data"),
            new Start("\u00ff\u00fe", "text in UTF-16", "save it as UTF-8"),
            new Start("\u00fe\u00ff", "text in UTF-16", "save it as UTF-8"),
            new Start("PAR1", "a Parquet file, which is not read", PANDAS + "read_parquet" + TO_CSV),
            new Start("PARE", "an encrypted Parquet file, which is not read", PANDAS + "read_parquet" + TO_CSV),
            new Start("ARROW1\0\0", "an Arrow (Feather) file, which is not read", PANDAS + "read_feather" + TO_CSV),
            new Start("FEA1", "a Feather file, which is not read", PANDAS + "read_feather" + TO_CSV),
            new Start("Obj\u0001", "an Avro file, which is not read", TABLE),
            new Start("\u0089HDF\r\n\u001a\n", "an HDF5 file, which is not read", TABLE),
            new Start("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1",
                    "an old Excel or other Office file, which is not read", SHEET),
            new Start("%PDF-", "a PDF file", "give the table it was made from"));

    private OtherFormats() {}

    private static Start packed(String bytes, String with, String command) {
        return new Start(bytes, "packed with " + with + ", which is not read",
                "unpack it, or pipe what '" + command + "' gives into --data -");
    }

    /** Whether more bytes could tell that a file is none that is read. */
    static boolean mayStart(byte[] head) {
        return STARTS.stream().anyMatch(start -> start.bytes.length() > head.length && start.fits(head));
    }

    /** Refuses a file that starts as one of another format does. The stream stands at its start, and is marked anew. */
    static void refuse(String name, byte[] head, InputStream stream) throws IOException {
        for (Start start : STARTS) {
            if (start.bytes.length() <= head.length && start.fits(head)) {
                throw (start.bytes.startsWith("PK") ? zip(stream, start) : start).problem(name);
            }
        }
    }

    private static Start zip(InputStream stream, Start zip) throws IOException {
        stream.mark(ZIP_HEAD);
        String head = new String(stream.readNBytes(ZIP_HEAD), StandardCharsets.ISO_8859_1);
        stream.reset();
        if (head.contains("xl/") || head.contains("[Content_Types].xml")) {
            return new Start("", "an Excel file, which is not read", SHEET);
        }
        return head.contains("opendocument.spreadsheet")
                ? new Start("", "an OpenDocument sheet, which is not read", SHEET) : zip;
    }

    /**
     * Refuses bytes that are no text.
     *
     * @param length how many have been read
     * @param record how many of them the first record takes
     */
    public static void refuseBinary(String name, byte[] bytes, int length, int record) {
        int zero = 0;
        int to = Math.min(length, Math.max(record, BINARY_HEAD));
        while (zero < to && bytes[zero] != 0) {
            zero++;
        }
        if (zero == to) {
            return;
        }
        String head = new String(bytes, 0, Math.min(length, BINARY_HEAD), StandardCharsets.ISO_8859_1);
        if (head.startsWith("ustar", TAR_MARK)) {
            throw new Problem("this is a tar archive", name, "unpack it, and give a file in it");
        }
        if (zero < 2 && head.length() > 3 && head.charAt(2 + zero) == 0) {
            throw new Problem("this is text in UTF-16", name, "save it as UTF-8");
        }
        throw new Problem("this is " + (head.startsWith("ORC") ? "an ORC" : "a binary") + " file, which is not read", name,
                TABLE);
    }

    /**
     * Refuses text of another form.
     *
     * @param text what has been read
     * @param record the first record
     * @param columns how many fields it has
     */
    public static void refuseText(String place, String text, String record, int columns) {
        if ((record.startsWith("%") || record.startsWith("@")) && ARFF.matcher(text).find()) {
            throw new Problem("this is an ARFF file, which is not read", place,
                    "convert it to CSV, for instance in Python with pandas and scipy.io.arff.loadarff");
        }
        if (MARKUP.matcher(record).lookingAt()) {
            throw new Problem("this is HTML or XML", place, "give the table itself, as CSV");
        }
        if (JSON.matcher(record).lookingAt()) {
            throw new Problem("this is JSON, which is not read", place, PANDAS + "read_json" + TO_CSV);
        }
        if (columns == 1 && LIBSVM.matcher(record).lookingAt()) {
            throw new Problem("this is a libsvm file, which is not read", place,
                    "convert it to CSV, for instance in Python with sklearn.datasets.load_svmlight_file");
        }
    }
}
