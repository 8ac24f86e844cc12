package dev.samebits.gpu;

import com.aparapi.device.OpenCLDevice;
import dev.samebits.Availability;
import dev.samebits.Availability.Unavailable;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks whether a device is there, takes the program, and computes with it what the definition computes. */
final class Probe {
    // What the largest array of a network of some size and the tiles' local memory need.
    private static final long LEAST_ALLOCATION = 16L << 20;
    private static final long LEAST_LOCAL = 2L * TiledProgram.DEPTH * TiledProgram.TILE * Float.BYTES;
    private static final String INSTALL = "install the graphics driver with its OpenCL part, or for any processor PoCL"
            + " (Debian, Ubuntu: apt-get install pocl-opencl-icd ocl-icd-libopencl1)";

    private Probe() {}

    static Availability availability() {
        if (movesPinnedArrays(Runtime.version()) && isG1()) {
            return new Unavailable("this JDK (" + Runtime.version() + ") moves arrays that native code holds (JDK-8377811)",
                    "take JDK 25.0.3 or later, or start java with -XX:+UseParallelGC");
        }
        if (!Aparapi.isLinked()) {
            return new Unavailable("OpenCL's loader (libOpenCL) cannot be linked", INSTALL);
        }
        return among(Aparapi.devices(), System.getProperty(ChosenDevice.PROPERTY));
    }

    private static boolean isG1() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().anyMatch(bean -> bean.getName().startsWith("G1"));
    }

    /** Whether G1 of this version moves arrays while native code reads and writes them: 25.0.0 to 25.0.2. */
    static boolean movesPinnedArrays(Runtime.Version version) {
        return version.feature() == 25 && version.interim() == 0 && version.update() <= 2;
    }

    static Availability among(List<OpenCLDevice> devices, @Nullable String asked) {
        if (devices.isEmpty()) {
            return new Unavailable("OpenCL finds no device", INSTALL);
        }
        ChosenDevice chosen = ChosenDevice.among(devices, asked);
        if (chosen == null) {
            return new Unavailable("no OpenCL device is called '" + asked + "'", "set -D" + ChosenDevice.PROPERTY
                    + " to a number or part of a name of " + ChosenDevice.listed(devices) + ", or leave it out");
        }
        Optional<Unavailable> lacking = lacking(chosen);
        return lacking.isPresent() ? lacking.get() : tried(chosen);
    }

    private static Optional<Unavailable> lacking(ChosenDevice chosen) {
        String tiles = System.getProperty(ChosenDevice.TILES);
        if (tiles != null && !tiles.equals("local") && !tiles.equals("registers")) {
            return Optional.of(new Unavailable(ChosenDevice.TILES + " must be local or registers, not " + tiles,
                    "leave it out to take what suits the device"));
        }
        String memory = System.getProperty(DeviceMemory.PROPERTY);
        if (memory != null && !memory.matches("[1-9][0-9]{0,8}")) {
            return Optional.of(new Unavailable(DeviceMemory.PROPERTY + " must be a number of MiB, at least 1, not " + memory,
                    "leave it out to take what suits the device"));
        }
        OpenCLDevice device = chosen.device;
        if (device.getMaxMemAllocSize() < LEAST_ALLOCATION) {
            return Optional.of(tooSmall(chosen, "memory for one array", device.getMaxMemAllocSize(), LEAST_ALLOCATION));
        }
        if (chosen.isTiled() && device.getLocalMemSize() < LEAST_LOCAL) {
            return Optional.of(tooSmall(chosen, "local memory", device.getLocalMemSize(), LEAST_LOCAL));
        }
        if (chosen.isTiled() && device.getMaxWorkGroupSize() < TiledProgram.GROUP) {
            return Optional.of(tooSmall(chosen, "work-items in a group", device.getMaxWorkGroupSize(), TiledProgram.GROUP));
        }
        return SignalHandlers.replacedBy(device.getOpenCLPlatform().getName());
    }

    private static Unavailable tooSmall(ChosenDevice chosen, String what, long has, long needs) {
        return new Unavailable("the device " + chosen.description() + " is too small: " + what + " " + has
                + ", needed " + needs,
                "choose another device by -D" + ChosenDevice.PROPERTY);
    }

    /** Builds the program for the device, and has it compute. */
    static Availability tried(ChosenDevice chosen) {
        String other = "update the device's driver, or choose another device by -D" + ChosenDevice.PROPERTY;
        ProgramRunner runner;
        try {
            runner = new ProgramRunner(chosen);
        } catch (OpenClException e) {
            return new Unavailable(e.getMessage(), other);
        }
        OpenClKernels kernels = new OpenClKernels(runner);
        Optional<String> difference;
        try {
            difference = SelfTest.difference(kernels);
        } catch (OpenClException e) {
            difference = Optional.of("it does not run the program: " + e.getMessage());
        }
        if (difference.isPresent()) {
            runner.close();
            return new Unavailable("the device " + chosen.description() + " cannot be used: " + difference.get(), other);
        }
        return new Availability.Available(new OpenClBackend(chosen, kernels, DeviceMemory.of(chosen)));
    }
}
