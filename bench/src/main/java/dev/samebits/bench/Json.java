package dev.samebits.bench;

import dev.samebits.bench.plan.Result;
import dev.samebits.bench.plan.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The results for a program: one object per row, and what the forks said. */
final class Json {
    private Json() {}

    static String text(List<Result> results, Collection<String> forkLines, Settings settings) {
        List<String> rows = new ArrayList<>();
        for (Result result : results) {
            rows.add("    {" + String.join(", ", List.of(
                    field("group", string(result.group())),
                    field("row", string(result.name())),
                    field("against", string(result.against())),
                    field("measured", string(result.measured())),
                    field("yardstick", string(result.yardstick())),
                    field("figure", number(result.figure())),
                    field("low", number(result.low())),
                    field("high", number(result.high())),
                    field("goal", string(result.goalText())),
                    field("verdict", string(result.verdict())))) + "}");
        }
        return "{\n  " + field("rounds", String.valueOf(settings.rounds())) + ",\n  "
                + field("forks", "[\n    " + String.join(",\n    ", forkLines.stream().map(Json::string).toList()) + "\n  ]")
                + ",\n  " + field("rows", "[\n" + String.join(",\n", rows) + "\n  ]") + "\n}\n";
    }

    private static String field(String name, String value) {
        return string(name) + ": " + value;
    }

    // JSON has no NaN.
    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "null";
    }

    /** A JSON string, quoted and escaped. */
    static String string(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
