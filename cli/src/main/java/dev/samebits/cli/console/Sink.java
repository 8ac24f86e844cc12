package dev.samebits.cli.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where bytes go, with an eye on what goes wrong: tells a reader that has had enough, such as {@code head}, from a failure,
 * and keeps the first failure, which a {@link java.io.PrintStream} over it keeps to itself.
 */
public final class Sink extends FilterOutputStream {
    /** Nobody reads the pipe any more. */
    static final class ReaderGone extends IOException {
        private static final long serialVersionUID = 1;

        ReaderGone(IOException cause) {
            super(cause);
        }
    }

    // Of a file's mode: its kind.
    private static final int KIND = 0170000;
    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;

    private final Path place;
    private IOException failure;

    /**
     * Over a stream.
     *
     * @param place where it goes
     */
    public Sink(OutputStream out, Path place) {
        super(out);
        this.place = place;
    }

    /** What went wrong first, or null. */
    public IOException failure() {
        return failure;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private IOException failed(IOException e) {
        if (failure == null) {
            failure = isPipe() ? new ReaderGone(e) : e;
        }
        return failure;
    }

    // By what it is: the message is in the user's language, and a pipe fails for no other reason.
    private boolean isPipe() {
        try {
            int kind = (int) Files.getAttribute(place, "unix:mode") & KIND;
            return kind == PIPE || kind == SOCKET;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }
}
