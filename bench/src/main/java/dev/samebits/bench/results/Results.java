package dev.samebits.bench.results;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.samebits.bench.jmh.FmaPeak;
import dev.samebits.bench.plan.Trial;
import dev.samebits.cli.console.Problem;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A file of results: what JMH writes, with one member more in its first object, {@code samebits}, which describes the
 * machine, and in each result of a block, {@code samebitsBlock}, which names it; other readers of JMH's files skip them.
 *
 * @param machine null in a file that JMH wrote by itself
 */
public record Results(Machine machine, List<Entry> entries) {
    private static final String MACHINE = "samebits";
    private static final String BLOCK = "samebitsBlock";
    private static final Pattern BITS = Pattern.compile("(\\d+)[ -]bit");
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    /**
     * Reads a file.
     *
     * @throws Problem if it cannot be read, or is not what JMH writes
     */
    public static Results read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (MalformedInputException e) {
            throw other(file, "it is not text");
        } catch (IOException e) {
            throw Problem.reading(file.toString(), e);
        } catch (JsonParseException | IllegalStateException | ClassCastException | NullPointerException
                | UnsupportedOperationException | IllegalArgumentException e) {
            throw other(file, String.valueOf(e.getMessage()));
        }
    }

    private static Problem other(Path file, String why) {
        return new Problem("not a file of JMH's results (" + why + ")", file.toString(),
                "give one that samebits bench has written");
    }

    static Results parse(String json) {
        List<Entry> entries = new ArrayList<>();
        Machine machine = null;
        for (JsonElement element : JsonParser.parseString(json).getAsJsonArray()) {
            JsonObject object = element.getAsJsonObject();
            entries.add(entry(object));
            if (object.has(MACHINE)) {
                machine = GSON.fromJson(object.get(MACHINE), Machine.class);
            }
        }
        return new Results(machine, entries);
    }

    /**
     * JMH's text with the machine in its first object, and each result on a line, which takes a third of the room.
     *
     * @param blocks the block of each result, empty where there are none
     */
    public static String withMachine(String json, Machine machine, List<String> blocks) {
        JsonArray results = JsonParser.parseString(json).getAsJsonArray();
        for (int i = 0; i < blocks.size(); i++) {
            if (!blocks.get(i).isEmpty()) {
                results.get(i).getAsJsonObject().addProperty(BLOCK, blocks.get(i));
            }
        }
        if (!results.isEmpty()) {
            results.get(0).getAsJsonObject().add(MACHINE, GSON.toJsonTree(machine));
        }
        return results.asList().stream().map(GSON::toJson).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static Entry entry(JsonObject object) {
        String benchmark = object.get("benchmark").getAsString();
        Map<String, String> parameters = new LinkedHashMap<>();
        if (object.has("params")) {
            object.getAsJsonObject("params").entrySet().forEach(p -> parameters.put(p.getKey(), p.getValue().getAsString()));
        }
        JsonObject primary = object.getAsJsonObject("primaryMetric");
        if (!primary.get("scoreUnit").getAsString().equals("ns/op")) {
            throw new IllegalArgumentException("times must be in ns/op, not " + primary.get("scoreUnit").getAsString());
        }
        Map<String, List<double[]>> figures = new LinkedHashMap<>();
        object.getAsJsonObject("secondaryMetrics").entrySet().forEach(metric -> figures.put(
                metric.getKey().replace("·", ""), numbers(metric.getValue().getAsJsonObject())));
        return new Entry(Trial.benchmark(benchmark), parameters,
                object.get("threads").getAsInt(), object.get("jdkVersion").getAsString(), numbers(primary),
                nanos(object.get("measurementTime").getAsString()), figures,
                object.has(BLOCK) ? object.get(BLOCK).getAsString() : "");
    }

    // "150 ms", as JMH writes it.
    private static double nanos(String time) {
        String[] words = time.split(" ");
        double unit = switch (words[1]) {
            case "ns" -> 1;
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "min" -> 60e9;
            default -> throw new IllegalArgumentException("what time is '" + time + "'?");
        };
        return Double.parseDouble(words[0]) * unit;
    }

    private static List<double[]> numbers(JsonObject metric) {
        List<double[]> forks = new ArrayList<>();
        for (JsonElement fork : metric.getAsJsonArray("rawData")) {
            List<Double> values = new ArrayList<>();
            fork.getAsJsonArray().forEach(value -> values.add(value.getAsDouble()));
            if (!values.isEmpty()) {
                forks.add(values.stream().mapToDouble(v -> v).toArray());
            }
        }
        return forks;
    }

    /** Whether these are the goals, measured block by block. */
    public boolean isOfGoals() {
        return entries.stream().anyMatch(entry -> !entry.block().isEmpty());
    }

    /**
     * Bits of the vectors that were measured: as the settings say, or the widest of the FMA peaks, or what the backend says
     * of itself; where nothing does, those of this machine.
     */
    public int vectorBits() {
        int peak = of("FmaPeak.registers").mapToInt(e -> Integer.parseInt(e.parameter("bits"))).max().orElse(0);
        return IntStream.of(
                machine == null ? 0 : bits(machine.settings().get(Machine.VECTORS)),
                peak,
                machine == null ? 0 : bits(machine.description().get("backend simd")),
                FmaPeak.preferredBits()).filter(bits -> bits > 0).findFirst().orElseThrow();
    }

    private static int bits(String words) {
        Matcher matcher = BITS.matcher(words == null ? "" : words);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** The major versions of the JDKs in the file, in order of appearance. */
    public List<String> jdks() {
        return entries.stream().map(Entry::feature).distinct().toList();
    }

    public Stream<Entry> of(String benchmark) {
        return entries.stream().filter(entry -> entry.isA(benchmark));
    }
}
