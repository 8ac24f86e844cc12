package dev.samebits;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What training makes small: a loss for each of some of a network's outputs, with a weight. The loss of a sample is
 * {@code Σ weight · loss} over them, in their order: it starts at 0, and each goes in by one fused multiply-add. Outputs
 * without a loss are not trained, and their targets are not read. Immutable, compared by value.
 *
 * @param terms the losses, at least one, of different outputs
 * @since 0.1.0
 */
public record Objective(List<Term> terms) {
    /**
     * The loss of one output.
     *
     * @param output its name
     * @param loss what is made small
     * @param weight what it counts, positive and finite
     * @since 0.1.0
     */
    public record Term(String output, Loss loss, float weight) {
        /**
         * One loss.
         *
         * @param output its name
         * @param loss what is made small
         * @param weight what it counts
         * @throws IllegalArgumentException if the weight is not positive and finite
         */
        public Term {
            Objects.requireNonNull(output, "output");
            Objects.requireNonNull(loss, "loss");
            if (!(weight > 0 && Float.isFinite(weight))) {
                throw new IllegalArgumentException("the weight of the loss of output " + output
                        + " must be positive and finite, not " + weight + ": leave out what is not to be trained");
            }
        }

        /** As in {@code 0.5 · squared-error of value}. */
        @Override
        public String toString() {
            return (weight == 1 ? "" : weight + " · ") + loss.label() + " of " + output;
        }
    }

    /**
     * Some losses.
     *
     * @param terms of different outputs, copied
     * @throws IllegalArgumentException if there is none, or an output has two
     */
    public Objective {
        terms = List.copyOf(terms);
        Set<String> outputs = new HashSet<>();
        for (Term term : terms) {
            if (!outputs.add(term.output)) {
                throw new IllegalArgumentException("the output " + term.output + " has two losses: give it one");
            }
        }
        if (terms.isEmpty()) {
            throw new IllegalArgumentException("training needs a loss of at least one output");
        }
    }

    /**
     * For every output the loss that goes with it, as {@link Loss#of} says, each with weight 1.
     *
     * @param network to be trained
     * @return an objective that fits it
     */
    public static Objective of(Network network) {
        List<Term> terms = new ArrayList<>();
        for (int o = 0; o < network.outputSections().size(); o++) {
            terms.add(new Term(network.outputSections().get(o).name(),
                    Loss.ofValue(network, network.outputValues().get(o)), 1));
        }
        return new Objective(terms);
    }

    /**
     * The same loss for every output, with weight 1.
     *
     * @param network to be trained
     * @param loss of each
     * @return an objective
     * @throws IllegalArgumentException if the loss does not fit one of them
     */
    public static Objective of(Network network, Loss loss) {
        loss.check(network);
        return new Objective(network.outputSections().stream().map(output -> new Term(output.name(), loss, 1)).toList());
    }

    /**
     * The loss of one output.
     *
     * @param output its name
     * @param loss what is made small
     * @param weight what it counts
     * @return an objective that {@link #and} adds others to
     * @throws IllegalArgumentException if the weight is not positive and finite
     */
    public static Objective of(String output, Loss loss, float weight) {
        return new Objective(List.of(new Term(output, loss, weight)));
    }

    /**
     * This and the loss of another output.
     *
     * @param output its name
     * @param loss what is made small
     * @param weight what it counts
     * @return an objective of both
     * @throws IllegalArgumentException if the weight is not positive and finite, or the output has a loss already
     */
    public Objective and(String output, Loss loss, float weight) {
        List<Term> all = new ArrayList<>(terms);
        all.add(new Term(output, loss, weight));
        return new Objective(all);
    }

    /**
     * Refuses a network that has not these outputs, or from whose outputs these losses cannot be computed.
     *
     * @param network to be trained
     * @throws IllegalArgumentException naming what a loss asks for
     */
    public void check(Network network) {
        for (Term term : terms) {
            if (!term.loss.fits(network, network.outputValue(term.output))) {
                throw new IllegalArgumentException("the loss " + term.loss.label() + " does not fit the output "
                        + term.output + " of the network " + network + ": it asks for " + term.loss.asksFor());
            }
        }
    }

    /**
     * The network of what the losses read, an output for each of them, in their order and of its name: the values before
     * softmax for cross-entropy and before the logistic function for the logistic one, else the outputs themselves.
     *
     * @param network that is trained, which this fits
     * @return a network whose outputs {@link Loss#row} takes
     */
    public Network read(Network network) {
        return Network.of(network.structure().reading(terms.stream().map(Term::output).toList(),
                terms.stream().map(term -> network.outputValue(term.output)).toList(),
                terms.stream().map(Term::loss).toList()));
    }

    /** One line, such as {@code cross-entropy of policy + 0.5 · squared-error of value}. */
    @Override
    public String toString() {
        return terms.stream().map(Term::toString).collect(Collectors.joining(" + "));
    }
}
