package dev.samebits.onnx;

import com.google.protobuf.ByteString;
import dev.samebits.Network;
import dev.samebits.onnx.limits.Notes;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.StringStringEntryProto;
import dev.samebits.onnx.table.TableFront;
import dev.samebits.onnx.table.TableWriter;
import dev.samebits.table.Preparation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Models that take raw columns: the names of these and a digest of the preparation in the metadata. */
final class TableModels {
    private static final String COLUMNS = "samebits.columns";
    private static final String PREPARATION = "samebits.preparation";

    private TableModels() {}

    /**
     * The model of a network with its preparation in front.
     *
     * @throws Refusal if they do not fit together, or are larger than the file format or the reader allows
     */
    static ModelProto model(Preparation preparation, Network network) throws Refusal {
        ModelProto.Builder model = TableWriter.join(preparation, ModelWriter.model(network)).toBuilder();
        NamesMetadata.add(model, COLUMNS, preparation.names());
        model.addMetadataPropsBuilder().setKey(PREPARATION)
                .setValue(ByteString.copyFromUtf8(preparation.fingerprint()));
        return model.build();
    }

    /**
     * What a file of raw columns holds.
     *
     * @param rows the model of the rows that they make
     * @throws Refusal if it takes other rows
     */
    static OnnxModel prepared(TableFront front, OnnxModel rows) throws Refusal {
        if (rows.network().inputs() != front.preparation().width()) {
            throw new Refusal("graph", "its columns make rows of " + front.preparation().width()
                    + " numbers, and the network takes " + rows.network().inputs() + ": export the model again");
        }
        return new OnnxModel(rows.network(), String.join(", ", front.inputs().stream().map(Refusal::name).toList()),
                rows.output(), rows.outputs(), rows.producer(), rows.opset(), rows.notes(),
                Optional.of(front.preparation()), Optional.empty());
    }

    /**
     * A model of raw columns, taken apart.
     *
     * @return null if it takes rows of numbers
     * @throws Refusal if it takes columns in a form that is not read, or its preparation is not the one that was written
     */
    static @Nullable TableFront front(ModelProto model, Notes notes) throws Refusal {
        TableFront front = TableFront.of(model, NamesMetadata.list(model, COLUMNS), notes);
        if (front == null || !model.getProducerName().equals(Seal.PRODUCER)) {
            return front;
        }
        String found = front.preparation().fingerprint();
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            if (entry.getKey().equals(PREPARATION) && !entry.getValue().equals(ByteString.copyFromUtf8(found))) {
                throw new Refusal("metadata " + PREPARATION, "the columns in the file have another one, " + found
                        + ": the file is damaged or was edited; take the original, or remove this entry if the edit was"
                        + " meant");
            }
        }
        return front;
    }
}
