package dev.samebits.bench.jmh;

import org.HdrHistogram.Histogram;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/** The times of single calls in one fork, without those of its warm-up. Not thread-safe. */
public final class Latencies {
    private static final long LONGEST = 10_000_000_000L;
    private static final int DIGITS = 3;

    private final Histogram nanos = new Histogram(LONGEST, DIGITS);
    private boolean measuring;

    /** An iteration begins. */
    public void begin(IterationParams iteration) {
        if (iteration.getType() == IterationType.MEASUREMENT && !measuring) {
            nanos.reset();
            measuring = true;
        }
    }

    /** A call has taken this long. */
    public void record(long time) {
        nanos.recordValue(Math.min(time, LONGEST));
    }

    /** Puts the percentiles into the fork's result; nothing where no call was timed. */
    public void report() {
        if (nanos.getTotalCount() > 0) {
            for (String percentile : new String[] {"50", "90", "99", "99.9"}) {
                ForkLine.figure("p" + percentile, nanos.getValueAtPercentile(Double.parseDouble(percentile)), "ns");
            }
        }
    }
}
