package dev.samebits.cli.receipt;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * A receipt: an in-toto Statement v1, whose subject is an output. Immutable.
 *
 * @param name of the output's file, or {@code stdout}
 * @param sha256 of the output's bytes
 * @param predicate how it was made
 */
public record Statement(String name, String sha256, Predicate predicate) {
    /** The type of the JSON object that a statement is. */
    public static final String TYPE = "https://in-toto.io/Statement/v1";

    private static final int SHA_256_DIGITS = 64;

    /** As JSON. */
    public JsonObject json() {
        JsonObject subject = named(name, sha256);
        JsonArray subjects = new JsonArray();
        subjects.add(subject);
        JsonObject statement = new JsonObject();
        statement.addProperty("_type", TYPE);
        statement.add("subject", subjects);
        statement.addProperty("predicateType", Predicate.TYPE);
        statement.add("predicate", json(predicate));
        return statement;
    }

    private static JsonObject named(String name, String sha256) {
        JsonObject digest = new JsonObject();
        digest.addProperty("sha256", sha256);
        JsonObject resource = new JsonObject();
        resource.addProperty("name", name);
        resource.add("digest", digest);
        return resource;
    }

    private static JsonObject json(Predicate predicate) {
        Predicate.Model m = predicate.model();
        JsonObject model = named(m.name(), m.sha256());
        model.addProperty("fingerprint", m.fingerprint());
        model.addProperty("structure", m.structure());
        add(model, "preparation", m.preparation());
        Predicate.Backend b = predicate.backend();
        JsonObject backend = new JsonObject();
        backend.addProperty("name", b.name());
        backend.addProperty("device", b.device());
        backend.addProperty("threads", b.threads());
        JsonObject all = new JsonObject();
        all.addProperty("arithmetic", predicate.arithmetic());
        all.add("model", model);
        all.add("data", named(predicate.data().name(), predicate.data().sha256()));
        all.add("settings", json(predicate.settings()));
        all.addProperty("rows", predicate.rows());
        all.addProperty("badRows", predicate.badRows());
        add(all, "scores", predicate.scores());
        all.addProperty("library", predicate.library());
        all.add("backend", backend);
        all.addProperty("machine", predicate.machine());
        all.addProperty("time", predicate.time());
        return all;
    }

    private static JsonObject json(Predicate.Settings settings) {
        JsonObject all = new JsonObject();
        add(all, "as", settings.as());
        add(all, "columns", settings.columns());
        add(all, "id", settings.id());
        add(all, "header", settings.header());
        add(all, "separator", settings.separator());
        add(all, "badRows", settings.badRows());
        add(all, "outputName", settings.outputName());
        return all;
    }

    private static void add(JsonObject to, String name, String text) {
        if (text != null) {
            to.addProperty(name, text);
        }
    }

    private static void add(JsonObject to, String name, List<String> texts) {
        if (texts != null) {
            JsonArray array = new JsonArray();
            texts.forEach(array::add);
            to.add(name, array);
        }
    }

    /**
     * Of JSON; the members that it has beside those of a receipt are passed over.
     *
     * @throws dev.samebits.cli.console.Problem if it is another type of statement, or a member is missing or of another kind
     */
    static Statement of(Members statement) {
        statement.require("_type", TYPE, "it is no in-toto Statement v1");
        statement.require("predicateType", Predicate.TYPE, "it is a statement of another kind");
        Members subject = statement.only("subject");
        Members predicate = statement.object("predicate");
        Members model = predicate.object("model");
        Members data = predicate.object("data");
        Members settings = predicate.object("settings");
        Members backend = predicate.object("backend");
        return new Statement(subject.text("name"), sha256(subject), new Predicate(
                new Predicate.Model(model.text("name"), sha256(model), model.hex("fingerprint", SHA_256_DIGITS),
                        model.text("structure"), model.optional("preparation")),
                new Predicate.Data(data.text("name"), sha256(data)),
                new Predicate.Settings(settings.text("as"), settings.texts("columns"), settings.texts("id"),
                        settings.optional("header"), settings.optional("separator"), settings.text("badRows"),
                        settings.optional("outputName")),
                predicate.number("rows"), predicate.number("badRows"), predicate.optional("scores"),
                (int) Math.min(Integer.MAX_VALUE, predicate.number("arithmetic")), predicate.text("library"),
                new Predicate.Backend(backend.text("name"), backend.text("device"),
                        (int) Math.min(Integer.MAX_VALUE, backend.number("threads"))),
                predicate.text("machine"), predicate.text("time")));
    }

    private static String sha256(Members of) {
        return of.object("digest").hex("sha256", SHA_256_DIGITS);
    }
}
