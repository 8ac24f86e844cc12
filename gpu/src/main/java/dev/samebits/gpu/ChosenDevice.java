package dev.samebits.gpu;

import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The device that all work goes to, and how its program is laid out. */
class ChosenDevice {
    /** System property: the number of a device, or a part of its name. */
    static final String PROPERTY = "samebits.opencl.device";
    /** System property: {@code local} or {@code registers}, what the batched affine keeps its tiles in. */
    static final String TILES = "samebits.opencl.tiles";

    // Work-items of a group where none of them share anything: a processor takes a group at a time.
    private static final int CPU_GROUP = 16;
    private static final int CPU_ITEMS = 4096;
    private static final int GPU_ITEMS = 1 << 18;

    final OpenCLDevice device;
    private final String description;

    ChosenDevice(OpenCLDevice device, String description) {
        this.device = device;
        this.description = description;
    }

    /** The one that was asked for, or the first; null if none is the one asked for. */
    static @Nullable ChosenDevice among(List<OpenCLDevice> devices, @Nullable String asked) {
        int index = asked == null || asked.isBlank() ? 0 : indexOf(devices, asked.trim().toLowerCase(Locale.ROOT));
        if (index < 0 || index >= devices.size()) {
            return null;
        }
        OpenCLDevice device = devices.get(index);
        String description = device.getName() == null ? name(device) : device.getName().strip();
        if (devices.size() > 1) {
            description += ", " + index + " of " + listed(devices);
        }
        return new ChosenDevice(device, description);
    }

    private static int indexOf(List<OpenCLDevice> devices, String asked) {
        if (asked.matches("\\d{1,9}")) {
            return Integer.parseInt(asked);
        }
        return IntStream.range(0, devices.size())
                .filter(i -> name(devices.get(i)).toLowerCase(Locale.ROOT).contains(asked))
                .findFirst()
                .orElse(-1);
    }

    /** All devices with their numbers, for people. */
    static String listed(List<OpenCLDevice> devices) {
        return IntStream.range(0, devices.size())
                .mapToObj(i -> i + ": " + name(devices.get(i)))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String name(OpenCLDevice device) {
        String name = device.getName() == null ? "" : device.getName().strip() + ", ";
        return name + device.getType() + " by " + device.getOpenCLPlatform().getName();
    }

    String description() {
        return description;
    }

    /** Whether tiles go to local memory: on anything but a processor, where barriers cost more than they save. */
    boolean isTiled() {
        String tiles = System.getProperty(TILES);
        if (tiles != null) {
            return tiles.equals("local");
        }
        return device.getType() != Device.TYPE.CPU && device.getMaxWorkGroupSize() >= TiledProgram.GROUP;
    }

    DeviceProgram newProgram() {
        DeviceProgram program = isTiled() ? new TiledProgram() : new DeviceProgram();
        program.chunk = device.getType() == Device.TYPE.CPU ? DeviceProducts.PANEL : 1;
        return program;
    }

    int group() {
        return isTiled() ? TiledProgram.GROUP : Math.min(device.getMaxWorkGroupSize(), CPU_GROUP);
    }

    /**
     * Work-items for a pass over this many floats: enough to keep the device busy, few enough not to keep it with idle ones.
     */
    int items(long floats) {
        boolean cpu = device.getType() == Device.TYPE.CPU;
        long wanted = Math.min(cpu ? floats / DeviceProducts.PANEL + 1 : floats, cpu ? CPU_ITEMS : GPU_ITEMS);
        return (int) Math.max(1, (wanted + group() - 1) / group()) * group();
    }
}
