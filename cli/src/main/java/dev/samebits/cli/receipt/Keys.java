package dev.samebits.cli.receipt;

import dev.samebits.cli.console.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys of Ed25519 as PEM files, as {@code openssl genpkey -algorithm ed25519} writes them. */
public final class Keys {
    static final String ALGORITHM = "Ed25519";
    private static final int LARGEST = 1 << 16;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private Keys() {}

    /** The key that signs, PKCS#8. */
    public static PrivateKey signing(Path file) {
        byte[] bytes = pem(file, "PRIVATE KEY", "openssl genpkey -algorithm ed25519 -out key.pem");
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (GeneralSecurityException e) {
            throw other(file, "openssl genpkey -algorithm ed25519 -out key.pem");
        }
    }

    /** The key that others look at signatures with, X.509. */
    public static PublicKey verifying(Path file) {
        byte[] bytes = pem(file, "PUBLIC KEY", "openssl pkey -in key.pem -pubout -out pub.pem");
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes));
        } catch (GeneralSecurityException e) {
            throw other(file, "openssl pkey -in key.pem -pubout -out pub.pem");
        }
    }

    private static Problem other(Path file, String command) {
        return new Problem("this is no key of Ed25519", file.toString(), "make one with '" + command + "'");
    }

    private static byte[] pem(Path file, String label, String command) {
        if (Files.isDirectory(file)) {
            throw new Problem("this is a folder", file.toString(), "name the key in it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LARGEST), StandardCharsets.US_ASCII);
            Matcher found = PEM.matcher(text);
            if (!found.find()) {
                throw new Problem("this is no key in PEM", file.toString(), "make one with '" + command + "'");
            }
            if (!found.group(1).equals(label)) {
                throw new Problem("this is a '" + found.group(1) + "', and a '" + label + "' is needed", file.toString(),
                        "make one with '" + command + "'");
            }
            return Base64.getMimeDecoder().decode(found.group(2));
        } catch (IllegalArgumentException e) {
            throw new Problem("this is no key in PEM", file.toString(), "make one with '" + command + "'");
        } catch (IOException e) {
            throw Problem.reading(file.toString(), e);
        }
    }
}
