package dev.samebits.djl;

import ai.djl.BaseModel;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import dev.samebits.InferenceSession;
import dev.samebits.onnx.Onnx;
import dev.samebits.onnx.OnnxFormatException;
import dev.samebits.onnx.OnnxModel;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A network from an ONNX file and its session, which all predictors share and which ends with the model. */
final class SamebitsModel extends BaseModel {
    // What DJL's translators read the names of classes from, one a line.
    private static final String SYNSET = "synset.txt";

    SamebitsModel(String name, NDManager manager) {
        super(name);
        this.manager = manager;
        manager.setName("model " + name);
        dataType = DataType.FLOAT32;
    }

    @Override
    public void load(Path place, @Nullable String prefix, @Nullable Map<String, ?> options)
            throws IOException, MalformedModelException {
        checkNotLoaded();
        setModelDir(place);
        Path file = ModelFile.find(modelDir, prefix, modelName);
        if (file.equals(modelDir)) {
            modelDir = file.getParent();
            modelName = ModelFile.name(file);
        }
        open(() -> Onnx.readModel(file), file + ": ", options);
    }

    @Override
    public void load(InputStream in, @Nullable Map<String, ?> options) throws IOException, MalformedModelException {
        checkNotLoaded();
        open(() -> Onnx.readModel(in), "", options);
    }

    private void checkNotLoaded() {
        if (block != null) {
            throw new IllegalStateException("model " + modelName + ": it has been loaded: make a new one for another file");
        }
    }

    private interface Reading {
        OnnxModel read() throws IOException;
    }

    private void open(Reading reading, String where, @Nullable Map<String, ?> options)
            throws IOException, MalformedModelException {
        ModelOptions settings = ModelOptions.of(options);
        OnnxModel model;
        SamebitsBlock opened;
        try {
            model = reading.read();
            checkRows(model);
            opened = new SamebitsBlock(model, settings);
        } catch (OnnxFormatException e) {
            throw new MalformedModelException(e.getMessage(), e);
        } catch (UnfitException e) {
            throw new MalformedModelException(where + e.getMessage(), e);
        }
        for (String note : model.notes()) {
            System.getLogger("dev.samebits").log(System.Logger.Level.INFO, where + note);
        }
        manager.attachInternal(NDManager.nextUid(), opened);
        block = opened;
        wasLoaded = true;
        if (settings.warmUp() > 0) {
            opened.session().warmUp(settings.warmUp());
        }
    }

    // DJL's arrays hold no text beside numbers.
    private static void checkRows(OnnxModel model) throws UnfitException {
        if (model.preparation().isPresent()) {
            throw new UnfitException("the model takes raw columns, for which DJL has no array: read it with"
                    + " Onnx.readModel, make rows with its preparation(), and give them to its network() saved by itself"
                    + " with Onnx.write");
        }
    }

    @Override
    public void setBlock(Block given) {
        throw Unsupported.toDjl("setBlock", "load an ONNX file; the model makes its own block");
    }

    /** The names of classes, too, where the ONNX file keeps them and there is no such file. */
    @Override
    public InputStream getArtifactAsStream(String name) throws IOException {
        Path file = modelDir == null || name == null ? null : modelDir.resolve(name);
        if (SYNSET.equals(name) && (file == null || !Files.exists(file)) && block instanceof SamebitsBlock loaded) {
            List<String> labels = loaded.session().network().names().labels();
            if (labels.stream().anyMatch(label -> label.lines().count() != 1)) {
                throw new IOException("model " + modelName + ": a class is named by no line or more than one, so that there"
                        + " is no " + SYNSET + " of " + labels + ": read them by RowTranslatorFactory");
            }
            if (!labels.isEmpty()) {
                return new ByteArrayInputStream(String.join("\n", labels).getBytes(StandardCharsets.UTF_8));
            }
        }
        if (file == null) {
            throw new FileNotFoundException("model " + modelName + ": it has no folder with a file " + name);
        }
        return super.getArtifactAsStream(name);
    }

    @Override
    public String[] getArtifactNames() {
        throw Unsupported.toDjl("getArtifactNames", "list the files of getModelPath()");
    }

    @Override
    public void setDataType(DataType type) {
        if (type != DataType.FLOAT32) {
            throw Unsupported.toDjl("setDataType " + type, "leave it at " + DataType.FLOAT32);
        }
    }

    @Override
    public void cast(DataType type) {
        throw Unsupported.toDjl("cast", "convert the file with samebits convert");
    }

    @Override
    public void quantize() {
        throw Unsupported.toDjl("quantize", "convert the file with samebits convert");
    }

    @Override
    public Trainer newTrainer(TrainingConfig config) {
        throw Unsupported.training("newTrainer");
    }

    @Override
    public void save(Path folder, @Nullable String name) {
        throw Unsupported.toDjl("save", "copy the ONNX file, or write one with dev.samebits.onnx.Onnx.write");
    }
}
