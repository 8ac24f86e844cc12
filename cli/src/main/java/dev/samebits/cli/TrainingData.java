package dev.samebits.cli;

/** Inputs with their class or their target values, read by number in any order. Not thread-safe. */
interface TrainingData {
    int size();

    /** Width of an input row. */
    int inputs();

    /** Number of target values; 0 where each row has a class instead. */
    int targets();

    /** The highest class, or −1 where there are target values. */
    int highestClass();

    void readInputs(int index, float[] into, int offset);

    /** Only where there are target values. */
    void readTargets(int index, float[] into, int offset);

    /** Only where there are classes. */
    int readClass(int index);
}
