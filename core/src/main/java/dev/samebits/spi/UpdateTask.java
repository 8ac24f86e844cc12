package dev.samebits.spi;

import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.OptimizerStep;
import java.util.Arrays;

/**
 * What moves some parameters by their gradient, apart from all others. The two parts follow each other at once, or, where
 * gradients are clipped, with the sum of all squares between them.
 */
interface UpdateTask {
    /** Adds the gradient up, and its squares where the step clips. */
    void sum(OptimizerStep step);

    /** Moves the parameters. */
    void move(OptimizerStep step);

    /** Adds a gradient to an array of zeros. */
    interface Sum {
        void addTo(float[] gradient);
    }

    /** Parameters that are one row. */
    record Row(LayerKernels kernels, Learned parameters, Matrix gradient, Sum adds) implements UpdateTask {
        @Override
        public void sum(OptimizerStep step) {
            Arrays.fill(gradient.data(), 0);
            adds.addTo(gradient.data());
        }

        @Override
        public void move(OptimizerStep step) {
            parameters.optimize(kernels, step, gradient);
        }
    }

    /** Some of a layer's neurons: of all of them x is the input, and these are the gradients of their net inputs. */
    record Neurons(LayerKernels kernels, Learned parameters, GradientSums sums, int from, Matrix gradient, Matrix delta,
            Matrix x) implements UpdateTask {
        @Override
        public void sum(OptimizerStep step) {
            int rows = gradient.rows();
            Arrays.fill(gradient.data(), gradient.offset(), gradient.offset() + rows * gradient.stride(), 0);
            kernels.outerProductGradient(delta, x, gradient);
            if (step.clips()) {
                sums.square(step.unit(), from, rows);
            }
        }

        @Override
        public void move(OptimizerStep step) {
            parameters.optimize(kernels, step, gradient);
        }
    }

    /** One of the parts of the entries of a table that the batch names. */
    record Entries(LearnedTable table, int part, Matrix dy) implements UpdateTask {
        @Override
        public void sum(OptimizerStep step) {
            if (step.clips()) {
                table.square(step.unit(), part, dy);
            }
        }

        @Override
        public void move(OptimizerStep step) {
            table.update(step, part, dy);
        }
    }
}
