package dev.samebits.spi;

import dev.samebits.LayerKernels;
import dev.samebits.Network;
import dev.samebits.Section;
import dev.samebits.parallel.RowPools;
import java.util.Arrays;

/** Takes rows through all steps, block by block. Thread-safe. */
final class StepBlocks implements RowBlocks {
    // Rows that go through all steps together: enough for a kernel to work on, few enough to stay in cache.
    private static final int MOST_ROWS = 96;
    private static final int LEAST_ROWS = 8;
    private static final int CACHED_FLOATS = 1 << 18;
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;
    // Multiply-adds and numbers of a call below which threads are not worth their hand-over.
    private static final long WORTH_SHARING = 50_000;

    private final StepRunner steps;
    private final int inputs;
    private final Section[] outputs;
    private final Place[] outputPlaces;
    private final int blockRows;
    private final long work;
    private final int threads;
    private final RowPools<StepSpace> spaces;

    StepBlocks(LayerKernels kernels, Network network, int threads) {
        this.steps = new StepRunner(kernels, network);
        this.inputs = network.inputs();
        this.outputs = network.outputSections().toArray(Section[]::new);
        this.outputPlaces = network.outputValues().stream().map(steps.places().values()::get).toArray(Place[]::new);
        this.work = network.flops() / 2 + network.steps().stream().mapToLong(step -> step.width()).sum();
        this.threads = threads;
        int[] widths = steps.places().widths();
        int widest = Arrays.stream(widths).max().orElseThrow();
        long cached = Math.max(LEAST_ROWS, CACHED_FLOATS / Arrays.stream(widths).asLongStream().sum());
        this.blockRows = (int) Math.min(Math.min(MOST_ROWS, cached), LONGEST_ARRAY / widest);
        this.spaces = new RowPools<>(blockRows, threads, rows -> new StepSpace(rows, widths, steps.views()));
    }

    @Override
    public int blockRows() {
        return blockRows;
    }

    @Override
    public boolean areWorthSharing(int rows) {
        return threads > 1 && rows > 1 && work * rows >= WORTH_SHARING;
    }

    @Override
    public void predict(float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride) {
        int most = Math.min(blockRows, rows);
        StepSpace space = spaces.take(most);
        try {
            for (int from = 0; from < rows; from += most) {
                int count = Math.min(most, rows - from);
                read(space, x, xOffset + from * xStride, xStride, count);
                steps.run(space.matrices(count));
                write(space, count, y, yOffset + from * yStride, yStride);
            }
        } finally {
            spaces.giveBack(space, most);
        }
    }

    private void read(StepSpace space, float[] x, int xOffset, int xStride, int rows) {
        float[] row = space.buffer(0);
        for (int n = 0; n < rows; n++) {
            System.arraycopy(x, xOffset + n * xStride, row, n * inputs, inputs);
        }
    }

    private void write(StepSpace space, int rows, float[] y, int yOffset, int yStride) {
        for (int o = 0; o < outputs.length; o++) {
            Place place = outputPlaces[o];
            float[] made = space.buffer(place.buffer());
            for (int n = 0; n < rows; n++) {
                System.arraycopy(made, place.from() + n * place.stride(), y, yOffset + n * yStride + outputs[o].from(),
                        place.width());
            }
        }
    }
}
