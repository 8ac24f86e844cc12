package dev.samebits.gpu;

/**
 * What the device runs: a pass for each line of {@link #plan}, all of one call under one upload and one download.
 *
 * <p>The place {@link #STEP} of the parameters says which training step they stand at. Aparapi makes a device array anew,
 * from the host's copy, if the garbage collector has moved the Java array; what the device alone knew is lost then. A call
 * changes parameters only if they stand at the step it expects, and reports the step it found, so that the host can tell:
 * see {@link TrainedParameters}.
 */
class DeviceProgram extends DeviceTraining {
    @Override
    public void run() {
        int pass = plan(0) + round1();
        if (pass == Plan.Load.PASS) {
            loadPass();
        }
        if (pass == Plan.Affine.PASS) {
            affinePass();
        }
        if (pass == Plan.Activate.PASS) {
            activatePass();
        }
        if (pass == Plan.Maxout.PASS) {
            maxoutPass();
        }
        if (pass == Plan.Softmax.PASS) {
            softmaxPass();
        }
        if (pass == Plan.Store.PASS) {
            storePass();
        }
        if (pass == Plan.Losses.PASS) {
            lossesPass();
        }
        if (pass == Plan.Delta.PASS) {
            deltaPass();
        }
        if (pass == Plan.MaxoutDelta.PASS) {
            maxoutDeltaPass();
        }
        if (pass == Plan.Transpose.PASS) {
            transposePass();
        }
        if (pass == Plan.InputGradient.PASS) {
            inputGradientPass();
        }
        if (pass == Plan.WeightGradient.PASS) {
            weightGradientPass();
        }
        if (pass == Plan.BiasGradient.PASS) {
            biasGradientPass();
        }
        if (pass == Plan.SlopeGradient.PASS) {
            slopeGradientPass();
        }
        if (pass == Plan.Update.PASS) {
            updatePass();
        }
        if (pass == Plan.Optimize.PASS) {
            optimizePass();
        }
        if (pass == Plan.Weigh.PASS) {
            weighPass();
        }
        if (pass == Plan.Dropout.PASS) {
            dropoutPass();
        }
        if (pass == Plan.Squares.PASS) {
            squaresPass();
        }
        if (pass == Plan.Length.PASS) {
            lengthPass();
        }
        if (pass == Plan.Clip.PASS) {
            clipPass();
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
