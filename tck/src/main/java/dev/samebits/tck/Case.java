package dev.samebits.tck;

import java.util.List;

/**
 * One call of one kernel: its sizes, its data, and the words that name it in a failure.
 *
 * @param what kernel, shape, kind of data and seed
 * @param number counts the cases of one test
 */
record Case(String what, int number, Sizes.Shape shape) {
    /** What a contract does with one case. */
    @FunctionalInterface
    interface Body {
        void run(Case one, Buffers buffers);
    }

    /** Runs the body for every shape with every kind of data. */
    static void each(String kernel, List<Sizes.Shape> shapes, List<Values> kinds, Body body) {
        int number = 0;
        for (Sizes.Shape shape : shapes) {
            for (Values values : kinds) {
                long seed = Values.seed() + 1000L * number;
                String what = kernel + " (" + shape + "; " + values + " data, seed " + seed + ", -Dsamebits.seed="
                        + Values.seed() + ")";
                Buffers buffers = new Buffers(what, values, seed, number);
                body.run(new Case(what, number, shape), buffers);
                buffers.verify();
                number++;
            }
        }
    }

    int batch() {
        return shape.batch();
    }

    int in() {
        return shape.in();
    }

    int out() {
        return shape.out();
    }
}
