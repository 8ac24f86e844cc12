package dev.samebits.cli.train;

import dev.samebits.Names;
import dev.samebits.cli.samples.TableData;
import dev.samebits.cli.samples.TrainingData;
import java.util.HashSet;
import java.util.List;

/** What a new model calls its columns and classes. */
final class ModelNames {
    private ModelNames() {}

    /**
     * The names of the data, where each is one; warns on stderr where not.
     *
     * @param file the data, for the warning
     */
    static Names of(TrainingData training, String file) {
        // Raw columns have their names in what prepares them.
        List<String> inputs = training instanceof TableData ? List.of() : training.columns().inputs();
        if (new HashSet<>(inputs).size() < inputs.size()) {
            System.err.println("samebits: warning: two input columns have the same name, so the model keeps none: " + file
                    + ": rename one, for predict to find the columns by name");
            inputs = List.of();
        }
        return new Names(inputs, training.targets() > 0 ? training.columns().outputs() : List.of(), training.labels());
    }
}
