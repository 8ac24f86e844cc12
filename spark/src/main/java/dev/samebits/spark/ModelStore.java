package dev.samebits.spark;

import dev.samebits.spark.score.ModelFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.jspecify.annotations.Nullable;

/** A transformer in a folder: its params as Spark ML keeps them, the SHA-256 of the model among them, and model.onnx. */
final class ModelStore {
    private static final String FILE = "model.onnx";

    private ModelStore() {}

    /** Saves one. */
    static final class Writer extends MLWriter {
        private final SamebitsModel model;

        Writer(SamebitsModel model) {
            this.model = model;
        }

        @Override
        public void saveImpl(String path) {
            ModelFile file = model.file();
            SamebitsModel saved = model.copy(ParamMap.empty()).setModelSha256(file.sha256());
            saved.clear(saved.modelPath());
            Path to = new Path(path, FILE);
            try {
                saved.paramsWriter().session(sparkSession()).save(path);
                FileSystem files = to.getFileSystem(sparkSession().sparkContext().hadoopConfiguration());
                try (OutputStream out = files.create(to, false)) {
                    file.writeTo(out);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the model cannot be written: " + to + ": " + e.getMessage(), e);
            }
        }
    }

    // What is missing of a folder, and what to do about it, or null.
    private static @Nullable String lacks(Path folder, Configuration configuration) {
        try {
            FileSystem files = folder.getFileSystem(configuration);
            if (!files.exists(folder)) {
                return "there is no such folder: name the one that was saved to";
            } else if (!files.getFileStatus(folder).isDirectory()) {
                return "it is a file: give it to setModelPath, or name the folder that was saved to";
            }
            FileStatus[] params = files.globStatus(new Path(new Path(folder, "metadata"), "part-*"));
            boolean model = files.exists(new Path(folder, FILE));
            return params != null && params.length > 0 && model ? null
                    : "it has no " + (model ? "metadata" : FILE) + ", as a save that did not end leaves it: save the model"
                    + " again";
        } catch (IOException e) {
            return e.getMessage() + ": mend what keeps the driver from reading it";
        }
    }

    /** Loads one. */
    static final class Reader extends MLReader<SamebitsModel> {
        @Override
        public SamebitsModel load(String path) {
            Path folder = new Path(path);
            String lacks = lacks(folder, sparkSession().sparkContext().hadoopConfiguration());
            if (lacks != null) {
                String message = "no model can be loaded: " + folder + ": " + lacks;
                throw new UncheckedIOException(message, new FileNotFoundException(folder.toString()));
            }
            SamebitsModel model = new DefaultParamsReadable<SamebitsModel>() {}.read().session(sparkSession()).load(path);
            String at = new Path(path, FILE).toString();
            ModelFile file = ModelFile.read(at, sparkSession().sparkContext().hadoopConfiguration());
            file.check(model.getOrDefault(model.modelSha256()));
            // It was of this folder: the next model may be another.
            model.clear(model.modelSha256());
            // Spark Connect keeps the params alone, and makes it anew from them.
            model.setModelPath(at).take(file);
            return model;
        }
    }
}
