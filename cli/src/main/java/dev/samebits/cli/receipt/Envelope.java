package dev.samebits.cli.receipt;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.samebits.cli.console.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/**
 * A DSSE envelope: bytes, their type, and a signature of both, in the encoding PAE that keeps them apart. Immutable.
 *
 * @param payload the bytes that are signed
 * @param signature of them
 */
record Envelope(byte[] payload, byte[] signature) {
    private static final String TYPE = "application/vnd.in-toto+json";
    private static final String REMEDY = "give the file as it was written";

    private static byte[] signed(byte[] payload) {
        byte[] head = ("DSSEv1 " + TYPE.length() + " " + TYPE + " " + payload.length + " ").getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + payload.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return all;
    }

    /** An envelope in JSON around a statement in JSON. */
    static JsonObject sign(byte[] payload, PrivateKey key) {
        try {
            Signature signer = Signature.getInstance(Keys.ALGORITHM);
            signer.initSign(key);
            signer.update(signed(payload));
            JsonObject signature = new JsonObject();
            signature.addProperty("sig", Base64.getEncoder().encodeToString(signer.sign()));
            JsonArray signatures = new JsonArray();
            signatures.add(signature);
            JsonObject envelope = new JsonObject();
            envelope.addProperty("payloadType", TYPE);
            envelope.addProperty("payload", Base64.getEncoder().encodeToString(payload));
            envelope.add("signatures", signatures);
            return envelope;
        } catch (GeneralSecurityException e) {
            throw new Problem("this Java cannot sign with the key (" + e.getMessage() + ")", "--sign-key",
                    "take a Java that has Ed25519, as OpenJDK does");
        }
    }

    /** Whether a file is one, rather than a statement. */
    static boolean is(Members file) {
        return file.has("payload") || file.has("signatures");
    }

    /** The envelope of a file, which has one signature. */
    static Envelope of(Members members, String file) {
        members.require("payloadType", TYPE, "the envelope holds something else");
        Members signature = members.only("signatures");
        return new Envelope(base64(members, "payload", file), base64(signature, "sig", file));
    }

    private static byte[] base64(Members members, String name, String file) {
        try {
            return Base64.getDecoder().decode(members.text(name));
        } catch (IllegalArgumentException e) {
            throw new Problem("this is no receipt: its " + name + " is no Base64", file, REMEDY);
        }
    }

    boolean isSignedBy(PublicKey key) {
        try {
            Signature verifier = Signature.getInstance(Keys.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(signed(payload));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // Too short, or no point on the curve.
            return false;
        }
    }
}
