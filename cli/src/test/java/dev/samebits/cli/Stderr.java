package dev.samebits.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What some code of this JVM says on stderr. Test classes run at the same time, and there is one {@link System#err}: it is
 * replaced once, by a stream that sends what a thread writes, or one that was started by it, to whom listens to that thread.
 */
public final class Stderr extends OutputStream {
    private static final InheritableThreadLocal<OutputStream> LISTENER = new InheritableThreadLocal<>();

    static {
        System.setErr(new PrintStream(new Stderr(System.err), true, StandardCharsets.UTF_8));
    }

    private final OutputStream usual;

    private Stderr(OutputStream usual) {
        this.usual = usual;
    }

    /** Code that may throw. */
    public interface Code {
        void run() throws IOException;
    }

    /** Runs the code, and gives what it said. */
    public static String of(Code code) throws IOException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        OutputStream before = LISTENER.get();
        LISTENER.set(told);
        try {
            code.run();
        } finally {
            LISTENER.set(before);
        }
        return told.toString(StandardCharsets.UTF_8);
    }

    private OutputStream listener() {
        OutputStream listener = LISTENER.get();
        return listener == null ? usual : listener;
    }

    @Override
    public void write(int oneByte) throws IOException {
        listener().write(oneByte);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        listener().write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        listener().flush();
    }
}
