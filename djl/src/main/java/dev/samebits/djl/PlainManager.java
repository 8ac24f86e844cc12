package dev.samebits.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDResource;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scope for arrays, which ask it whether it is still open. It keeps no list of them, since the collector frees them: a
 * scope and an array cost what their objects cost. Only what must be closed is kept. Thread-safe.
 */
class PlainManager extends RefusingManager {
    private final @Nullable PlainManager parent;
    private @Nullable String name;
    private @Nullable String uid;
    private volatile boolean capped;
    private volatile boolean closed;
    // In the order in which it came; made for the first.
    private @Nullable Map<String, AutoCloseable> resources;

    PlainManager(@Nullable PlainManager parent) {
        this.parent = parent;
    }

    // Apart, since DJL knows the root of all by an interface.
    private static final class Root extends PlainManager implements SystemNDManager {
        static final Root INSTANCE = new Root();

        private Root() {
            super(null);
        }

        /** Never closed, it would keep what it is given for ever. */
        @Override
        public void attachUncappedInternal(String resourceId, AutoCloseable resource) {}

        @Override
        public void close() {
            throw new IllegalStateException("the manager of all others cannot be closed: close what newSubManager gave");
        }
    }

    /** The manager that is always open. */
    static PlainManager system() {
        return Root.INSTANCE;
    }

    @Override
    public NDManager newSubManager() {
        checkOpen();
        return new PlainManager(this);
    }

    @Override
    public NDManager newSubManager(@Nullable Device device) {
        if (device != null && !device.equals(Device.cpu())) {
            throw new IllegalArgumentException("device " + device + ": the engine Samebits runs on " + Device.cpu()
                    + ": leave the device out");
        }
        return newSubManager();
    }

    @Override
    public boolean isOpen() {
        for (PlainManager manager = this; manager != null; manager = manager.parent) {
            if (manager.closed) {
                return false;
            }
        }
        return true;
    }

    private void checkOpen() {
        if (!isOpen()) {
            throw new IllegalStateException("the NDManager " + getName() + " is closed, or its model: take an open one");
        }
    }

    private PlainArray array(Shape shape, DataType type, Elements elements) {
        checkOpen();
        checkUncapped();
        return new PlainArray(this, shape, type, elements);
    }

    private void checkUncapped() {
        if (capped) {
            throw new IllegalStateException("the NDManager " + getName() + " is capped: take a manager of its own");
        }
    }

    @Override
    public NDArray create(Buffer data, Shape shape, DataType type) {
        return array(shape, type, Lent.of(data, Lent.size(shape), type));
    }

    @Override
    public NDArray create(Shape shape, DataType type) {
        return array(shape, type, Lent.zeros(Lent.size(shape), type));
    }

    @Override
    public NDArray zeros(Shape shape, DataType type) {
        return create(shape, type);
    }

    @Override
    public NDArray create(float[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        return array(Dims.shape(rows.length, columns), DataType.FLOAT32, Lent.rows(rows, columns));
    }

    @Override
    public NDArray from(NDArray array) {
        if (array == null || array instanceof PlainArray) {
            return array;
        }
        NDArray copy = array(array.getShape(), array.getDataType(), Lent.of(array));
        copy.setName(array.getName());
        return copy;
    }

    @Override
    public ByteBuffer allocateDirect(int capacity) {
        return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    }

    @Override
    public Device defaultDevice() {
        return Device.cpu();
    }

    @Override
    public Device getDevice() {
        return Device.cpu();
    }

    @Override
    public Engine getEngine() {
        return SamebitsEngine.INSTANCE;
    }

    @Override
    public void setName(String name) {
        this.name = name;
    }

    @Override
    public String getName() {
        return name == null ? uid() : name;
    }

    private synchronized String uid() {
        if (uid == null) {
            uid = NDManager.nextUid();
        }
        return uid;
    }

    @Override
    public NDManager getParentManager() {
        return parent;
    }

    @Override
    public void cap() {
        capped = true;
    }

    @Override
    public void attachInternal(String resourceId, AutoCloseable... resource) {
        checkUncapped();
        for (int i = 0; i < resource.length; i++) {
            attachUncappedInternal(resource.length == 1 ? resourceId : resourceId + "_" + i, resource[i]);
        }
    }

    @Override
    public void attachUncappedInternal(String resourceId, AutoCloseable resource) {
        boolean first;
        synchronized (this) {
            checkOpen();
            first = resources == null;
            if (first) {
                resources = new LinkedHashMap<>();
            }
            resources.put(resourceId, resource);
        }
        // What must be closed with this must be closed with those above, too.
        if (first && parent != null) {
            parent.attachUncappedInternal(uid(), this);
        }
    }

    @Override
    public void tempAttachInternal(NDManager original, String resourceId, NDResource resource) {
        attachUncappedInternal(resourceId, () -> resource.returnResource(original));
    }

    @Override
    public synchronized void detachInternal(String resourceId) {
        if (resources != null) {
            resources.remove(resourceId);
        }
    }

    @Override
    public void close() {
        List<AutoCloseable> last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (resources == null) {
                return;
            }
            last = new ArrayList<>(resources.values());
            resources.clear();
        }
        if (parent != null) {
            parent.detachInternal(uid());
        }
        for (int i = last.size() - 1; i >= 0; i--) {
            try {
                last.get(i).close();
            } catch (Exception e) {
                System.getLogger("dev.samebits").log(System.Logger.Level.ERROR, "a resource could not be closed", e);
            }
        }
    }

    /** One line. */
    @Override
    public String toString() {
        return "NDManager " + getName() + (isOpen() ? "" : ", closed");
    }
}
