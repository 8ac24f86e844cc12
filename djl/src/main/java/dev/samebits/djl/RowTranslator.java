package dev.samebits.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of floats, of which a batch becomes one array, and what is made of each row of outputs. Thread-safe.
 *
 * @param <O> what is made of them
 */
abstract class RowTranslator<O> implements Translator<float[], O> {
    private final int columns;
    private final int outputs;
    private final int values;

    /**
     * For a model's rows.
     *
     * @throws TranslateException if the model gives no values
     */
    RowTranslator(SamebitsBlock block) throws TranslateException {
        columns = block.session().network().inputs();
        outputs = block.session().network().outputs();
        values = block.values();
        if (block.session().network().outputSections().size() > 1) {
            throw new TranslateException("the model gives several outputs: read them by a Translator of your own");
        }
        if (values < 0) {
            throw new TranslateException("the model gives the class of a row and not its values: export it with both, or"
                    + " read the class by a Translator of your own");
        }
    }

    /**
     * What is made of a row.
     *
     * @param y the outputs of this row alone, which nobody else has
     * @param row its number in its batch, for messages
     */
    abstract O result(float[] y, int row) throws TranslateException;

    @Override
    public NDList batchProcessInput(TranslatorContext context, List<float[]> rows) {
        float[] x = new float[Lent.size(rows.size(), columns)];
        for (int n = 0; n < rows.size(); n++) {
            float[] row = rows.get(n);
            if (row.length != columns) {
                throw new IllegalArgumentException("row " + n + " has " + row.length + " numbers, but the network takes "
                        + columns + " inputs: give as many");
            }
            System.arraycopy(row, 0, x, n * columns, columns);
        }
        return new NDList(array(context.getNDManager(), x, rows.size()));
    }

    private NDArray array(NDManager manager, float[] x, int rows) {
        return new PlainArray(manager, Dims.shape(rows, columns), DataType.FLOAT32, FloatElements.of(x));
    }

    @Override
    public List<O> batchProcessOutput(TranslatorContext context, NDList list) throws TranslateException {
        FloatElements y = (FloatElements) ((PlainArray) list.get(values)).elements();
        int rows = y.size() / outputs;
        List<O> results = new ArrayList<>(rows);
        for (int n = 0; n < rows; n++) {
            float[] row = new float[outputs];
            y.buffer().get(n * outputs, row);
            results.add(result(row, n));
        }
        return results;
    }

    @Override
    public NDList processInput(TranslatorContext context, float[] row) {
        return batchProcessInput(context, List.of(row));
    }

    @Override
    public O processOutput(TranslatorContext context, NDList list) throws TranslateException {
        return batchProcessOutput(context, list).get(0);
    }
}
