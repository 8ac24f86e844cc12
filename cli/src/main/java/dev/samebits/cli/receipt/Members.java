package dev.samebits.cli.receipt;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.samebits.cli.console.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The members of a JSON object that must be of one kind each, and the path to it for messages. Immutable. */
final class Members {
    private static final String REMEDY = "give the file as it was written";

    private final String file;
    private final String path;
    private final JsonObject object;

    /**
     * The members of a whole file.
     *
     * @throws Problem if it is no object
     */
    static Members of(JsonElement json, String file) {
        if (!json.isJsonObject()) {
            throw new Problem("this is no receipt: it is no JSON object", file, REMEDY);
        }
        return new Members(file, "", json.getAsJsonObject());
    }

    private Members(String file, String path, JsonObject object) {
        this.file = file;
        this.path = path;
        this.object = object;
    }

    boolean has(String name) {
        return object.has(name);
    }

    private Problem wrong(String name, String what) {
        return new Problem("this is no receipt: " + path + name + " " + what, file, REMEDY);
    }

    private JsonElement member(String name) {
        JsonElement member = object.get(name);
        if (member == null) {
            throw wrong(name, "is missing");
        }
        return member;
    }

    Members object(String name) {
        if (member(name) instanceof JsonObject inner) {
            return new Members(file, path + name + ".", inner);
        }
        throw wrong(name, "is no object");
    }

    /** The one object of an array. */
    Members only(String name) {
        JsonElement array = member(name);
        if (!array.isJsonArray() || array.getAsJsonArray().size() != 1 || !array.getAsJsonArray().get(0).isJsonObject()) {
            throw wrong(name, "is no array of one object");
        }
        return new Members(file, path + name + "[0].", array.getAsJsonArray().get(0).getAsJsonObject());
    }

    String text(String name) {
        return text(name, member(name));
    }

    private String text(String name, JsonElement element) {
        if (element instanceof JsonPrimitive primitive && primitive.isString()) {
            return primitive.getAsString();
        }
        throw wrong(name, "is no text");
    }

    /** A text, or null where there is none. */
    String optional(String name) {
        return has(name) ? text(name) : null;
    }

    /** Texts, or null where there are none. */
    List<String> texts(String name) {
        if (!has(name)) {
            return null;
        }
        if (!member(name).isJsonArray()) {
            throw wrong(name, "is no array");
        }
        List<String> texts = new ArrayList<>();
        member(name).getAsJsonArray().forEach(element -> texts.add(text(name, element)));
        return texts;
    }

    /** Hexadecimal digits in small letters, so many. */
    String hex(String name, int digits) {
        String text = text(name);
        if (!text.matches("[0-9a-f]{" + digits + "}")) {
            throw wrong(name, "has not " + digits + " hexadecimal digits");
        }
        return text;
    }

    /** A whole number from 0 on. */
    long number(String name) {
        if (member(name) instanceof JsonPrimitive primitive && primitive.isNumber()) {
            try {
                // An exponent of millions would be a number of as many digits.
                String text = primitive.getAsString();
                long number = text.length() > 20 ? -1 : new BigDecimal(text).longValueExact();
                if (number >= 0) {
                    return number;
                }
            } catch (ArithmeticException | NumberFormatException e) {
                throw wrong(name, "is no whole number");
            }
        }
        throw wrong(name, "is no whole number from 0 on");
    }

    /** Refuses a text that is another one than this. */
    void require(String name, String text, String otherwise) {
        String found = text(name);
        if (!found.equals(text)) {
            throw new Problem(otherwise + ": " + path + name + " is '" + Problem.shortened(found) + "', not '" + text + "'",
                    file, "give a receipt of 'samebits predict --receipt'");
        }
    }
}
