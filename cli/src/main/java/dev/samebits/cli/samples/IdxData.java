package dev.samebits.cli.samples;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.idx.Idx;
import dev.samebits.cli.file.Input;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** Images and labels of two IDX files. */
public final class IdxData implements TrainingData {
    private final MappedRecords images;
    private final MappedRecords labels;
    private final byte[] image;
    private final List<String> labelNames;

    private IdxData(MappedRecords images, MappedRecords labels, List<String> labelNames) {
        this.images = images;
        this.labels = labels;
        this.image = new byte[images.width()];
        this.labelNames = labelNames;
    }

    /**
     * Reads both files to the end and checks them.
     *
     * @param classes labels must be below this; 0 if any label will do
     */
    public static IdxData of(Input imagesInput, Input labelsInput, int classes) {
        MappedRecords images = records(imagesInput);
        MappedRecords labels = records(labelsInput);
        if (labels.width() != 1) {
            throw new Problem("labels must be one byte each, not " + labels.width(), labelsInput.name(),
                    "give the labels that belong to " + imagesInput.name() + " with --labels");
        }
        if (labels.count() != images.count()) {
            throw new Problem("found " + labels.count() + " labels for the " + images.count() + " images of "
                    + imagesInput.name(), labelsInput.name(), "give the labels that belong to the images with --labels");
        }
        int highest = 0;
        for (int n = 0; n < labels.count(); n++) {
            int label = labels.first(n);
            if (classes > 0 && label >= classes) {
                throw new Problem("the label " + label + " is not one of the classes 0 to " + (classes - 1),
                        labelsInput.name() + ", row " + (n + 1L), "mend the label, or give more --classes");
            }
            highest = Math.max(highest, label);
        }
        return new IdxData(images, labels, ClassLabels.numbered(classes > 0 ? classes : Math.max(2, highest + 1)));
    }

    private static MappedRecords records(Input input) {
        try (input) {
            InputStream stream = input.stream();
            Idx idx = Idx.header(input.name(), stream);
            // A file that is not packed is mapped where it lies.
            if (input.plainFile() != null) {
                return inPlace(idx, input.plainFile());
            }
            byte[] record = new byte[idx.width()];
            try (RecordFile file = new RecordFile()) {
                for (int n = 0; n < idx.count(); n++) {
                    idx.read(stream, n, record);
                    file.write(record, record.length);
                }
                idx.checkEnd(stream);
                return file.map(idx.width(), idx.count());
            }
        } catch (IOException e) {
            throw Problem.reading(input.name(), e);
        }
    }

    private static MappedRecords inPlace(Idx idx, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            idx.checkSize(channel.size());
            return new MappedRecords(channel, idx.headerBytes(), idx.width(), idx.count());
        }
    }

    @Override
    public int size() {
        return images.count();
    }

    @Override
    public int inputs() {
        return images.width();
    }

    @Override
    public int targets() {
        return 0;
    }

    @Override
    public List<String> labels() {
        return labelNames;
    }

    // Bytes are divided by 255.
    @Override
    public boolean isScaled() {
        return true;
    }

    @Override
    public ColumnNames columns() {
        return ColumnNames.NONE;
    }

    @Override
    public void readInputs(int index, float[] into, int offset) {
        images.bytes(index, image);
        Idx.scale(image, into, offset);
    }

    @Override
    public void readTargets(int index, float[] into, int offset) {
        throw new UnsupportedOperationException("IDX data has classes");
    }

    @Override
    public int readClass(int index) {
        return labels.first(index);
    }
}
