package dev.samebits.cli.train;

import dev.samebits.Optimizer;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.text.Decimal;
import dev.samebits.train.Schedule;
import dev.samebits.train.Sgd;
import picocli.CommandLine.Option;

/** How {@code train} goes down: the options for rate, decay, optimizer and schedule. */
final class Descent {
    private static final float RATE = 0.05f;
    // Of methods whose steps are as large as the rate, whatever the gradient.
    private static final float ADAPTIVE_RATE = 0.001f;
    // Of the method that is taken where none is named: a ten-thousandth of the weights in each update.
    private static final float DECAY = 0.1f;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "sgd, momentum, nesterov, rmsprop, adam or adamw. Default: adamw, or sgd, plain descent, where a "
                    + "--learning-rate is given without a word of the method.")
    private String optimizer;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Default: 0.001 with rmsprop, adam and adamw, else 0.05.")
    private Float learningRate;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description = "Default: 0, or 0.1 where neither --optimizer nor --learning-rate is given.")
    private Float weightDecay;

    @Option(names = "--momentum", paramLabel = "X", description = "Of momentum and nesterov (default: 0.9).")
    private Float momentum;

    @Option(names = "--beta1", paramLabel = "X", description = "Of adam and adamw (default: 0.9).")
    private Float beta1;

    @Option(
            names = "--beta2",
            paramLabel = "X",
            description = "Of adam and adamw (default: 0.999), and of rmsprop (default: 0.99).")
    private Float beta2;

    @Option(names = "--epsilon", paramLabel = "X", description = "Of rmsprop, adam and adamw (default: 1e-8).")
    private Float epsilon;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            defaultValue = "constant",
            description = "How the learning rate changes: constant, cosine, step:N:X (times X after every N epochs), or "
                    + "plateau:N:X (times X after N epochs without gain). Default: constant.")
    private String schedule;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Updates in which the learning rate rises evenly at first. Default: none.")
    private Long warmUp;

    /** For picocli. */
    Descent() {}

    /** The method that is taken where nothing is given, at this rate and decay. */
    Descent(float rate, float decay) {
        optimizer = Optimizer.Kind.ADAMW.label();
        learningRate = rate;
        weightDecay = decay;
        schedule = "constant";
    }

    /** Refuses what makes no sense, before any data is read. */
    void check() {
        sgd(1, 1, 1, 0);
    }

    /** Updates in which the rate rises; 0 for none. */
    long warmUp() {
        return warmUp == null ? 0 : warmUp;
    }

    /** Descent with these options; refuses what makes no sense. */
    Sgd sgd(int batch, int epochs, int patience, long seed) {
        Optimizer method = optimizer();
        boolean adaptive = method.kind().hasSecondMoment();
        float rate = learningRate != null ? learningRate : adaptive ? ADAPTIVE_RATE : RATE;
        float decay = weightDecay != null ? weightDecay : isChosen() ? DECAY : 0;
        Schedule rates = schedule();
        try {
            return new Sgd(rate, decay, batch, epochs, patience, seed, method, rates);
        } catch (IllegalArgumentException e) {
            throw new Problem(e.getMessage(), "samebits train", "see 'samebits train --help'");
        }
    }

    /** Whether the method was chosen here, and its rate. */
    boolean isChosen() {
        return optimizer == null && learningRate == null;
    }

    private Optimizer optimizer() {
        Optimizer usual;
        try {
            usual = optimizer != null ? Optimizer.named(optimizer)
                    : learningRate != null && beta1 == null && beta2 == null && epsilon == null ? Optimizer.SGD
                    : Optimizer.adamW();
        } catch (IllegalArgumentException e) {
            throw new Problem(e.getMessage(), "--optimizer", "use one of these");
        }
        try {
            return new Optimizer(usual.kind(), given(momentum, usual.momentum()), given(beta1, usual.beta1()),
                    given(beta2, usual.beta2()), given(epsilon, usual.epsilon()));
        } catch (IllegalArgumentException e) {
            throw new Problem(e.getMessage(), "--optimizer " + usual.kind().label(), "leave that option out");
        }
    }

    private static float given(Float value, float usual) {
        return value == null ? usual : value;
    }

    private Schedule schedule() {
        String[] words = schedule.split(":", -1);
        try {
            Schedule rates = switch (words[0]) {
                case "constant" -> without(words, Schedule.CONSTANT);
                case "cosine" -> without(words, Schedule.cosine());
                case "step" -> Schedule.everyEpochs(Integer.parseInt(words[1]), factor(words[2]));
                case "plateau" -> Schedule.onPlateau(Integer.parseInt(words[1]), factor(words[2]));
                default -> throw new IllegalArgumentException();
            };
            if (words.length > 3) {
                throw new IllegalArgumentException();
            }
            return warmUp == null ? rates : rates.afterWarmUp(warmUp);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            boolean number = warmUp != null && warmUp < 1;
            throw number ? new Problem(e.getMessage(), "--warm-up", "leave it out for none")
                    : new Problem("'" + schedule + "' is not a schedule", "--schedule",
                            "use constant, cosine, step:10:0.5 or plateau:5:0.5, with a factor above 0 and at most 1");
        }
    }

    // In the grammar of numbers in files, as every other number on the command line.
    private static float factor(String word) {
        float factor = Decimal.parse(word.toCharArray(), 0, word.length());
        if (!Float.isFinite(factor)) {
            throw new IllegalArgumentException();
        }
        return factor;
    }

    private static Schedule without(String[] words, Schedule schedule) {
        if (words.length > 1) {
            throw new IllegalArgumentException();
        }
        return schedule;
    }
}
