package dev.samebits.cli.predict;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.file.Destination;
import dev.samebits.cli.file.Digests;
import dev.samebits.cli.receipt.Predicate;
import dev.samebits.cli.receipt.Receipts;
import dev.samebits.cli.receipt.Statement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.util.HexFormat;
import java.util.function.Supplier;

/** The receipt of a run while it is made: it appears whole or not at all, and only with the output. Not thread-safe. */
final class ReceiptFile implements AutoCloseable {
    private final MessageDigest digest = Digests.sha256();
    private final Path path;
    // Null where none is wanted.
    private final Destination file;
    private final PrivateKey key;

    private ReceiptFile(Path path, Destination file, PrivateKey key) {
        this.path = path;
        this.file = file;
        this.key = key;
    }

    /** Of a run that leaves none. */
    static ReceiptFile none() {
        return new ReceiptFile(null, null, null);
    }

    /**
     * Starts one.
     *
     * @param key that signs it, or null
     */
    static ReceiptFile open(Path path, PrivateKey key) {
        return new ReceiptFile(path, Destination.open(path), key);
    }

    /** What the run is to write its output to, instead of this stream. */
    OutputStream output(OutputStream out) {
        return file == null ? out : new DigestOutputStream(out, digest);
    }

    /**
     * Writes the receipt of a run whose output is complete.
     *
     * @param output what it is called
     */
    void write(Path output, Supplier<Predicate> predicate) {
        if (file == null) {
            return;
        }
        Statement statement = new Statement(ModelFile.name(output), HexFormat.of().formatHex(digest.digest()),
                predicate.get());
        try {
            file.stream().write(Receipts.bytes(statement, key));
        } catch (IOException e) {
            throw Problem.writing(path, e);
        }
        file.finish();
    }

    void commit() {
        if (file != null) {
            file.commit();
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
