package dev.samebits.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, by which files are whole and networks, tables and rows told from others. */
public final class Sha256 {
    private Sha256() {}

    /** {@return a digest of nothing yet} */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
