package dev.samebits.onnx;

import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Notes;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.proto.OperatorSetIdProto;

/** Which versions of the format and of ONNX's own operators a file asks for. */
final class Opsets {
    private static final String RANGE = Limits.OLDEST_OPSET + " to " + Limits.NEWEST_OPSET + " are read: export it again"
            + " with one of those";

    private Opsets() {}

    /**
     * The version of ONNX's own operators.
     *
     * @return 0 if the file asks for none and needs none
     * @throws Refusal if it is not read, or that of the format is not
     */
    static long of(ModelProto model, Notes notes) throws Refusal {
        long version = model.getIrVersion();
        if (version < Limits.OLDEST_IR || version > Limits.NEWEST_IR) {
            throw new Refusal("model", "its ONNX IR version is " + version + ", and " + Limits.OLDEST_IR + " to "
                    + Limits.NEWEST_IR + " are read: export it again with one of those");
        }
        long opset = 0;
        boolean given = false;
        for (OperatorSetIdProto set : model.getOpsetImportList()) {
            if (isOwn(set.getDomain())) {
                if (given && opset != set.getVersion()) {
                    notes.add("the file names the opsets " + opset + " and " + set.getVersion() + "; the higher one counts");
                }
                opset = given ? Math.max(opset, set.getVersion()) : set.getVersion();
                given = true;
            }
        }
        if (!given && model.getGraph().getNodeList().stream().map(NodeProto::getDomain).noneMatch(Opsets::isOwn)) {
            return 0;
        }
        if (opset < Limits.OLDEST_OPSET || opset > Limits.NEWEST_OPSET) {
            throw new Refusal("model", "its opset is " + (given ? opset : "missing") + ", and " + RANGE);
        }
        return opset;
    }

    private static boolean isOwn(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }
}
