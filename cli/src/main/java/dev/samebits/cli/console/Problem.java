package dev.samebits.cli.console;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipException;

/** Something the user can mend, in one line: what is wrong, where, and how to mend it. Ends the command with exit code 2. */
public class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 40;

    public Problem(String what, String where, String mend) {
        super(oneLine(what) + ": " + oneLine(where) + ": " + oneLine(mend));
    }

    /** With a message that says where, and how to mend it, itself. */
    public Problem(String what, String message) {
        super(oneLine(what) + ": " + oneLine(message));
    }

    /** A file could not be read: says so in the user's words rather than the exception's. */
    public static Problem reading(String file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new Problem("no such file", file, "check the path");
        }
        if (e instanceof AccessDeniedException) {
            return new Problem("not allowed to read", file, "check the file's permissions");
        }
        if (isClosed(e)) {
            return new Problem("cannot read (it is closed)", file, "open it for reading, for instance with < FILE");
        }
        if (e instanceof EOFException) {
            return new Problem("the compressed file ends too early", file, "it is truncated: fetch or copy it again");
        }
        if (e instanceof ZipException) {
            return new Problem("the compressed file is damaged (" + e.getMessage() + ")", file, "fetch or copy it again");
        }
        return new Problem("cannot read (" + reason(e) + ")", file, "check that it is a readable file");
    }

    /** A file could not be written. */
    public static Problem writing(Path file, IOException e) {
        if (e instanceof Sink.ReaderGone) {
            return new ReaderGone(file);
        }
        if (Files.isDirectory(file)) {
            return new Problem("this is a folder", file.toString(), "name a file in it");
        }
        // With a reason it is of our own making, and names the folder or file that is in the way.
        String place = e instanceof FileSystemException f && f.getReason() != null ? f.getFile() : file.toString();
        if (e instanceof NoSuchFileException) {
            return new Problem("no such folder", place, "make the folder first, or choose another");
        }
        if (e instanceof AccessDeniedException) {
            return new Problem("not allowed to write", place, "change its permissions, or choose another");
        }
        if (isClosed(e)) {
            return new Problem("cannot write (it is closed)", place, "open it for writing, for instance with > FILE");
        }
        return new Problem("cannot write (" + reason(e) + ")", file.toString(), "check the folder and the space left");
    }

    /** Whoever reads what is written has had enough; there is nothing to tell. */
    static final class ReaderGone extends Problem {
        private static final long serialVersionUID = 1;

        private ReaderGone(Path file) {
            super("nobody reads any more", file.toString(), "read to the end");
        }
    }

    // The launcher puts a closed descriptor right in this way: what takes its place is open for the other direction.
    private static boolean isClosed(IOException e) {
        return "Bad file descriptor".equals(e.getMessage());
    }

    private static String reason(IOException e) {
        String message = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** A text out of a file, no longer than a message bears. */
    public static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** Names for a message, which leaves out what would be too many. */
    public static String shown(List<String> names) {
        int most = 20;
        String list = names.stream().limit(most).map(Problem::shortened).collect(Collectors.joining(", "));
        return names.size() > most ? list + ", …" : list;
    }

    /** The text on one line, whatever is in it. */
    public static String oneLine(String text) {
        // Control and format characters out of a file could forge what a terminal shows.
        return text.replaceAll("\\s*\\R\\s*|\t", " ").replaceAll("\\p{C}", "\uFFFD").strip();
    }
}
