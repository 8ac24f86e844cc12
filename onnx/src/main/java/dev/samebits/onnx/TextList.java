package dev.samebits.onnx;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of texts as a JSON array of strings (RFC 8259): what a model's metadata, where each entry is one text, keeps lists
 * as, so that any language reads them in a line. Nothing else of JSON is read.
 */
final class TextList {
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";

    private final String json;
    private int at;

    private TextList(String json) {
        this.json = json;
    }

    static String write(List<String> texts) {
        StringBuilder json = new StringBuilder("[");
        for (String text : texts) {
            json.append(json.length() > 1 ? ", \"" : "\"");
            for (int i = 0; i < text.length(); i++) {
                append(json, text.charAt(i));
            }
            json.append('"');
        }
        return json.append(']').toString();
    }

    // Escapes what JSON asks for, and surrogates, of which half a pair would be no UTF-8.
    private static void append(StringBuilder json, char c) {
        int escape = c == '/' ? -1 : MEANT.indexOf(c);
        if (escape >= 0) {
            json.append('\\').append(ESCAPED.charAt(escape));
        } else if (c < ' ' || Character.isSurrogate(c)) {
            json.append(String.format("\\u%04x", (int) c));
        } else {
            json.append(c);
        }
    }

    /** The texts of an array, or null if this is no array of strings. */
    static @Nullable List<String> read(String json) {
        TextList list = new TextList(json);
        List<String> texts = new ArrayList<>();
        if (!list.takes('[')) {
            return null;
        }
        boolean more = !list.takes(']');
        while (more) {
            String text = list.text();
            more = list.takes(',');
            if (text == null || !more && !list.takes(']')) {
                return null;
            }
            texts.add(text);
        }
        list.skipBlanks();
        return list.at == json.length() ? texts : null;
    }

    private void skipBlanks() {
        while (at < json.length() && " \t\n\r".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean takes(char c) {
        skipBlanks();
        boolean here = at < json.length() && json.charAt(at) == c;
        at += here ? 1 : 0;
        return here;
    }

    // Null if what stands here is no string.
    private @Nullable String text() {
        if (!takes('"')) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        while (at < json.length() && json.charAt(at) != '"') {
            int c = json.charAt(at++);
            c = c == '\\' ? escaped() : c < ' ' ? -1 : c;
            if (c < 0) {
                return null;
            }
            text.append((char) c);
        }
        return takesQuote() ? text.toString() : null;
    }

    private boolean takesQuote() {
        return at++ < json.length();
    }

    // The character behind a backslash, or -1.
    private int escaped() {
        char c = at < json.length() ? json.charAt(at++) : ' ';
        if (c == 'u' && at + 4 <= json.length() && json.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            at += 4;
            return Integer.parseInt(json.substring(at - 4, at), 16);
        }
        int escape = ESCAPED.indexOf(c);
        return escape < 0 ? -1 : MEANT.charAt(escape);
    }
}
