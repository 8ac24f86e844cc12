package dev.samebits.cli.predict;

import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.cli.console.Progress;
import dev.samebits.cli.data.Block;
import dev.samebits.cli.data.Parser;
import dev.samebits.cli.data.Source;
import dev.samebits.cli.data.WorkSpace;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads, computes and writes at the same time, in a fixed number of blocks that are used again and again. One thread takes
 * the bytes of the next blocks ahead of the others; as many as were asked for parse, predict and lay out the text, each a
 * whole block, which so stays in its core's cache; the caller writes the blocks in their order.
 */
final class Pipeline {
    // Blocks beside those being computed: one being read, one being written, and one waiting before and behind.
    static final int WAITING = 4;
    private static final String NO_CLASS = "the outputs are NaN, so the row has no class";
    // How many cores are left to the just-in-time compiler at first, and for how many blocks or milliseconds.
    private static final int COMPILERS = 2;
    private static final int LEAD = 100;
    private static final int LONGEST_LEAD = 500;

    private final Source source;
    private final InferenceSession session;
    private final PredictionWriter writer;
    private final int threads;
    private final boolean keepsBad;
    private final RowFingerprint fingerprint;

    private final CountDownLatch warm = new CountDownLatch(LEAD);
    private final Blocks blocks;
    // Of the caller's thread.
    private long nanRows;

    /**
     * From a source to lines of text.
     *
     * @param session of one thread, used by several
     * @param threads that compute
     * @param keepsBad whether bad rows go into a file, rather than the first ends all
     * @param fingerprint that rows are added to, or null
     */
    Pipeline(Source source, InferenceSession session, PredictionWriter writer, int threads, boolean keepsBad,
            RowFingerprint fingerprint) {
        this.source = source;
        this.session = session;
        this.writer = writer;
        this.threads = threads;
        this.keepsBad = keepsBad;
        this.fingerprint = fingerprint;
        this.blocks = new Blocks(threads + WAITING);
    }

    /**
     * Runs to the end of the source, and gives the number of rows predicted. What fails first, in the rows' order, is
     * thrown, when all before is written.
     */
    long run(OutputStream out, BadRows badRows, Progress progress) {
        start("samebits-reader", this::read);
        for (int i = 1; i <= threads; i++) {
            boolean first = i <= Math.max(1, Runtime.getRuntime().availableProcessors() - COMPILERS);
            start("samebits-rows-" + i, first ? this::compute : this::computeLater);
        }
        try {
            return write(out, badRows, progress);
        } finally {
            blocks.stop();
        }
    }

    /** How many rows of the last run had NaN among their outputs. */
    long nanRows() {
        return nanRows;
    }

    // Not waited for at the end: after a failure one may still hang in a read.
    private void start(String name, Runnable task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                blocks.fail(e);
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        boolean more = true;
        for (long number = 0; more; number++) {
            Block block = blocks.awaitFree();
            if (block == null) {
                return;
            }
            block.clear();
            block.number = number;
            try {
                more = source.take(block);
            } catch (RuntimeException | Error e) {
                block.failure = e;
                more = false;
            }
            if (more || block.failure != null) {
                blocks.addRead(block);
            }
            if (!more) {
                blocks.endOfRead();
            }
        }
    }

    // Until the kernels are compiled a row takes a hundred times as long: computing then only keeps the compiler from its
    // work.
    private void computeLater() {
        try {
            warm.await(LONGEST_LEAD, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Nobody interrupts; and starting early does no harm.
        }
        compute();
    }

    private void compute() {
        WorkSpace space = new WorkSpace();
        Parser parser = source.parser();
        IdCheck ids = new IdCheck(session.network());
        for (Block block = blocks.awaitRead(); block != null; block = blocks.awaitRead()) {
            try {
                compute(block, parser, space, ids);
            } catch (RuntimeException | Error e) {
                block.failure = e;
            }
            warm.countDown();
            blocks.addDone(block);
        }
    }

    private void compute(Block block, Parser parser, WorkSpace space, IdCheck ids) {
        if (block.failure == null) {
            parser.parse(block, space);
            Matrix y = space.outputs(block.rows, session.network().outputs());
            ids.check(block, space.x);
            if (block.rows > 0) {
                session.predict(space.inputs(block.rows, source.columns()), y);
            }
            if (fingerprint != null) {
                RowFingerprint.keep(block, y);
            }
            writer.lay(block, y);
            for (int n = block.leftOut.length() - 1; n >= 0; n = block.leftOut.previousSetBit(n - 1)) {
                IdCheck.Fault fault = ids.fault(n);
                parser.reject(block, n, fault == null ? NO_CLASS : fault.what(), fault == null
                        ? "look for inputs too large for the model, or give --as raw to see them" : fault.mend());
            }
            block.rows -= block.leftOut.cardinality();
            if (keepsBad && !block.badRecords.isEmpty()) {
                parser.keepBad(block);
            }
        }
    }

    private long write(OutputStream out, BadRows badRows, Progress progress) {
        long rows = 0;
        long lines = 0;
        for (long number = 0;; number++) {
            Block block = blocks.awaitDone(number);
            if (block == null) {
                return rows;
            }
            Blocks.rethrow(block.failure);
            if (block.bad != null) {
                badRows.add(block.badRecords.cardinality(), source.problem(block, lines), block.rejected);
            }
            try {
                out.write(block.text.bytes(), 0, block.text.length());
                out.flush();
            } catch (IOException e) {
                throw writer.problem(e);
            }
            if (fingerprint != null) {
                fingerprint.add(block, session.network().outputs());
            }
            rows += block.rows;
            nanRows += block.nanRows;
            lines += block.lines;
            progress.to(rows, source.fraction());
            blocks.addFree(block);
        }
    }
}
