package dev.samebits.bench.jmh;

import dev.samebits.Activation;
import dev.samebits.Network;
import dev.samebits.NetworkBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The networks that are measured, each a small file beside this class: {@code shapes/NAME.txt}. */
public final class Shapes {
    /** Those of the report, smallest network first; the goals have others besides. */
    public static final List<String> NAMES = List.of("tabular", "policy", "mnist", "recommender", "wide");

    private Shapes() {}

    /**
     * The network of a file, with seeded weights.
     *
     * @throws IllegalArgumentException if there is no such file, or it has a line that says nothing
     */
    static Network network(String name, long seed) {
        NetworkBuilder builder = null;
        for (String line : text(name).lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
            String[] words = line.split(" ");
            if (builder == null && words[0].equals("inputs")) {
                builder = Network.builder(Integer.parseInt(words[1]));
            } else if (builder != null && words[0].equals("dense")) {
                builder.dense(Integer.parseInt(words[1]), Activation.parse(words[2]));
            } else if (builder != null && line.equals("softmax")) {
                builder.softmax();
            } else {
                throw new IllegalArgumentException("shape " + name + ": what is '" + line + "'?");
            }
        }
        if (builder == null) {
            throw new IllegalArgumentException("shape " + name + " has no inputs");
        }
        return builder.biases(0.1f).build(seed);
    }

    /** Whether there is a file of this name. */
    static boolean exists(String name) {
        return Shapes.class.getResource(path(name)) != null;
    }

    /** What a shape stands for: the comment that its file begins with. */
    public static String description(String name) {
        return text(name).lines().findFirst().orElseThrow().substring(2);
    }

    private static String path(String name) {
        return "shapes/" + name + ".txt";
    }

    private static String text(String name) {
        try (InputStream in = Shapes.class.getResourceAsStream(path(name))) {
            if (in == null) {
                throw new IllegalArgumentException("no shape is called '" + name + "': known are " + NAMES);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
