package dev.samebits.gpu;

/** Runs twice as it should, then no more, as if the device had been lost meanwhile. */
class LostLaterProgram extends DeviceProgram {
    static final int RUNS = 2;

    @Override
    int round12() {
        int op = 0;
        if (stamp > RUNS) {
            op = 1000;
        }
        return op;
    }
}
