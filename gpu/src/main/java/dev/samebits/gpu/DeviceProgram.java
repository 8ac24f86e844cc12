package dev.samebits.gpu;

/**
 * What the device runs: a pass for each line of {@link #plan}, all of one call under one upload and one download.
 *
 * <p>The place {@link #STEP} of the parameters says which training step they stand at. Aparapi makes a device array anew,
 * from the host's copy, if the garbage collector has moved the Java array; what the device alone knew is lost then. A call
 * changes parameters only if they stand at the step it expects, and reports the step it found, so that the host can tell:
 * see {@link TrainedParameters}.
 */
class DeviceProgram extends DeviceGradients {
    static final int LOAD = 0;
    static final int AFFINE = 1;
    static final int ACTIVATE = 2;
    static final int MAXOUT = 3;
    static final int SOFTMAX = 4;
    static final int STORE = 5;
    static final int LOSS = 6;
    static final int DELTA = 7;
    static final int MAXOUT_DELTA = 8;
    static final int TURN = 9;
    static final int BACKPROPAGATE = 10;
    static final int GRADIENT = 11;
    static final int BIAS = 12;
    static final int SLOPES = 13;
    static final int UPDATE = 14;

    @Override
    public void run() {
        int op = plan(0) + round1();
        if (op == LOAD) {
            loadPass();
        }
        if (op == AFFINE) {
            affinePass();
        }
        if (op == ACTIVATE) {
            activatePass();
        }
        if (op == MAXOUT) {
            maxoutPass();
        }
        if (op == SOFTMAX) {
            softmaxPass();
        }
        if (op == STORE) {
            storePass();
        }
        if (op == LOSS) {
            lossPass();
        }
        if (op == DELTA) {
            deltaPass();
        }
        if (op == MAXOUT_DELTA) {
            maxoutDeltaPass();
        }
        if (op == TURN) {
            turnPass();
        }
        if (op == BACKPROPAGATE) {
            backpropagatePass();
        }
        if (op == GRADIENT) {
            gradientPass();
        }
        if (op == BIAS) {
            biasPass();
        }
        if (op == SLOPES) {
            slopesPass();
        }
        if (op == UPDATE) {
            updatePass();
        }
    }

    // OpenCL C needs a function declared before it is called. Aparapi finds functions in rounds, each of which moves callees
    // behind their callers; this chain, which does nothing else, makes for enough rounds.
    int round1() {
        return round2();
    }

    int round2() {
        return round3();
    }

    int round3() {
        return round4();
    }

    int round4() {
        return round5();
    }

    int round5() {
        return round6();
    }

    int round6() {
        return round7();
    }

    int round7() {
        return round8();
    }

    int round8() {
        return round9();
    }

    int round9() {
        return round10();
    }

    int round10() {
        return round11();
    }

    int round11() {
        return round12();
    }

    int round12() {
        return 0;
    }
}
