package dev.samebits.cli.samples;

import dev.samebits.cli.console.Problem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A temporary file for records: written once, mapped, and gone with the program. */
final class RecordFile implements AutoCloseable {
    private final FileChannel channel;
    private final OutputStream stream;

    RecordFile() {
        try {
            Path file = Files.createTempFile("samebits-", ".records");
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            deleteEarly(file);
        } catch (IOException e) {
            throw problem(e);
        }
        stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    // What has no name is gone with the program, however that ends.
    private static void deleteEarly(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            // Where a file that is open keeps its name, as on Windows, it goes when it is closed.
        }
    }

    private static Problem problem(IOException e) {
        return new Problem("cannot write a temporary file (" + e.getMessage() + ")", System.getProperty("java.io.tmpdir"),
                "make room there, or choose another folder with SAMEBITS_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
    }

    void write(byte[] bytes, int length) {
        try {
            stream.write(bytes, 0, length);
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /** The records written, which stay readable after {@link #close}. */
    MappedRecords map(int width, int count) {
        try {
            stream.flush();
            return new MappedRecords(channel, 0, width, count);
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /** Deletes the file's name; its mapping lives on. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw problem(e);
        }
    }
}
