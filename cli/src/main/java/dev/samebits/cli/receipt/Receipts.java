package dev.samebits.cli.receipt;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import dev.samebits.cli.console.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;

/** Receipts as files: a statement in JSON, or an envelope that holds one and its signature. */
public final class Receipts {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final String REMEDY = "give the file as it was written";
    /** Far more than the names of all columns take. */
    private static final int LARGEST = 1 << 24;

    private Receipts() {}

    /**
     * What a file said.
     *
     * @param statement the receipt
     * @param trust what its signature is worth
     */
    public record Found(Statement statement, Trust trust) {}

    /** What a receipt's signature is worth. */
    public enum Trust {
        /** It has none. */
        UNSIGNED,
        /** It has one, and no key was given to look at it. */
        UNCHECKED,
        /** It is of the key that was given. */
        VERIFIED,
        /** It is not of that key, or not of these bytes. */
        WRONG
    }

    /**
     * The bytes of a receipt's file.
     *
     * @param key that signs it, or null
     */
    public static byte[] bytes(Statement statement, PrivateKey key) {
        byte[] payload = text(statement.json());
        return key == null ? payload : text(Envelope.sign(payload, key));
    }

    private static byte[] text(JsonElement json) {
        return (GSON.toJson(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a receipt, with or without an envelope.
     *
     * @param key that the signature must be of, or null
     * @throws Problem if it is none
     */
    public static Found read(Path file, PublicKey key) {
        Members members = Members.of(parse(bytes(file), file.toString()), file.toString());
        if (!Envelope.is(members)) {
            return new Found(Statement.of(members), key == null ? Trust.UNSIGNED : Trust.WRONG);
        }
        Envelope envelope = Envelope.of(members, file.toString());
        Trust trust = key == null ? Trust.UNCHECKED : envelope.isSignedBy(key) ? Trust.VERIFIED : Trust.WRONG;
        return new Found(Statement.of(Members.of(parse(envelope.payload(), file.toString()), file.toString())), trust);
    }

    private static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw new Problem("this is a folder", file.toString(), "name the receipt in it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new Problem("this is no receipt: it has more than " + (LARGEST >> 20) + " MiB", file.toString(),
                        REMEDY);
            }
            return bytes;
        } catch (IOException e) {
            throw Problem.reading(file.toString(), e);
        }
    }

    private static JsonElement parse(byte[] bytes, String file) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return StrictJson.of(text);
        } catch (CharacterCodingException e) {
            throw new Problem("this is no receipt: it is no UTF-8", file, REMEDY);
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new Problem("this is no receipt: it is no JSON (" + why + ")", file, REMEDY);
        }
    }
}
