package dev.samebits.cli.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Takes the digest of what is read, as it passes. Not thread-safe. */
final class DigestedInput extends FilterInputStream {
    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest = Digests.sha256();
    private boolean ended;

    DigestedInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = in.read(into, offset, length);
        if (count > 0) {
            digest.update(into, offset, count);
        }
        // A terminal would ask for its end a second time.
        ended |= count < 0;
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Of everything, up to the end, in hexadecimal digits. */
    String digest() throws IOException {
        byte[] rest = new byte[BUFFER];
        while (!ended) {
            read(rest, 0, rest.length);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
